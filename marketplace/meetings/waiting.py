"""Meetings that wait for an answer, in lines for a member's start page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q

from marketplace.introductions.models import Introduction

from .models import LineYes, Meeting, Proposal, SharedLine


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """Times to pick from, or a line to confirm; no party is named."""

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
        .annotate(waits=Exists(waits), unsaid=Exists(line) & ~Exists(said))
        .filter(Q(waits=True) | Q(unsaid=True))
        .select_related("introduction")
        .order_by("created_at", "pk")[:limit]
    )
    return [
        MeetingLine(row.get_absolute_url(), not row.waits, row.created_at)
        for row in rows
    ]
