"""The last reserve finds what the embedded engine finds, straight from the rows."""

import pytest

from marketplace.organisations.models import Organisation
from search.codes import gates
from search.engines.rows import RowsEngine
from search.indexing import drain, record_changes
from search.needs import Side
from search.queries import Query, query_of
from tests.factories import make_listing, make_organisation, make_sector

from .contract import asking

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine() -> RowsEngine:
    return RowsEngine()


def index(*organisation: Organisation, **fields: object) -> int:
    listing = make_listing(*organisation, **fields)
    record_changes([listing.pk], "published")
    drain()
    return listing.pk


def test_words_of_three_scripts_are_found(engine):
    hebrew, arabic = index(title="בית בד לזיתים"), index(title="بيت للزيتون والزيت")
    assert engine.search(asking("הזיתים")).ids == (hebrew,)
    assert engine.search(asking("الزيتون")).ids == (arabic,)


def test_who_has_more_of_the_words_comes_first(engine):
    one, both = index(title="Stone"), index(title="Polishing of stone")
    assert engine.search(query_of("polishing stone")).ids == (both, one)


def test_codes_are_found_and_gates_keep_out(engine):
    sector = make_sector("1040")
    here = index(make_organisation(side="il"), sectors=[sector])
    there = index(make_organisation(side="ps"), sectors=[sector])
    assert set(engine.search(Query(codes=("isic_c1040",))).ids) == {here, there}
    gate = gates(["public"], ["offer"], ["ps"])
    assert engine.search(Query(codes=("isic_c1040",), gates=gate)).ids == (there,)


def test_the_text_asked_is_the_one_that_answers(engine):
    pk = index(title="Timber", needs=["Money"])
    assert engine.search(asking("money", side=Side.NEEDS)).ids == (pk,)
    assert engine.search(asking("money", side=Side.OFFERS)).ids == ()


def test_limits_are_kept(engine):
    for _ in range(3):
        index(title="Dentistry")
    assert len(engine.search(Query(terms=("dentistry",), limit=2)).ids) == 2
    assert engine.search(Query()).ids == ()


def test_a_row_that_is_written_is_held(engine):
    pk = index(title="Timber")
    assert [listing for listing, _ in engine.versions()] == [pk]
    assert engine.health().documents == 1


def test_a_name_is_found_by_the_whole_of_its_sound(engine):
    pk = index(title="מיצובישי")
    index(title="מיצובישימוטו")
    assert engine.search(query_of("Mitsubishi")).ids == (pk,)
