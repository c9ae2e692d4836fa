"""Meetings that wait for an answer, in lines for a member's start page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from marketplace.introductions.models import Introduction

from .models import LineYes, Meeting, Proposal, SharedLine


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """Times to pick from, or a line to confirm, since its words; no party is named."""

    url: str
    is_line: bool
    since: datetime


def meeting_lines(organisations: Collection[int], limit: int) -> list[MeetingLine]:
    """What the other side has proposed and nobody here has answered; one query."""
    if not organisations:
        return []
    waits = (
        Proposal.objects.open()
        .filter(meeting=OuterRef("pk"))
        .exclude(organisation__in=organisations)
    )
    said = LineYes.objects.filter(
        line__meeting=OuterRef("pk"),
        line__version=F("version"),
        organisation__in=organisations,
    )
    line = SharedLine.objects.filter(meeting=OuterRef("pk"))
    mine = Q(introduction__asker__in=organisations) | Q(
        introduction__asked__in=organisations
    )
    rows = (
        Meeting.objects.filter(mine, introduction__status=Introduction.Status.ACCEPTED)
        .exclude(introduction__left_by__in=organisations)
        .annotate(
            offered_at=Subquery(waits.values("proposed_at")[:1]),
            unsaid=Exists(line) & ~Exists(said),
        )
        .filter(Q(offered_at__isnull=False) | Q(unsaid=True))
        .select_related("introduction", "line")
        .order_by(Coalesce("offered_at", "line__written_at"), "pk")[:limit]
    )
    return [
        MeetingLine(
            row.get_absolute_url(),
            is_line=row.offered_at is None,
            since=row.offered_at or row.line.written_at,
        )
        for row in rows
    ]
