"""Where listings, their index rows and the engines differ, though none should."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from marketplace.listings.models import Listing
from search.analysis import VERSION
from search.engines import Engine, engines
from search.exceptions import EngineUnavailable
from search.indexing import drain, record_changes
from search.models import EngineCheck, IndexChange, IndexedListing
from search.rebuilding import refill

logger = logging.getLogger("search")
EVERY = timedelta(hours=24)
LONGEST_WORK = timedelta(minutes=15)
"""So long one process may fill an engine before another thinks that it died."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Ids that are missing, stale or left over; changes still waiting are no drift.

    ``rows`` differ between listings and their index rows, ``engines`` between index
    rows and each engine, ``analyser`` were made by another version of the analyser;
    ``dead`` are changes given up, ``silent`` engines that did not answer.
    """

    rows: tuple[int, ...]
    engines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    analyser: tuple[int, ...] = ()
    dead: int = 0
    silent: tuple[str, ...] = ()

    @property
    def engine(self) -> tuple[int, ...]:
        """Ids that differ in some engine."""
        return tuple(sorted({pk for ids in self.engines.values() for pk in ids}))

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(sorted({*self.rows, *self.engine, *self.analyser}))

    @property
    def is_none(self) -> bool:
        return not (self.ids or self.dead or self.silent)


def find_drift() -> Drift:
    """Compares versions everywhere."""
    waiting = set(IndexChange.objects.waiting().values_list("listing_id", flat=True))
    live = dict(Listing.objects.live().values_list("pk", "version"))
    rows = dict(IndexedListing.objects.values_list("pk", "version"))
    differing, silent = {}, []
    for name, engine in engines().items():
        try:
            differing[name] = _differing(rows, dict(engine.versions()), waiting)
        except EngineUnavailable:
            silent.append(name)
    old = IndexedListing.objects.exclude(analyser_version=VERSION)
    return Drift(
        rows=_differing(live, rows, waiting),
        engines=differing,
        analyser=tuple(old.order_by("pk").values_list("pk", flat=True)),
        dead=IndexChange.objects.dead().count(),
        silent=tuple(silent),
    )


def repair(drift: Drift) -> None:
    """Notes every differing listing as changed, and gives dead changes a new try."""
    # What an engine holds under a newer version than ours, as after a backup was put
    # back, it would keep.
    for name, ids in drift.engines.items():
        engines()[name].remove(ids)
    record_changes(drift.ids, "repair")
    IndexChange.objects.dead().update(
        state=IndexChange.State.WAITING, tries=0, next_try_at=timezone.now()
    )


def mend() -> list[str]:
    """Fills engines anew whose index is missing or damaged; returns their names.

    Cheap where nothing is wrong. Once a day it reads whole indices, compares them with
    the listings, repairs, and raises an alarm if something is still different.
    """
    mended = []
    is_due = False
    for name, engine in engines().items():
        check, _ = EngineCheck.objects.get_or_create(engine=name)
        due = check.checked_at is None or check.checked_at <= timezone.now() - EVERY
        is_due |= due
        health = engine.health(thorough=due)
        if health.is_broken and _refill_alone(engine, health.detail):
            mended.append(name)
    if is_due:
        compare_and_repair()
    return mended


def compare_and_repair() -> Drift:
    """The daily comparison; what it found and what it left is kept for staff."""
    found = find_drift()
    left = found
    if not found.is_none:
        repair(found)
        drain()
        left = find_drift()
    for name in engines():
        EngineCheck.objects.update_or_create(
            engine=name,
            defaults={
                "checked_at": timezone.now(),
                "differing": _count(found, name),
                "left": _count(left, name),
                "detail": "no answer" if name in left.silent else "",
            },
        )
    if not left.is_none:
        logger.error(
            "search index: %s listings still differ, %s changes given up, silent: %s",
            len(left.ids),
            left.dead,
            ", ".join(left.silent) or "none",
        )
    elif not found.is_none:
        logger.warning("search index: %s listings differed, repaired", len(found.ids))
    return left


def _refill_alone(engine: Engine, detail: str) -> bool:
    """Fills one engine unless another process does; whether it was filled."""
    now = timezone.now()
    free = Q(busy_until__isnull=True) | Q(busy_until__lte=now)
    mine = EngineCheck.objects.filter(free, engine=engine.name)
    if not mine.update(busy_until=now + LONGEST_WORK):
        return False
    logger.error("search engine %s is filled anew: %s", engine.name, detail)
    try:
        refill(engine)
    except EngineUnavailable as error:
        logger.error("search engine %s could not be filled: %s", engine.name, error)
        return False
    finally:
        EngineCheck.objects.filter(engine=engine.name).update(busy_until=None)
    return True


def _count(drift: Drift, engine: str) -> int:
    return len({*drift.rows, *drift.engines.get(engine, ()), *drift.analyser})


def _differing(
    truth: Mapping[int, int], copy: Mapping[int, int], waiting: Iterable[int]
) -> tuple[int, ...]:
    ids = truth.keys() | copy.keys()
    return tuple(
        sorted(pk for pk in ids - set(waiting) if truth.get(pk) != copy.get(pk))
    )
