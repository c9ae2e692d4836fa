"""Where listings, their index rows and the engine differ, though none should."""

from dataclasses import dataclass

from django.utils import timezone

from marketplace.listings.models import Listing
from search.analysis import VERSION
from search.engines import get_engine
from search.indexing import record_changes
from search.models import IndexChange, IndexedListing


@dataclass(frozen=True, slots=True)
class Drift:
    """Ids that are missing, stale or left over; changes still waiting are no drift.

    ``rows`` differ between listings and their index rows, ``engine`` between index
    rows and the engine, ``analyser`` were made by another version of the analyser;
    ``dead`` are changes given up.
    """

    rows: tuple[int, ...]
    engine: tuple[int, ...]
    analyser: tuple[int, ...]
    dead: int

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(sorted({*self.rows, *self.engine, *self.analyser}))

    @property
    def is_none(self) -> bool:
        return not (self.ids or self.dead)


def find_drift() -> Drift:
    """Compares versions everywhere; raises EngineUnavailable."""
    waiting = set(IndexChange.objects.waiting().values_list("listing_id", flat=True))
    live = dict(Listing.objects.live().values_list("pk", "version"))
    rows = dict(IndexedListing.objects.values_list("pk", "version"))
    held = dict(get_engine().versions())
    old = IndexedListing.objects.exclude(analyser_version=VERSION)
    return Drift(
        rows=_differing(live, rows, waiting),
        engine=_differing(rows, held, waiting),
        analyser=tuple(old.order_by("pk").values_list("pk", flat=True)),
        dead=IndexChange.objects.dead().count(),
    )


def repair(drift: Drift) -> None:
    """Notes every differing listing as changed, and gives dead changes a new try."""
    # What an engine holds under a newer version than ours, as after a backup was put
    # back, it would keep.
    get_engine().remove(drift.engine)
    record_changes(drift.ids, "repair")
    IndexChange.objects.dead().update(
        state=IndexChange.State.WAITING, tries=0, next_try_at=timezone.now()
    )


def _differing(
    truth: dict[int, int], copy: dict[int, int], waiting: set[int]
) -> tuple[int, ...]:
    ids = truth.keys() | copy.keys()
    return tuple(sorted(pk for pk in ids - waiting if truth.get(pk) != copy.get(pk)))
