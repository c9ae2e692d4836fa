"""The filters of the search page narrow by what may be told, and by nothing else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.listings.models import Listing
from search.facets import facets_of
from search.forms import Filters
from search.pages import narrow, results_for
from tests.factories import make_listing, make_member, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()
    yield
    cache.clear()


def found(**filters: object) -> int:
    return narrow(Listing.objects.live(), Filters(**filters)).count()


def listings_of_women(number: int) -> None:
    for _ in range(number):
        make_listing(make_organisation(traits=["women_led"]))
    make_listing()


def test_a_trait_that_fewer_than_five_share_singles_nobody_out():
    listings_of_women(4)
    assert found(women_led=True) == 5


def test_a_trait_that_five_share_narrows_the_list():
    listings_of_women(5)
    assert found(women_led=True) == 5
    assert found() == 6


def test_verified_and_online_narrow_the_list():
    make_listing(make_organisation(verification_state="verified"), meets_online=False)
    make_listing(meets_online=True)
    assert found(verified=True) == 1
    assert found(online=True) == 1
    assert found(verified=True, online=True) == 0


def test_a_language_is_found_among_several():
    make_listing(languages=["ar", "en"])
    make_listing(languages=["he"])
    assert found(languages=("ar",)) == 1


def test_a_page_of_listings_asks_the_same_for_two_as_for_twelve(client, site_tree):
    counts = []
    for size in (2, 10):
        for _ in range(size):
            make_listing()
        client.get("/en/listings/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/en/listings/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_counts_below_five_are_left_out_and_others_rounded_down():
    for language, number in (("he", 4), ("ar", 8)):
        for _ in range(number):
            make_listing(languages=[language])
    options = facets_of(Listing.objects.live(), Filters()).languages
    assert [(each.value, each.count) for each in options] == [("ar", "5")]


def test_what_is_chosen_stays_among_the_options_without_its_count():
    make_listing(languages=["he"])
    chosen = Filters(languages=("he",))
    (option,) = facets_of(Listing.objects.live(), chosen).languages
    assert (option.value, option.count, option.is_chosen) == ("he", "", True)


@pytest.mark.parametrize(
    ("sort", "expected"), [("newest", ["new", "old"]), ("closing", ["old", "new"])]
)
def test_lists_are_sorted_as_the_reader_asks(sort, expected):
    today = timezone.now()
    for title, days in (("old", 30), ("new", 10)):
        make_listing(
            title=title,
            published_on=(today - timedelta(days=days)).date(),
            expires_at=today + timedelta(days=183 - days),
        )
    results = results_for(Filters(sort=sort), AnonymousUser(), 1)
    assert [card.listing.title for card in results.cards] == expected


def test_a_member_chooses_against_which_own_listing_others_are_matched(
    client, site_tree
):
    home = make_organisation()
    member = make_member(home)
    older = make_listing(home, published_on=timezone.now().date() - timedelta(days=9))
    newer = make_listing(home)
    foreign = make_listing()

    def own(chosen: object) -> Listing | None:
        return results_for(Filters(matching_for=str(chosen)), member, 1).own

    assert own("") == own(foreign.public_id) == newer
    assert own(older.public_id) == older
    client.force_login(member)
    page = client.get(f"/en/listings/?matching_for={older.public_id}").content.decode()
    assert f'<option value="{older.public_id}" lang="en" selected>' in page
    assert str(newer.public_id) in page
