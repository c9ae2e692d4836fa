"""Meetings that wait for an answer or are to come, in lines for a member's start page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from marketplace.introductions.faces import name_of_counterpart
from marketplace.introductions.models import Introduction
from marketplace.organisations.stages import Stage
from marketplace.people.clocks import clock_faces, stretch_in_words
from marketplace.people.models import User

from .models import LineYes, Meeting, Proposal, SharedLine
from .models.meeting import MeetingQuerySet

SINCE = Coalesce("offered_at", "line__written_at")
PARTIES = ("asker", "asked", "listing", "own_listing")


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """Times to pick from, or a line to confirm, since its words; no party is named."""

    url: str
    is_line: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class AheadLine:
    """An agreed meeting that is not over: when, on the reader's own clock, and with whom.

    By the one name under which the reader knows the other side there, so that no line
    holds an alias beside whose it is; never a place.
    """

    url: str
    time: str
    city: str
    counterpart: str


@dataclass(frozen=True, slots=True)
class MeetingLines:
    """What the other side has proposed and nobody here has answered; what is agreed."""

    waiting: list[MeetingLine]
    ahead: list[AheadLine]


def meeting_lines(
    user: User, own: Collection[int], acting: Collection[int], limit: int
) -> MeetingLines:
    """At most so many lines of each kind; one query for both.

    Whoever belongs to a side (`own`) reads when it meets; an answer waits for those who
    act for it.
    """
    if not own:
        return MeetingLines([], [])
    now = timezone.now()
    to_answer = _that_wait(_standing(acting), acting).order_by(SINCE, "pk")
    to_come = _standing(own).filter(status=Meeting.Status.AGREED, ends_at__gt=now)
    among = Q(pk__in=to_answer.values("pk")[:limit]) | Q(
        pk__in=to_come.order_by("begins_at", "pk").values("pk")[:limit]
    )
    named = Introduction.objects.reaching(Stage.ORGANISATION)
    rows = (
        _with_what_waits(Meeting.objects.filter(among), acting)
        .annotate(is_named=Exists(named.filter(pk=OuterRef("introduction"))))
        .select_related("line", *(f"introduction__{each}" for each in PARTIES))
    )
    found = sorted(rows, key=lambda row: (row.begins_at or now, row.pk))
    ahead = [_ahead(row, user, own) for row in found if _is_to_come(row, now)]
    waiting = [_waiting(row) for row in found if _waits(row, acting)]
    waiting.sort(key=lambda line: line.since)
    return MeetingLines(waiting[:limit], ahead[:limit])


def _standing(organisations: Collection[int]) -> MeetingQuerySet:
    """Of introductions that both sides agree to, and that these have not left."""
    mine = Q(introduction__asker__in=organisations) | Q(
        introduction__asked__in=organisations
    )
    rows = Meeting.objects.filter(
        mine, introduction__status=Introduction.Status.ACCEPTED
    )
    return rows.exclude(introduction__left_by__in=organisations)


def _with_what_waits(rows: MeetingQuerySet, acting: Collection[int]) -> MeetingQuerySet:
    """Each with when times were offered to these, and whether a line wants their yes."""
    offered = Proposal.objects.open().filter(meeting=OuterRef("pk"))
    theirs = offered.exclude(organisation__in=acting)
    said = LineYes.objects.filter(
        line__meeting=OuterRef("pk"),
        line__version=F("version"),
        organisation__in=acting,
    )
    line = SharedLine.objects.filter(meeting=OuterRef("pk"))
    return rows.annotate(
        offered_at=Subquery(theirs.values("proposed_at")[:1]),
        unsaid=Exists(line) & ~Exists(said),
    )


def _that_wait(rows: MeetingQuerySet, acting: Collection[int]) -> MeetingQuerySet:
    waits = Q(offered_at__isnull=False) | Q(unsaid=True)
    return _with_what_waits(rows, acting).filter(waits)


def _is_to_come(row: Meeting, now: datetime) -> bool:
    return row.status == Meeting.Status.AGREED and not row.is_over_at(now)


def _waits(row: Any, acting: Collection[int]) -> bool:
    sides = {row.introduction.asker_id, row.introduction.asked_id}
    return bool(row.offered_at or row.unsaid) and not sides.isdisjoint(acting)


def _waiting(row: Any) -> MeetingLine:
    return MeetingLine(
        row.get_absolute_url(),
        is_line=row.offered_at is None,
        since=row.offered_at or row.line.written_at,
    )


def _ahead(row: Any, user: User, own: Collection[int]) -> AheadLine:
    zone, introduction = user.time_zone, row.introduction
    (face,) = clock_faces(row.begins_at, row.ends_at, {zone: []}, zone)
    side = introduction.asker if introduction.asker_id in own else introduction.asked
    return AheadLine(
        url=row.get_absolute_url(),
        time=stretch_in_words(face),
        city=face.place,
        counterpart=name_of_counterpart(introduction, side, is_named=row.is_named),
    )
