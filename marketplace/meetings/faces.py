"""Meetings as one side reads them: on the clocks open to it, and only what it may do."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from marketplace.introductions.models import Introduction
from marketplace.introductions.onlookers import Onlooker, onlooker_of
from marketplace.introductions.permissions import can_schedule
from marketplace.introductions.steps import FIRST
from marketplace.organisations.faces_table import FieldStage, declare
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .models import Meeting, Proposal, Slot
from .models.meeting import MeetingQuerySet
from .outcome_faces import OutcomeFace, outcome_face
from .permissions import can_note
from .time_faces import Reader, TimeFace, reader_of, rests_at, time_face


def _row(field: str, stage: Stage, label: str | Promise) -> FieldStage:
    return FieldStage("meeting", field, stage, label)


declare(
    _row(
        "times", FIRST, gettext_lazy("Times for a meeting, on the reader’s own clock")
    ),
    _row(
        "place",
        FIRST,
        gettext_lazy("The way and the place of a meeting, and a note to it"),
    ),
    _row("line", FIRST, gettext_lazy("The line on a meeting that both sides confirm")),
    _row(
        "clock",
        Stage.PERSON,
        gettext_lazy(
            "The contact person’s clock and its city, beside the times of a meeting"
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class SlotFace:
    """A time that is offered; on the reader's own day off it says so to the reader."""

    public_id: UUID
    time: TimeFace
    is_past: bool
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class ProposalFace:
    is_mine: bool
    minutes: int
    way: str
    place: str
    note: str
    slots: tuple[SlotFace, ...]
    is_late: bool


@dataclass(frozen=True, slots=True)
class MeetingFace:
    """One meeting, where it stands, and what this reader can do now."""

    public_id: UUID
    status: str
    status_label: str
    kind: str
    time: TimeFace | None
    minutes: int
    way: str
    place: str
    agreed_at: datetime | None
    is_over: bool
    is_going_on: bool
    cancelled_by_us: bool
    proposal: ProposalFace | None
    outcome: OutcomeFace | None
    may_pick: bool
    may_propose: bool
    may_withdraw: bool
    may_cancel: bool
    may_download: bool


def meeting_faces(
    introduction: Introduction,
    viewer: User | Onlooker,
    *,
    rows: MeetingQuerySet | None = None,
    limit: int | None = None,
) -> list[MeetingFace]:
    """The meetings of an introduction, the latest first; the one that goes on leads.

    With `rows` only those among them.
    """
    viewer = onlooker_of(introduction, viewer)
    reader = reader_of(introduction, viewer)
    may_schedule = can_schedule(viewer, introduction)
    among = Meeting.objects.all() if rows is None else rows
    waiting = Prefetch("proposals", Proposal.objects.open().prefetch_related("slots"))
    told = among.filter(introduction=introduction).in_words().prefetch_related(waiting)
    kept = list(told[:limit])
    for row in kept:
        row.introduction = introduction
    is_any_over = any(row.is_over_at(timezone.now()) for row in kept)
    may_note = is_any_over and can_note(viewer, introduction)
    return [
        _face(row, reader, may_schedule=may_schedule, may_note=may_note) for row in kept
    ]


def _face(
    row: Meeting, reader: Reader, *, may_schedule: bool, may_note: bool
) -> MeetingFace:
    now = timezone.now()
    is_over = row.is_over_at(now)
    waiting = next(iter(row.proposals.all()), None)
    proposal = _proposal(row, waiting, reader, now) if waiting else None
    stands = row.status == Meeting.Status.AGREED and not is_over
    is_mine = proposal is not None and proposal.is_mine
    theirs_waits = proposal is not None and not is_mine and not proposal.is_late
    return MeetingFace(
        public_id=row.public_id,
        status=row.status,
        status_label=str(Meeting.Status.OVER.label) if is_over else _label(row),
        kind="ok" if stands else "wait" if proposal else "stop",
        time=agreed_time(row, reader),
        minutes=_minutes(row),
        way=str(row.get_way_display()),
        place=row.place,
        agreed_at=row.agreed_at,
        is_over=is_over,
        is_going_on=row.status in Meeting.GOING_ON and not is_over,
        cancelled_by_us=row.cancelled_by_id == reader.own.pk,
        proposal=proposal,
        outcome=(
            outcome_face(row, reader.own, may_note=may_note)
            if is_over and reader.is_own
            else None
        ),
        may_pick=may_schedule and theirs_waits,
        may_propose=may_schedule and row.status in Meeting.GOING_ON and not is_over,
        may_withdraw=may_schedule and is_mine,
        may_cancel=may_schedule and stands,
        may_download=reader.is_own and (stands or row.is_off),
    )


def _label(row: Meeting) -> str:
    return str(row.get_status_display())


def _minutes(row: Meeting) -> int:
    if row.begins_at is None or row.ends_at is None:
        return 0
    return int((row.ends_at - row.begins_at).total_seconds() // 60)


def _proposal(
    row: Meeting, proposal: Proposal, reader: Reader, now: datetime
) -> ProposalFace:
    is_mine = proposal.organisation_id == reader.own.pk
    zone = _their_zone(row, reader) if is_mine else proposal.zone
    return ProposalFace(
        is_mine=is_mine,
        minutes=proposal.minutes,
        way=str(proposal.get_way_display()),
        place=proposal.place,
        note=proposal.note,
        slots=tuple(
            _slot(slot, proposal, zone, reader, now) for slot in proposal.slots.all()
        ),
        is_late=proposal.lapses_at <= now,
    )


def _slot(
    slot: Slot, proposal: Proposal, zone: str, reader: Reader, now: datetime
) -> SlotFace:
    ends_at = slot.begins_at + timedelta(minutes=proposal.minutes)
    return SlotFace(
        public_id=slot.public_id,
        time=time_face(slot.begins_at, ends_at, zone, reader),
        is_past=slot.begins_at <= now,
        is_quiet=rests_at((slot.begins_at, ends_at), reader.zone, reader.rhythm),
    )


def _their_zone(row: Meeting, reader: Reader) -> str:
    is_asker = reader.own.pk == row.introduction.asker_id
    return row.asked_zone if is_asker else row.asker_zone


def agreed_time(row: Meeting, reader: Reader) -> TimeFace | None:
    """The time that was agreed, if one was, as this reader sees it."""
    if row.begins_at is None or row.ends_at is None:
        return None
    return time_face(row.begins_at, row.ends_at, _their_zone(row, reader), reader)
