"""What a page may weigh and ask: exact bytes over the wire, exact numbers of queries.

Bytes are counted as a browser fetches them at a first visit, the page as gzip, files as
Brotli: the page, the joined stylesheet, the script, the icon, the fonts of the page's
language and every picture that is not lazy. A later visit fetches the page alone.
"""

import gzip
import re

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.demo.clock import demo_clock
from cms.demo.seeding import seed
from cms.site_setup import set_up_site
from cms.storage import PARTS, joined
from marketplace.listings.models import Listing
from marketplace.people.models import User
from search.indexing import drain, record_changes
from search.matching.matcher import refresh_due, refresh_matches
from search.models import Match
from tests.factories import make_listing, make_member, make_organisation, make_sector

pytestmark = pytest.mark.django_db

FIRST_VISIT, LATER_VISIT, SCRIPTS = 60_000, 25_000, 10_000
FONTS = {
    "en": ("latin",),
    "he": ("latin-plain", "hebrew"),
    "ar": ("latin-plain", "arabic"),
}
NEWEST, WORDS, MEMBERS_SEARCH, MATCHES, SCORING = 4, 6, 10, 9, 22
# Beside PostgreSQL the index of words is a file of its own: nobody counts what it is asked.
OWN_FILE = connection.vendor != "sqlite"
PADDING = 100  # bytes at most of the gzip file name that hides a page's true length
LINK = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/static/[^"]+)"[^>]*>')


def weight_of_page(html: bytes) -> int:
    return len(gzip.compress(html, compresslevel=6)) + PADDING


def weight_of_file(content: bytes) -> int:
    return len(brotli.compress(content, quality=11))


def static(name: str) -> bytes:
    found = finders.find(name)
    assert found, name
    with open(found, "rb") as file:  # noqa: PTH123 - a finder answers with text
        return file.read()


def stylesheet() -> bytes:
    """The four files as the storage joins them."""
    return joined(static(part) for part in PARTS)


def fetched_by(html: str) -> set[str]:
    """The static files a page asks for at once, but for stylesheets and fonts."""
    return {
        found[1].removeprefix(settings.STATIC_URL)
        for found in LINK.finditer(html)
        if 'loading="lazy"' not in found[0] and not found[1].endswith((".css", "woff2"))
    }


def weight_of_files(page: bytes, language: str) -> int:
    """Bytes of what a first visit fetches beside the page."""
    fonts = [static(f"cms/fonts/rubik-{name}.woff2") for name in FONTS[language]]
    files = [weight_of_file(static(name)) for name in fetched_by(page.decode())]
    return sum(files) + sum(map(len, fonts)) + weight_of_file(stylesheet())


@pytest.fixture
def demo_site(client):
    """The site as the demo fills it: believable texts in three languages."""
    set_up_site(translations=False)
    with demo_clock() as clock, CaptureQueriesContext(connection) as asked:
        seed(clock)
    drain()
    return len(asked)


def test_pages_of_a_full_site_are_light_in_every_language(client, demo_site):
    assert demo_site < 9_000  # statements of filling it: one bulk action a day
    longest = max(Listing.objects.live(), key=lambda row: len(row.details))
    heavy = {}
    for language in FONTS:
        for path in ("", "listings/", f"listings/{longest.public_id}/"):
            response = client.get(f"/{language}/{path}")
            assert response.status_code == 200, path
            later = weight_of_page(response.content)
            first = later + weight_of_files(response.content, language)
            if first > FIRST_VISIT or later > LATER_VISIT:
                heavy[language, path] = first, later
    assert heavy == {}


def test_a_page_fetches_few_files_and_little_script(client, site_tree):
    page = client.get("/en/").content.decode()
    scripts = {name for name in fetched_by(page) if name.endswith(".js")}
    assert sum(weight_of_file(static(name)) for name in scripts) <= SCRIPTS
    # With the page, the joined stylesheet and the font.
    assert len(fetched_by(page)) + 3 <= 8


def test_a_page_travels_compressed(client, site_tree):
    response = client.get("/en/listings/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    whole = gzip.decompress(response.content)
    assert len(response.content) <= weight_of_page(whole)


def test_a_page_is_set_in_the_fonts_that_are_counted():
    css = stylesheet().decode()
    assert ":root { --font: Rubik, system-ui" in css
    assert ':root[lang=he] { --font: "Rubik Plain", "Rubik Hebrew"' in css
    assert ':root[lang=ar] { --font: "Rubik Plain", "Rubik Arabic"' in css
    assert css.count("@font-face") == 4


# -- queries ------------------------------------------------------------------------


def a_market(size: int) -> tuple[User, Listing]:
    """A member with a listing, and `size` listings of others that match it."""
    own_organisation = make_organisation(side="il")
    member = make_member(own_organisation)
    sector = make_sector("1040")
    own = make_listing(
        own_organisation,
        owner=member,
        title="Glass bottles",
        sectors=[sector],
        brings=["glass bottles"],
        needs=["olive oil"],
    )
    for number in range(size):
        make_listing(
            make_organisation(side="ps"),
            title=f"Olive oil {number}",
            sectors=[sector],
            languages=["ar", "en"],
            brings=["olive oil"],
            needs=["glass bottles"],
        )
    record_changes(Listing.objects.values_list("pk", flat=True), "a test")
    drain()
    refresh_due()
    assert Match.objects.live().of(own).count() >= size
    return member, own


def queries_of(client, path: str) -> list[str]:
    client.get(path)  # menus, names and the session's time are kept
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    assert response.status_code == 200
    return [query["sql"] for query in asked.captured_queries]


def tables_of(statements: list[str]) -> list[str]:
    found = (re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)', text) for text in statements)
    return [table[1] if table else "?" for table in found]


@pytest.mark.parametrize("size", [2, 25])
def test_a_visitors_newest_listings_ask_the_same_of_any_market(client, site_tree, size):
    a_market(size)
    asked = queries_of(client, "/en/listings/")
    assert len(asked) == NEWEST, tables_of(asked)


@pytest.mark.parametrize("size", [2, 25])
def test_a_visitors_words_ask_more_where_little_is_found(client, site_tree, size):
    a_market(size)
    asked = queries_of(client, "/en/listings/?q=olive")
    by_words_like_it = "search_indexedword" in tables_of(asked)
    assert by_words_like_it == (size < 25)
    # Words like it, how common they are, and what the index has of them.
    more = by_words_like_it * (3 - OWN_FILE)
    assert len(asked) == WORDS - OWN_FILE + more, tables_of(asked)


@pytest.mark.parametrize("size", [2, 25])
def test_a_members_search_page_asks_the_same_of_any_market(client, site_tree, size):
    member, _own = a_market(size)
    client.force_login(member)
    asked = queries_of(client, "/en/listings/")
    assert len(asked) == MEMBERS_SEARCH, tables_of(asked)


@pytest.mark.parametrize("size", [2, 25])
def test_a_page_of_matches_asks_the_same_of_any_market(client, site_tree, size):
    member, own = a_market(size)
    client.force_login(member)
    asked = queries_of(client, f"/en/listings/{own.public_id}/matches/")
    assert len(asked) == MATCHES, tables_of(asked)


def test_matching_one_listing_more_costs_the_same_in_any_market(client, site_tree):
    counts = []
    for size in (2, 25):
        _member, own = a_market(size)
        with CaptureQueriesContext(connection) as asked:
            refresh_matches(own.pk)
        counts.append(len(asked))
    assert counts[0] == counts[1] == SCORING - 2 * OWN_FILE, counts
