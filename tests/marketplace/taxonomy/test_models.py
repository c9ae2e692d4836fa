"""Names in the reader's language, the tree of sectors, distances."""

import pytest
from django.utils import translation

from marketplace.taxonomy.distance import DistanceBand, kilometres_between
from marketplace.taxonomy.loading import load_taxonomy
from marketplace.taxonomy.models import (
    Capability,
    LexiconEntry,
    Place,
    Sector,
)
from tests.built import once_a_module


@once_a_module
def loaded() -> None:
    load_taxonomy()


@pytest.fixture
def vocabulary(loaded, db):
    """What the files say, to read and to change."""


def place(slug: str, latitude: float | None, longitude: float | None) -> Place:
    return Place(slug=slug, latitude=latitude, longitude=longitude)


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Sewing"), ("he", "תפירה"), ("ar", "خياطة"), ("fr", "Sewing")],
)
def test_a_name_is_shown_in_the_readers_language(language, name):
    sewing = Capability(
        slug="sewing", name_en="Sewing", name_he="תפירה", name_ar="خياطة"
    )
    with translation.override(language):
        assert sewing.name == name
        assert str(sewing) == name


def test_a_lexicon_entry_goes_by_its_first_word():
    entry = LexiconEntry(concept="stone", words_he=["אבן", "אבנים"])
    with translation.override("he"):
        assert str(entry) == "אבן"
    with translation.override("ar"):
        assert str(entry) == "stone"


@pytest.mark.parametrize("typed", ["olive oil", "שמן זית", "زيت الزيتون", " 1040 "])
def test_a_sector_is_found_by_a_word_of_any_language_and_by_its_code(vocabulary, typed):
    found = Sector.objects.named_like(typed)
    assert "1040" in set(found.values_list("code", flat=True))


def test_names_are_sorted_by_the_readers_alphabet(vocabulary):
    with translation.override("ar"):
        names = [place.name_ar for place in Place.objects.by_name()]
    assert names == sorted(names)


def test_sectors_bring_along_all_they_stand_under(
    vocabulary, django_assert_num_queries
):
    chosen = Sector.objects.filter(code__in=["1040", "1079", "6201"])
    with django_assert_num_queries(2):
        codes = {sector.code for sector in chosen.with_ancestors()}
    assert codes == {"1040", "1079", "6201", "104", "107", "10", "C", "620", "62", "J"}


def test_ancestors_are_read_off_the_code():
    assert Sector(code="2396").ancestor_codes == ("239", "23", "C")


def test_a_section_holds_all_below_it(vocabulary):
    within = set(Sector.objects.within("D").values_list("code", flat=True))
    assert within == {"D", "35", "351", "3510", "352", "3520", "353", "3530"}
    food = set(Sector.objects.within("10").values_list("code", flat=True))
    assert {"10", "104", "1040"} <= food
    assert "C" not in food


@pytest.mark.parametrize(("country", "district"), [("IL", "haifa"), ("PS", "nablus")])
def test_a_district_of_no_country_is_listed_under_both(vocabulary, country, district):
    listed = Place.objects.listed_under(country)
    slugs = set(listed.values_list("slug", flat=True))
    assert {"jerusalem", district} <= slugs
    assert "amman" not in slugs


def test_the_country_of_a_district_is_read_by_its_code(vocabulary):
    assert Place.objects.get(slug="nablus").country.dial_code == "+970"


@pytest.mark.parametrize(
    ("one", "other", "band"),
    [
        ("haifa", "haifa", DistanceBand.SAME),
        ("haifa", "acre", DistanceBand.NEAR),
        ("haifa", "jenin", DistanceBand.MIDDLE),
        ("tel-aviv-jaffa", "nablus", DistanceBand.MIDDLE),
        ("haifa", "hebron", DistanceBand.FAR),
        ("nablus", "london", DistanceBand.FAR),
    ],
)
def test_distances_are_told_in_bands(vocabulary, one, other, band):
    first, second = Place.objects.get(slug=one), Place.objects.get(slug=other)
    assert first.distance_band(second) == band
    assert second.distance_band(first) == band


def test_a_district_whose_centre_is_unknown_has_no_distance():
    assert place("x", None, None).distance_band(place("y", 32.0, 35.0)) is None


def test_a_degree_of_latitude_is_111_kilometres():
    assert kilometres_between(32, 35, 33, 35) == pytest.approx(111.2, abs=0.1)
    assert kilometres_between(0, 0, 0, 180) == pytest.approx(20015, abs=1)
