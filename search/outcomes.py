"""What became of what was shown: written from day one, about listings, never persons.

Refusals and silences count as much as yes: from completed deals alone nothing can be
learned about refusal.
"""

from collections.abc import Sequence

from marketplace.introductions.models import Introduction
from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate

from .models import MatchEvent


def note_shown(
    own: Listing | InvestorMandate, shown: Sequence[int], *, first_place: int = 1
) -> None:
    """A list was read: these stood there, from this place on.

    ``own`` is the listing or the mandate it was for.
    """
    whose = "mandate" if isinstance(own, InvestorMandate) else "seeker"
    MatchEvent.objects.bulk_create(
        MatchEvent(
            shown_id=pk,
            kind=MatchEvent.Kind.SHOWN,
            place=place,
            **{whose: own},
        )
        for place, pk in enumerate(shown, start=first_place)
    )


def note_outcome(introduction: Introduction, kind: str) -> None:
    """An introduction was asked for or came to an end, in the same transaction."""
    MatchEvent.objects.create(
        seeker_id=introduction.own_listing_id,
        shown_id=introduction.listing_id,
        kind=kind,
        reason=introduction.reason,
    )
