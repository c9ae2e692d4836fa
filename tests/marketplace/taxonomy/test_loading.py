"""Loading the vocabulary into empty tables."""

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


def test_rates_that_staff_put_in_are_left_alone():
    ExchangeRate.objects.create(currency="ILS", per_usd="3.5", on="2026-01-01")
    load_taxonomy()
    assert ExchangeRate.objects.filter(currency="ILS").count() == 1
    assert ExchangeRate.objects.filter(currency="JOD").count() == 1


def test_the_command_tells_what_it_wrote():
    said = StringIO()
    call_command("load_taxonomy", stdout=said)
    assert f"sectors: {len(vocabulary.sectors())} written" in said.getvalue()
