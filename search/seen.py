"""How often an owner's listing was shown to others: in fives, and nobody is named.

The count is of whole days, made anew once a day, so that nobody reads from it who looked
at what just now; a list read again the same day counts once (P-06).
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Avg, Count, Subquery, Value

from search.facets import STEP
from search.models import ListingExposure


@dataclass(frozen=True, slots=True)
class Seen:
    """Times shown in thirty days, and those of a listing on average.

    Both rounded down to fives, 0 for fewer than five. ``usual`` is None where fewer than
    five listings are counted.
    """

    times: int
    usual: int | None


def seen_of(public_id: UUID) -> Seen | None:
    """The figures of one listing; None where it stands in no list. One query."""
    whole = ListingExposure.objects.values(all=Value(1)).annotate(
        mean=Avg("times"), count=Count("pk")
    )
    row = (
        ListingExposure.objects.filter(listing__public_id=public_id)
        .annotate(
            mean=Subquery(whole.values("mean")), count=Subquery(whole.values("count"))
        )
        .values_list("times", "mean", "count")
        .first()
    )
    if row is None:
        return None
    times, mean, count = row
    return Seen(_in_fives(times), _in_fives(mean) if count >= STEP else None)


def _in_fives(value: float) -> int:
    return int(value) // STEP * STEP
