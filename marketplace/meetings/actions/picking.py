"""What is done with times: one picked, all declined or taken back, a meeting cancelled."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.exceptions import DomainError, MoveNotAllowed
from marketplace.introductions.permissions import can_schedule
from marketplace.meetings import notice_kinds
from marketplace.meetings.models import Meeting, Proposal, Slot
from marketplace.notices.actions import drop_unsent
from marketplace.organisations.clocks import zone_of
from marketplace.people.models import User
from marketplace.refusals import require

from .parts import (
    Status,
    close_proposal,
    finish,
    has_begun,
    keep,
    locked,
    open_proposal,
    take_off,
    tell,
    tell_both,
    the_open_proposal,
)

BEFORE = timedelta(days=1)  # when both are reminded
AFTER = timedelta(days=1)  # when a note that nobody wrote is asked for


@transaction.atomic
def pick_time(meeting: Meeting, *, by: User, slot: UUID) -> Meeting:
    """The side that was asked takes one of the times; it stands, or moves what stood.

    Safe to repeat. Raises `MoveNotAllowed` where the times no longer wait.
    """
    meeting = locked(meeting)
    introduction = meeting.introduction
    require(can_schedule(by, introduction))
    found = Slot.objects.filter(
        public_id=slot, proposal__meeting__introduction=introduction
    ).select_related("proposal__meeting")
    picked = found.first()
    if picked is None:
        raise MoveNotAllowed
    proposal = picked.proposal
    own = introduction.side_of(by)
    require(proposal.organisation_id != own.pk)
    if _stands_already(proposal.meeting, picked):
        return proposal.meeting
    if proposal.status != Proposal.Status.OPEN:
        raise MoveNotAllowed
    if picked.begins_at <= timezone.now():
        raise DomainError(_("This time has passed."))
    meeting = _to_move(proposal)
    was_agreed = meeting.status == Status.AGREED
    close_proposal(proposal, Proposal.Status.PICKED)
    _settle(meeting, picked)
    drop_unsent(meeting)
    keep(meeting, by, "pick", "pick_time")
    kind = notice_kinds.MOVED if was_agreed else notice_kinds.AGREED
    tell_both(meeting, kind, but=by)
    return meeting


def _stands_already(meeting: Meeting, slot: Slot) -> bool:
    picked = slot.proposal.status == Proposal.Status.PICKED
    agreed = meeting.status == Status.AGREED
    return picked and agreed and meeting.begins_at == slot.begins_at


def _to_move(proposal: Proposal) -> Meeting:
    """The meeting these times are for; another one where the old has begun."""
    meeting = locked(proposal.meeting)
    if has_begun(meeting, timezone.now()):
        finish(meeting)
        proposal.refresh_from_db()
        meeting = locked(proposal.meeting)
    return meeting


def _settle(meeting: Meeting, slot: Slot) -> None:
    proposal, now = slot.proposal, timezone.now()
    introduction = meeting.introduction
    ends_at = slot.begins_at + timedelta(minutes=proposal.minutes)
    remind_at = slot.begins_at - BEFORE
    zones = {side.pk: zone_of(side) for side in introduction.both}
    zones[proposal.organisation_id] = proposal.zone
    values: dict[str, object] = {
        "begins_at": slot.begins_at,
        "ends_at": ends_at,
        "way": proposal.way,
        "place": proposal.place,
        "asker_zone": zones[introduction.asker_id],
        "asked_zone": zones[introduction.asked_id],
        "agreed_at": now,
        "remind_at": remind_at if remind_at > now else None,
        "ask_note_at": ends_at + AFTER,
    }
    if meeting.status == Status.AGREED:
        values["sequence"] = meeting.sequence + 1
        for name, value in values.items():
            setattr(meeting, name, value)
        meeting.save(update_fields=list(values))
    else:
        Meeting.lifecycle.advance(meeting, to=Status.AGREED, **values)


@transaction.atomic
def decline_times(meeting: Meeting, *, by: User) -> Meeting:
    """None of the times suits; what was agreed before stands as it was."""
    meeting, proposal = _waiting(meeting, by)
    own = meeting.introduction.side_of(by)
    require(proposal.organisation_id != own.pk)
    take_off(meeting, proposal, Proposal.Status.DECLINED, Status.DECLINED)
    keep(meeting, by, "decline", "decline_times")
    tell(meeting, proposal.organisation, notice_kinds.DECLINED, is_paced=True)
    return meeting


@transaction.atomic
def withdraw_times(meeting: Meeting, *, by: User) -> Meeting:
    """A side takes its own times back; what was agreed before stands as it was."""
    meeting, proposal = _waiting(meeting, by)
    own = meeting.introduction.side_of(by)
    require(proposal.organisation_id == own.pk)
    take_off(meeting, proposal, Proposal.Status.WITHDRAWN, Status.WITHDRAWN)
    keep(meeting, by, "withdraw", "withdraw_times")
    other = meeting.introduction.other_than(own)
    tell(meeting, other, notice_kinds.WITHDRAWN, is_paced=True)
    return meeting


def _waiting(meeting: Meeting, by: User) -> tuple[Meeting, Proposal]:
    meeting = locked(meeting)
    require(can_schedule(by, meeting.introduction))
    return meeting, the_open_proposal(meeting)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Either side calls an agreed meeting off, without a reason; times to move it fall."""
    meeting = locked(meeting)
    introduction = meeting.introduction
    require(can_schedule(by, introduction))
    if meeting.is_over_at(timezone.now()):
        raise MoveNotAllowed
    Meeting.lifecycle.advance(
        meeting,
        to=Status.CANCELLED,
        cancelled_at=timezone.now(),
        cancelled_by=introduction.side_of(by),
        sequence=meeting.sequence + 1,
        remind_at=None,
        ask_note_at=None,
    )
    waiting = open_proposal(meeting)
    if waiting is not None:
        close_proposal(waiting, Proposal.Status.CLOSED)
    drop_unsent(meeting)
    keep(meeting, by, "cancel", "cancel_meeting")
    tell_both(meeting, notice_kinds.CANCELLED, but=by)
    return meeting
