"""The filters of the search page narrow by what may be told, and by nothing else."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.listings.models import Listing
from search.forms import Filters
from search.pages import narrow
from tests.factories import make_listing, make_organisation

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
