"""A review that listings pass, and somebody who reads them."""

import pytest

from marketplace.listings.models import Listing
from marketplace.people.models import User
from marketplace.taxonomy.models import Capability, Place, Sector
from tests.factories import make_sector
from tests.reviewing import make_reader


@pytest.fixture
def reviewer(db) -> User:
    """Reads for the side of the tests' organisations, and so first."""
    return make_reader("il")


@pytest.fixture
def unsaved(db):
    """A draft as the form hands it over: not saved, its parts in memory."""

    def make(organisation, **fields):
        fields.setdefault("kind", Listing.Kind.OFFER)
        fields.setdefault("title", "Cold store with room for two")
        fields.setdefault("summary", "Two chambers at four degrees, near the crossing.")
        fields.setdefault("written_in", "en")
        draft = Listing(organisation=organisation, **fields)
        draft.sectors = [make_sector()]
        return draft

    return make


@pytest.fixture
def vocabulary(db):
    """What the example line names."""
    for code in ("1040", "4630"):
        Sector.objects.get_or_create(code=code, defaults={"level": "class"})
    for slug in ("bulk-supply", "food-certificates"):
        Capability.objects.get_or_create(slug=slug, defaults={"step": "sales"})
    Place.objects.get_or_create(slug="nablus")
