"""S-01: every address answers every kind of person as the table says.

The table is `roles.toml`. A new address fails here until it has a row; what is
foreign answers, byte for byte, like what does not exist.
"""

import itertools

import pytest

from cms import errors
from marketplace.listings.models import Listing
from marketplace.listings.views import pages as listing_pages
from payments.gateway import get_gateway
from tests.security import roles
from tests.security.people import VIEWERS
from tests.security.roles import Viewer, deviations, rows

pytestmark = pytest.mark.django_db
GATEWAY = {"BACKEND": "tests.security.roles.NoNetwork", "OPTIONS": {}}


@pytest.fixture(autouse=True)
def _no_network(settings):
    settings.PAYMENT_GATEWAY = GATEWAY
    get_gateway.cache_clear()
    yield
    get_gateway.cache_clear()


def viewers_for(world, key: str) -> list[Viewer]:
    names = roles.names_for([row.key for row in rows()].index(key))
    return [Viewer(world, name) for name in names]


def test_every_address_has_a_row():
    assert roles.undeclared() == set()


def test_every_row_has_an_address():
    assert roles.vanished() == set()


def test_a_new_address_fails_until_it_is_declared():
    assert roles.undeclared("tests.security.planted_urls") == {"planted", "phones/"}


def test_everybody_asks_for_some_rows():
    asked = [roles.names_for(place) for place in range(len(rows()))]
    assert {name for names in asked for name in names} == set(VIEWERS)


def test_every_address_of_a_thing_is_tried_with_a_thing():
    takes = {each.key: each.takes for each in roles.site()}
    without = {row.key for row in rows() if takes[row.name] and not row.object}
    assert without == set()


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.key)
def test_an_address_answers_as_the_table_says(row, world):
    assert list(deviations(row, world, viewers_for(world, row.key))) == []


def test_a_view_that_forgets_to_ask_is_noticed(world, monkeypatch):
    """The test of the test: the page of an own listing opens to everybody."""
    monkeypatch.setattr(
        listing_pages,
        "own_or_404",
        lambda request, public_id: Listing.objects.get(public_id=public_id),
    )
    row = next(row for row in rows() if row.key == "listings:withdraw")
    found = "\n".join(deviations(row, world, viewers_for(world, row.key)))
    assert "GET as stranger: 200 instead of 404" in found


def test_a_telling_404_is_noticed(world, monkeypatch):
    """The test of the test: the page for missing things is not always the same."""
    numbers = itertools.count()
    monkeypatch.setattr(errors, "nothing_here", lambda language: f"{next(numbers)}")
    row = next(row for row in rows() if row.key == "listings:detail#draft")
    found = list(deviations(row, world, viewers_for(world, row.key)))
    assert "GET as stranger: foreign and missing differ" in found
