"""What a founder reads of the interest in a listing: rungs and counts, nobody."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing

from .models import Interest, Level

FEWEST_SHOWN = 4
MEANS: dict[str, str | Promise] = {
    Level.OBSERVING: _("It follows what becomes of it, from a distance."),
    Level.CONSIDERING: _("It studies the listing and compares it with others."),
    Level.SOFT: _("It would take part if the terms suit. Nothing is promised."),
    Level.COMMITTED: _("It has decided to take part once the papers are in order."),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One level, what it means, and how many stand there; None for fewer than four."""

    label: str
    means: str
    count: int | None


def rungs_of(listing: Listing) -> tuple[Rung, ...]:
    """The ladder of one listing, nearest last; one query."""
    counts = Interest.objects.counted(listing)
    return tuple(
        Rung(str(level.label), str(MEANS[level]), _shown(counts.get(level, 0)))
        for level in Level
    )


def _shown(count: int) -> int | None:
    return count if count >= FEWEST_SHOWN else None
