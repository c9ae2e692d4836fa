"""The filters of the search page narrow by what may be told, and by nothing else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.taxonomy.models import Place
from search.facets import facets_of
from search.forms import Filters, filters_in
from search.pages import narrow, results_for
from search.questions import question_of
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


def districts() -> dict[str, Place]:
    """Haifa, and districts nearer than 30 km, between 30 and 80, and farther away."""
    centres = {
        "haifa": (32.79, 34.99),
        "acre": (32.93, 35.08),
        "nablus": (32.22, 35.25),
        "gaza": (31.50, 34.47),
    }
    return {
        slug: Place.objects.create(
            slug=slug,
            name_en=slug,
            name_he=slug,
            name_ar=slug,
            latitude=north,
            longitude=east,
        )
        for slug, (north, east) in centres.items()
    }


def test_districts_around_the_chosen_one_count_with_it_as_far_as_asked():
    for place in districts().values():
        make_listing(place=place)
    assert found(places=("haifa",)) == 1
    assert found(places=("haifa",), around="under_30") == 2
    assert found(places=("haifa",), around="30_to_80") == 3
    assert found(around="30_to_80") == 4
    assert filters_in(QueryDict("around=under_30")).around == ""
    asked = filters_in(QueryDict("place=haifa&around=under_30"))
    assert question_of(asked) == "place=haifa&around=under_30"
    assert filters_in(QueryDict("place=haifa&around=by-bus")).around == ""


def test_a_card_says_how_far_it_is_from_the_own_listing(client, site_tree):
    home, places = make_organisation(), districts()
    reader = make_member(home)
    own = make_listing(home, place=places["haifa"])
    for slug, place in places.items():
        make_listing(place=place, title=f"Of {slug}")
    make_listing(title="Of nowhere")
    cards = results_for(Filters(matching_for=str(own.public_id)), reader, 1).cards
    assert {card.listing.title: card.distance for card in cards} == {
        "Of haifa": "same district",
        "Of acre": "under 30 km",
        "Of nablus": "30–80 km",
        "Of gaza": "over 80 km",
        "Of nowhere": "",
    }
    assert {card.distance for card in results_for(Filters(), None, 1).cards} == {""}
    client.force_login(reader)
    page = client.get("/en/listings/?place=acre&around=under_30").content.decode()
    assert "· under 30 km" in page
    assert '<option value="under_30" selected>' in page
