"""What time does to meetings: times lapse, a reminder the day before, a note asked for."""

from collections.abc import Callable
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from marketplace.introductions.models import Introduction
from marketplace.meetings import notice_kinds
from marketplace.meetings.models import LineYes, Meeting, Proposal
from marketplace.organisations.models import Organisation

from .parts import (
    Status,
    finish,
    locked,
    open_proposal,
    take_off,
    tell,
    tell_both,
    tell_of_times,
)


def lapse_times() -> int:
    """End the proposals whose last time has begun without an answer; how many."""
    late = Proposal.objects.lapsed_at(timezone.now())
    return _each(Meeting.objects.filter(proposals__in=late), _lapse)


def finish_meetings() -> int:
    """Note which agreed meetings are over; how many."""
    return _each(Meeting.objects.over_at(timezone.now()), _finish)


def remind_of_meetings() -> int:
    """Remind both sides once, a day before; how many meetings."""
    due = Meeting.objects.filter(status=Status.AGREED, remind_at__lte=timezone.now())
    return _each(due, _remind)


def ask_for_notes() -> int:
    """Ask, once and gently, each side that has written nothing; how many meetings."""
    due = Meeting.objects.filter(status=Status.OVER, ask_note_at__lte=timezone.now())
    return _each(due, _ask)


def _each(
    meetings: "models.QuerySet[Meeting]", act: Callable[[Meeting, datetime], bool]
) -> int:
    pks = list(meetings.order_by("pk").values_list("pk", flat=True).distinct())
    return sum(_one(pk, act) for pk in pks)


@transaction.atomic
def _one(pk: int, act: Callable[[Meeting, datetime], bool]) -> bool:
    meeting = Meeting.objects.filter(pk=pk).first()
    if meeting is None:
        return False
    meeting = locked(meeting)
    is_open = meeting.introduction.status == Introduction.Status.ACCEPTED
    return is_open and act(meeting, timezone.now())


def _lapse(meeting: Meeting, now: datetime) -> bool:
    proposal = open_proposal(meeting)
    if proposal is None or proposal.lapses_at > now:
        return False
    take_off(meeting, proposal, Proposal.Status.LAPSED, Status.LAPSED)
    tell(meeting, proposal.organisation, notice_kinds.LAPSED, is_paced=True)
    return True


def _finish(meeting: Meeting, now: datetime) -> bool:
    if meeting.status != Status.AGREED or not meeting.is_over_at(now):
        return False
    untold = finish(meeting)
    if untold is not None and untold.lapses_at > now:
        tell_of_times(untold.meeting, by=untold.organisation)
    return True


def _remind(meeting: Meeting, now: datetime) -> bool:
    due = meeting.remind_at
    if meeting.status != Status.AGREED or due is None or due > now:
        return False
    meeting.remind_at = None
    meeting.save(update_fields=["remind_at"])
    if meeting.begins_at is None or meeting.begins_at <= now:
        return False  # the clock stood still for a day; nothing is to be reminded of
    once = f"{meeting.public_id}:{meeting.sequence}"
    tell_both(meeting, notice_kinds.REMINDER, once=once)
    return True


def _ask(meeting: Meeting, now: datetime) -> bool:
    due = meeting.ask_note_at
    if meeting.status != Status.OVER or due is None or due > now:
        return False
    meeting.ask_note_at = None
    meeting.save(update_fields=["ask_note_at"])
    silent = [side for side in meeting.introduction.both if not _said(meeting, side)]
    for side in silent:
        once = str(meeting.public_id)
        tell(meeting, side, notice_kinds.NOTE_ASKED, once=once)
    return bool(silent)


def _said(meeting: Meeting, side: Organisation) -> bool:
    yes = LineYes.objects.filter(line__meeting=meeting, organisation=side)
    return meeting.notes.filter(organisation=side).exists() or yes.exists()
