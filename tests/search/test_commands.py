"""What an operator can do to the index."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from marketplace.listings.models import Listing
from search.engines import get_engine
from search.indexing import drain, record_changes
from search.models import IndexChange, IndexedListing
from tests.factories import make_listing

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def listings() -> list[Listing]:
    made = [make_listing(title="Quarry") for _ in range(3)]
    record_changes([listing.pk for listing in made], "test")
    drain()
    return made


def test_the_outbox_is_drained_by_command():
    record_changes([make_listing().pk], "published")
    assert run("drain_index") == "indexed 1, removed 0, failed 0\n"


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("check_index", "rows"),
        ("count_exposure", "listings"),
        ("drain_index", "indexed"),
        ("rebuild_index", "listings"),
        ("refresh_matches", "matched"),
        ("tell_mandates", "letters"),
        ("tell_searches", "told"),
    ],
)
def test_commands_write_their_figures_for_programs(
    name: str, figure: str, tmp_path: Path
):
    path = tmp_path / "figures.json"
    run(name, "--json", str(path))
    assert json.loads(path.read_text())[figure] == 0


def test_an_index_in_order_passes(listings):
    assert "rows and engine differ: 0" in run("check_index")


def test_changes_that_still_wait_are_no_drift(listings):
    Listing.objects.filter(pk=listings[0].pk).update(version=9)
    record_changes([listings[0].pk], "changed")
    run("check_index")


def test_every_kind_of_drift_is_seen_and_repaired(listings):
    forgotten = make_listing()
    get_engine().remove([listings[0].pk])
    Listing.objects.filter(pk=listings[1].pk).update(live=False)
    IndexedListing.objects.filter(pk=listings[2].pk).update(analyser_version=0)
    with pytest.raises(CommandError):
        run("check_index")
    assert "repaired 4" in run("check_index", "--repair")
    assert dict(get_engine().versions()).keys() == {
        listings[0].pk,
        listings[2].pk,
        forgotten.pk,
    }
    run("check_index")


def test_an_engine_ahead_of_us_is_put_back(listings):
    """As after a database was restored from a backup."""
    Listing.objects.filter(pk=listings[0].pk).update(version=7)
    record_changes([listings[0].pk], "changed")
    drain()
    Listing.objects.filter(pk=listings[0].pk).update(version=1)
    IndexedListing.objects.filter(pk=listings[0].pk).update(version=1)
    run("check_index", "--repair")
    assert dict(get_engine().versions())[listings[0].pk] == 1


def test_changes_given_up_are_tried_again(listings):
    record_changes([listings[0].pk], "changed")
    IndexChange.objects.update(state=IndexChange.State.DEAD, tries=8)
    with pytest.raises(CommandError):
        run("check_index")
    run("check_index", "--repair")
    assert not IndexChange.objects.exists()


def test_a_rebuild_says_how_many(listings):
    get_engine().remove([listing.pk for listing in listings])
    assert run("rebuild_index").startswith("3 listings in ")
    assert run("rebuild_index", "--analyse").startswith("3 listings in ")
    run("check_index")
