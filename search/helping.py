"""What may help a listing that nobody matches: facts it leaves out, help nobody brings."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Brings, Listing, Needs

from .demand import nobody_brings

MOST_HINTS = 3


@dataclass(frozen=True, slots=True)
class Help:
    """Hints in the order of what helps most, and kinds of help nobody brings."""

    hints: tuple[str | Promise, ...]
    nobody_brings: tuple[str, ...]


def help_for(listing: Listing) -> Help:
    """Of one's own listing; a few queries."""
    hints = [hint for hint, is_open in _hints(listing) if is_open]
    return Help(tuple(hints[:MOST_HINTS]), tuple(nobody_brings(listing)))


def _hints(listing: Listing) -> list[tuple[str | Promise, bool]]:
    no_amount = listing.amount_min is None and listing.amount_max is None
    return [
        (_("Say what you need: a match answers both sides."), not _any(Needs, listing)),
        (_("Say what you bring: others look for that."), not _any(Brings, listing)),
        (_("Choose the sectors it belongs to."), not listing.sectors.exists()),
        (_("Name an amount, even a rough one."), no_amount),
        (_("Name the stage your business is at."), not listing.stage),
        (_("Add the languages you can work in."), len(listing.languages) < 2),
        (_("Say that you can meet online, if you can."), not listing.meets_online),
    ]


def _any(kind: type[Brings] | type[Needs], listing: Listing) -> bool:
    return kind.objects.filter(listing=listing.pk).exists()
