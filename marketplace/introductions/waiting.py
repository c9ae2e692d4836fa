"""Requests that nobody has answered yet, in lines for a member's start page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from .models import ARRIVED, STANDING, Introduction


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """One open request: about which listing, and whose turn it is; no party is named."""

    url: str
    listing_title: str
    language: str
    is_question: bool
    is_own_turn: bool
    asked_at: datetime | None
    expires_at: datetime | None


def waiting_lines(organisations: Collection[int], limit: int) -> list[WaitingLine]:
    """Open requests from or to these organisations, the next to end first; one query."""
    if not organisations:
        return []
    rows = (
        Introduction.objects.awaiting_reply()
        .filter(
            (Q(asker__in=organisations) & STANDING)
            | (Q(asked__in=organisations) & ARRIVED)
        )
        .select_related("listing", "asker", "asked")
        .order_by("expires_at", "pk")[:limit]
    )
    return [
        WaitingLine(
            url=row.get_absolute_url(),
            listing_title=row.listing_title_for(
                row.asker if row.asker_id in organisations else row.asked
            ),
            language=row.listing.written_in,
            is_question=row.status == Introduction.Status.QUESTION,
            is_own_turn=_writes(row) in organisations,
            asked_at=row.asked_at,
            expires_at=row.expires_at,
        )
        for row in rows
    ]


def _writes(row: Introduction) -> int:
    """The organisation that is to write: after a question the one that asked to meet."""
    return row.asker_id if row.status == Introduction.Status.QUESTION else row.asked_id
