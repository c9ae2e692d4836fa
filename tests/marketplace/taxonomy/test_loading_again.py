"""Loading the vocabulary again: safe, quick, and staff's words stay."""

import pytest

from marketplace.taxonomy import vocabulary
from marketplace.taxonomy.loading import load_taxonomy
from marketplace.taxonomy.models import (
    Capability,
    Country,
    ExchangeRate,
    LexiconEntry,
    Place,
    Sector,
)
from tests.built import once_a_module


@once_a_module
def loaded() -> None:
    load_taxonomy()


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

TABLES = (
    Sector,
    Capability,
    Country,
    Place,
    ExchangeRate,
    LexiconEntry,
    LexiconEntry.sectors.through,
    LexiconEntry.capabilities.through,
)


def contents() -> list[object]:
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def test_loading_again_changes_nothing():
    before = contents()
    written = load_taxonomy()
    assert set(written.values()) == {0}
    assert contents() == before


def test_loading_again_asks_few_questions(django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        load_taxonomy()


def test_a_name_that_staff_changed_stays_while_others_follow_the_files(monkeypatch):
    Country.objects.filter(code="PS").update(name_en="State of Palestine")
    rows = vocabulary.countries()
    rows["PS"] |= {"name_en": "Palestine, new", "name_he": "פלסטין החדשה"}
    monkeypatch.setattr(vocabulary, "countries", lambda: rows)
    for _time in range(2):
        load_taxonomy()
        palestine = Country.objects.get(code="PS")
        assert palestine.name_en == "State of Palestine"
        assert palestine.name_he == "פלסטין החדשה"


def test_a_changed_row_keeps_its_identity(monkeypatch):
    before = Sector.objects.get(code="1040").pk
    rows = vocabulary.sectors()
    rows["1040"]["name_en"] = "Oils"
    monkeypatch.setattr(vocabulary, "sectors", lambda: rows)
    assert load_taxonomy()["sectors"] == 1
    assert Sector.objects.get(code="1040").pk == before
    assert Sector.objects.get(code="1040").name_en == "Oils"


def test_what_staff_added_stays_and_what_they_deleted_comes_back():
    Capability.objects.create(
        slug="beekeeping", step="production", name_en="a", name_he="ב", name_ar="ج"
    )
    Capability.objects.filter(slug="sewing").delete()
    load_taxonomy()
    assert Capability.objects.filter(slug="beekeeping").exists()
    assert Capability.objects.filter(slug="sewing").exists()


def test_codes_of_a_concept_follow_the_files_unless_staff_chose_others(monkeypatch):
    chosen = LexiconEntry.objects.get(concept="honey")
    chosen.sectors.set(Sector.objects.filter(code="1079"))
    rows = vocabulary.lexicon()
    for concept in ("honey", "stone"):
        rows[concept] |= {"sectors": ["2399"], "words_en": ["something new"]}
    monkeypatch.setattr(vocabulary, "lexicon", lambda: rows)
    assert load_taxonomy()["lexicon"] == 2
    honey = LexiconEntry.objects.get(concept="honey")
    stone = LexiconEntry.objects.get(concept="stone")
    assert list(honey.sectors.values_list("code", flat=True)) == ["1079"]
    assert list(stone.sectors.values_list("code", flat=True)) == ["2399"]
    assert honey.words_en == stone.words_en == ["something new"]
