"""Each engine is filled at its own pace, by marks on the changes."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.listings.models import Listing
from search.documents import ListingDocument
from search.drift import compare_and_repair, find_drift, mend
from search.engines import EngineHealth, Results, engines, get_engine
from search.engines.fallback import FallbackEngine
from search.exceptions import EngineUnavailable
from search.indexing import drain, record_changes
from search.models import EngineCheck, IndexChange
from search.queries import Query
from search.rebuilding import refill
from tests.factories import make_listing

pytestmark = pytest.mark.django_db


class FarEngine:
    """Keeps versions in memory, as far as it answers."""

    name = "far"
    is_remote = True

    def __init__(self) -> None:
        self.held: dict[int, int] = {}
        self.is_down = self.is_wiped = False
        self.puts = 0

    def put(self, documents: Iterable[ListingDocument]) -> None:
        self._answer()
        self.puts += 1
        self.held |= {document.id: document.version for document in documents}

    def remove(self, ids: Iterable[int]) -> None:
        self._answer()
        for pk in ids:
            self.held.pop(pk, None)

    def search(self, query: Query) -> Results:
        self._answer()
        return Results(tuple(self.held))

    def health(self, *, thorough: bool = False) -> EngineHealth:
        return EngineHealth(not self.is_down, is_broken=self.is_wiped)

    def rebuild(self, documents: Iterable[ListingDocument]) -> None:
        self._answer()
        self.held = {document.id: document.version for document in documents}
        self.is_wiped = False

    def versions(self) -> Iterator[tuple[int, int]]:
        self._answer()
        yield from sorted(self.held.items())

    def _answer(self) -> None:
        if self.is_down:
            raise EngineUnavailable("down")


@pytest.fixture
def far(settings) -> FarEngine:
    settings.SEARCH_ENGINE = {
        "BACKEND": f"{__name__}.FarEngine",
        "FALLBACK": settings.EMBEDDED_ENGINE,
    }
    engine = engines()["far"]
    assert isinstance(engine, FarEngine)
    return engine


def publish() -> int:
    listing = make_listing(title="Bread")
    record_changes([listing.pk], "published")
    return listing.pk


def an_hour_later() -> None:
    now = timezone.now()
    IndexChange.objects.update(next_try_at=now, created_at=now - timedelta(hours=1))


def near() -> list[int]:
    return [pk for pk, _ in engines()["embedded"].versions()]


def test_engines_are_listed_with_their_reserves(far):
    assert list(engines()) == ["far", "embedded", "rows"]


def test_both_are_filled_from_one_change(far):
    pk = publish()
    assert drain().indexed == (pk,)
    assert list(far.held) == near() == [pk]
    assert not IndexChange.objects.exists()


def test_one_that_is_down_is_told_later_and_the_others_only_once(far):
    far.is_down = True
    pk = publish()
    assert drain().failed == (pk,)
    assert near() == [pk]
    change = IndexChange.objects.get()
    assert change.is_held_by("embedded")
    assert not change.is_held_by("far")
    assert change.next_try_at - timezone.now() <= timedelta(seconds=15)
    far.is_down = False
    engines()["embedded"].remove([pk])  # it would come back if it were told again
    an_hour_later()
    assert drain().indexed == (pk,)
    assert list(far.held) == [pk]
    assert near() == []


def test_one_that_is_down_is_asked_once_a_drain(far, monkeypatch):
    asked = []

    def refuse(documents: Iterable[ListingDocument]) -> None:
        asked.append(list(documents))
        raise EngineUnavailable

    monkeypatch.setattr(far, "put", refuse)
    monkeypatch.setattr("search.indexing.BATCH", 2)
    record_changes([make_listing().pk for _ in range(6)], "published")
    assert len(drain().failed) == 6
    assert len(asked) == 1
    assert len(near()) == 6


def test_a_listing_withdrawn_while_it_waits_is_taken_from_both(far):
    pk = publish()
    drain()
    far.is_down = True
    listing = Listing.objects.get(pk=pk)
    listing.live = False
    listing.save()
    record_changes([pk], "withdrawn")
    drain()
    assert near() == []
    far.is_down = False
    an_hour_later()
    assert drain().removed == (pk,)
    assert far.held == {}


def test_one_that_lags_does_not_answer(far):
    engine = get_engine()
    assert isinstance(engine, FallbackEngine)
    pk = publish()
    assert not engine.search(Query(terms=("bread",))).degraded
    far.is_down = True
    drain()
    far.is_down = False  # it answers again, without the listing
    an_hour_later()
    engine._look_at = 0.0
    results = engine.search(Query(terms=("bread",)))
    assert (results.ids, results.degraded) == ((pk,), True)
    drain()
    engine._look_at = 0.0
    assert not engine.search(Query(terms=("bread",))).degraded


def test_a_wiped_engine_is_filled_without_an_operator(far):
    pk = publish()
    drain()
    far.held, far.is_wiped = {}, True
    assert mend() == ["far"]
    assert list(far.held) == [pk]
    assert mend() == []


def test_two_do_not_fill_the_same_engine_at_once(far):
    EngineCheck.objects.create(
        engine="far", busy_until=timezone.now() + timedelta(minutes=1)
    )
    far.is_wiped = True
    assert mend() == []
    assert far.is_wiped


def test_what_was_removed_while_an_engine_was_filled_does_not_come_back(
    far, monkeypatch
):
    pk = publish()
    drain()
    rebuild = far.rebuild

    def slowly(documents: Iterable[ListingDocument]) -> None:
        read = list(documents)
        Listing.objects.filter(pk=pk).update(live=False)
        record_changes([pk], "withdrawn")
        drain()
        rebuild(read)

    monkeypatch.setattr(far, "rebuild", slowly)
    refill(far)
    assert far.held == {}


def test_drift_of_one_engine_is_found_repaired_and_noted(far):
    pk = publish()
    drain()
    far.held = {pk: 99, 4711: 1}
    assert find_drift().engines == {"far": (pk, 4711), "embedded": (), "rows": ()}
    left = compare_and_repair()
    assert left.is_none
    assert far.held.keys() == {pk}
    check = EngineCheck.objects.get(engine="far")
    assert (check.differing, check.left) == (2, 0)


def test_what_cannot_be_repaired_raises_an_alarm(far, caplog):
    publish()
    drain()
    far.held = {}
    far.is_down = True
    assert compare_and_repair().silent == ("far",)
    assert "silent: far" in caplog.text
    assert EngineCheck.objects.get(engine="far").detail == "no answer"


def test_the_comparison_comes_once_a_day(far):
    publish()
    drain()
    mend()
    far.held = {}
    mend()
    assert far.held == {}
    EngineCheck.objects.update(checked_at=timezone.now() - timedelta(hours=25))
    mend()
    assert far.held
