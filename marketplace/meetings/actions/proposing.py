"""One side offers times: for a new meeting, instead of others, or to move one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.exceptions import DomainError
from marketplace.introductions.models import Introduction
from marketplace.introductions.permissions import can_schedule
from marketplace.meetings.limits import has_room_to_propose
from marketplace.meetings.models import Meeting, Proposal, Slot
from marketplace.meetings.models.proposals import LONGEST, MOST_SLOTS, SHORTEST
from marketplace.organisations.clocks import zone_of
from marketplace.people.models import User
from marketplace.refusals import require

from .parts import (
    close_proposal,
    drop_letters_of_times,
    finish,
    has_begun,
    keep,
    open_proposal,
    tell_of_times,
)


@dataclass(frozen=True, slots=True)
class Times:
    """Up to five begins in UTC, whole minutes; one length in minutes, one way to meet."""

    begins: tuple[datetime, ...]
    minutes: int
    way: str
    place: str = ""
    note: str = ""


@transaction.atomic
def propose_times(introduction: Introduction, *, by: User, times: Times) -> Meeting:
    """One side proposes times; they take the place of any that still wait.

    An agreed time stands until the other side has picked a new one. Raises
    `DomainError` for times that have passed or lie too far ahead, and for too many
    proposals in a week.
    """
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_schedule(by, introduction))
    _refuse_unfit(times)
    own = introduction.side_of(by)
    if not has_room_to_propose(introduction, own):
        raise DomainError(
            _("You have proposed times often this week. Write a message meanwhile.")
        )
    meeting = _current(introduction) or _begin(introduction)
    waiting = open_proposal(meeting)
    if waiting is not None:
        close_proposal(waiting, Proposal.Status.REPLACED)
        if waiting.organisation_id != own.pk:  # what this side would read is answered
            drop_letters_of_times(meeting)
    proposal = Proposal.objects.create(
        meeting=meeting,
        organisation=own,
        proposed_by=by,
        minutes=times.minutes,
        way=times.way,
        place=times.place,
        note=times.note,
        zone=zone_of(own),
        proposed_at=timezone.now(),
        lapses_at=max(times.begins),
    )
    Slot.objects.bulk_create(
        Slot(proposal=proposal, begins_at=each) for each in sorted(times.begins)
    )
    keep(meeting, by, "propose", "propose_times")
    tell_of_times(meeting, by=own)
    return meeting


def _current(introduction: Introduction) -> Meeting | None:
    """The meeting that goes on; one that has begun is no longer moved."""
    meeting = introduction.meetings.going_on().first()
    if meeting is None or not has_begun(meeting, timezone.now()):
        return meeting
    finish(meeting)
    return introduction.meetings.going_on().first()


def _begin(introduction: Introduction) -> Meeting:
    return Meeting.objects.create(
        introduction=introduction,
        asker_zone=zone_of(introduction.asker),
        asked_zone=zone_of(introduction.asked),
    )


def _refuse_unfit(times: Times) -> None:
    """What the form asks for too; here for whoever comes by another door."""
    require(SHORTEST <= times.minutes <= LONGEST)
    require(1 <= len(times.begins) <= MOST_SLOTS)
    require(len(set(times.begins)) == len(times.begins))
    require(not any(each.second or each.microsecond for each in times.begins))
    now = timezone.now()
    if min(times.begins) <= now:
        raise DomainError(_("This time has passed."))
    if max(times.begins) > now + timedelta(days=settings.MEETINGS_AHEAD_DAYS):
        raise DomainError(_("This is too far ahead."))
