"""Counts subtracted from each other must not single out one listing (P-06)."""

from itertools import combinations
from random import Random

import pytest

from marketplace.listings.models import Listing
from marketplace.taxonomy.models import Place
from search import facets
from search.facets import facets_of
from search.forms import Filters
from search.pages import narrow
from tests.factories import make_listing, make_sector

pytestmark = pytest.mark.django_db
PAIRS = 1_000
PLACES = ("haifa", "nablus", "hebron")
SECTORS = ("1040", "2396", "6201")
LANGUAGES = ("ar", "en", "he")
Cells = dict[tuple[str, str], int]


def named(name: str) -> dict[str, str]:
    return {f"name_{language}": name for language in LANGUAGES}


@pytest.fixture
def market() -> None:
    chance = Random(6)
    places = [Place.objects.create(slug=slug, **named(slug)) for slug in PLACES]
    sectors = [make_sector(code) for code in SECTORS]
    for code in SECTORS:
        make_sector(code[:2], level="division")
    for _ in range(60):
        make_listing(
            kind=chance.choice(["offer", "need"]),
            place=chance.choice(places),
            sectors=[chance.choice(sectors)],
            languages=chance.sample(LANGUAGES, k=chance.randint(1, 3)),
            meets_online=chance.random() < 0.9,
        )


def questions() -> list[Filters]:
    """Filters that overlap as closely as somebody who probes would choose them."""
    return [
        Filters(
            kind=kind, sectors=sectors, places=places, languages=spoken, online=online
        )
        for kind in ("", "offer")
        for sectors in ((), SECTORS[:1], SECTORS[:2])
        for places in ((), PLACES[:1], PLACES[:2])
        for spoken in ((), LANGUAGES[:1])
        for online in (False, True)
    ]


def cells_of(filters: Filters) -> Cells:
    counted = facets_of(narrow(Listing.objects.live(), filters), filters)
    named = {"sector": counted.sectors, "place": counted.places}
    named["language"] = counted.languages
    return {
        (what, option.value): int(option.count)
        for what, options in named.items()
        for option in options
        if option.count
    }


def singled_out(shown: list[Cells]) -> int:
    """Pairs of questions whose counts of one cell differ by fewer than five."""
    pairs = list(combinations(shown, 2))
    assert len(pairs) >= PAIRS
    return sum(
        any(0 < abs(one[cell] - other[cell]) < 5 for cell in one.keys() & other.keys())
        for one, other in pairs
    )


def test_no_two_questions_single_out_a_listing_by_their_counts(market, monkeypatch):
    asked = questions()
    shown = [cells_of(filters) for filters in asked]
    assert all(count >= 5 for cells in shown for count in cells.values())
    assert singled_out(shown) == 0
    monkeypatch.setattr(facets, "coarse", lambda count: count)
    assert singled_out([cells_of(filters) for filters in asked]) > PAIRS / 10
