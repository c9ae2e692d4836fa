"""Loading the vocabulary: safe to repeat, quick, and staff's words stay."""

from io import StringIO

import pytest
from django.core.management import call_command

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

pytestmark = pytest.mark.django_db

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


def test_every_row_of_the_files_is_loaded():
    written = load_taxonomy()
    assert Sector.objects.count() == written["sectors"] == len(vocabulary.sectors())
    assert Country.objects.count() == 249
    press = LexiconEntry.objects.get(concept="olive-press")
    assert "בית בד" in press.words_he
    assert [sector.code for sector in press.sectors.all()] == ["1040"]
    assert [kind.slug for kind in press.capabilities.all()] == ["olive-pressing"]


def test_loading_again_changes_nothing():
    load_taxonomy()
    before = contents()
    written = load_taxonomy()
    assert set(written.values()) == {0}
    assert contents() == before


def test_loading_again_asks_few_questions(django_assert_max_num_queries):
    load_taxonomy()
    with django_assert_max_num_queries(16):
        load_taxonomy()


def test_a_name_that_staff_changed_stays_while_others_follow_the_files(monkeypatch):
    load_taxonomy()
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
    load_taxonomy()
    before = Sector.objects.get(code="1040").pk
    rows = vocabulary.sectors()
    rows["1040"]["name_en"] = "Oils"
    monkeypatch.setattr(vocabulary, "sectors", lambda: rows)
    assert load_taxonomy()["sectors"] == 1
    assert Sector.objects.get(code="1040").pk == before
    assert Sector.objects.get(code="1040").name_en == "Oils"


def test_what_staff_added_stays_and_what_they_deleted_comes_back():
    load_taxonomy()
    Capability.objects.create(
        slug="beekeeping", step="production", name_en="a", name_he="ב", name_ar="ج"
    )
    Capability.objects.filter(slug="sewing").delete()
    load_taxonomy()
    assert Capability.objects.filter(slug="beekeeping").exists()
    assert Capability.objects.filter(slug="sewing").exists()


def test_codes_of_a_concept_follow_the_files_unless_staff_chose_others(monkeypatch):
    load_taxonomy()
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


def test_rates_that_staff_put_in_are_left_alone():
    ExchangeRate.objects.create(currency="ILS", per_usd="3.5", on="2026-01-01")
    load_taxonomy()
    assert ExchangeRate.objects.filter(currency="ILS").count() == 1
    assert ExchangeRate.objects.filter(currency="JOD").count() == 1


def test_the_command_tells_what_it_wrote():
    said = StringIO()
    call_command("load_taxonomy", stdout=said)
    assert f"sectors: {len(vocabulary.sectors())} written" in said.getvalue()
