"""What is missing is counted by meaning; no typed word, nobody and no rare wish shows."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.taxonomy.models import Capability, LexiconEntry, Sector
from search.demand import demand, forget_old, nobody_brings, note_unmet
from search.forms import Filters
from search.models import UnmetSearch
from tests.factories import make_listing

pytestmark = pytest.mark.django_db
WORDS = Filters(q="glass bottles for Nadia Haddad")


@pytest.fixture
def bottles() -> LexiconEntry:
    return LexiconEntry.objects.create(
        concept="glass-bottle",
        words_en=["glass bottle"],
        words_he=["בקבוק זכוכית"],
        words_ar=["زجاجة"],
    )


@pytest.fixture
def cold_store() -> Capability:
    return Capability.objects.create(
        slug="cold-store",
        step="test",
        name_en="Cold storage",
        name_he="קירור",
        name_ar="تبريد",
    )


def test_a_search_in_vain_leaves_meanings_and_never_words(bottles, client):
    for _time in range(2):
        client.get(reverse("search:listings"), {"q": WORDS.q})
    assert list(UnmetSearch.objects.values_list("term", "times")) == [
        ("con_glass_bottle", 2)
    ]


def test_a_search_that_finds_something_is_not_counted(bottles, client):
    make_listing()
    client.get(reverse("search:listings"))
    assert not UnmetSearch.objects.exists()


def test_invented_codes_are_not_kept():
    note_unmet(Filters(sectors=("zz9", "10")))
    assert list(UnmetSearch.objects.values_list("term", flat=True)) == ["isic_c10"]


def test_what_fewer_than_five_looked_for_is_left_out(bottles):
    for _time in range(4):
        note_unmet(WORDS)
    assert demand() == []
    for _time in range(4):
        note_unmet(WORDS)
    (row,) = demand()
    assert (row.name, row.searched, row.needed) == ("glass bottle", 5, 0)


def test_a_quarter_later_it_is_forgotten(bottles):
    note_unmet(WORDS)
    UnmetSearch.objects.update(happened_on=timezone.localdate() - timedelta(days=91))
    forget_old()
    assert not UnmetSearch.objects.exists()


def test_what_listings_need_and_nobody_brings_stands_beside_it(cold_store):
    for _number in range(5):
        listing = make_listing(needs=[cold_store])
    assert nobody_brings(listing) == ["Cold storage"]
    assert [(row.name, row.needed) for row in demand()] == [("Cold storage", 5)]
    make_listing(brings=[cold_store])
    assert nobody_brings(listing) == []
    assert demand() == []


def test_sectors_are_named_in_the_readers_language(settings):
    Sector.objects.get_or_create(
        code="10", defaults={"level": "division", "name_en": "Food"}
    )
    for _time in range(5):
        note_unmet(Filters(sectors=("10",)))
    assert len(demand()) == 1
