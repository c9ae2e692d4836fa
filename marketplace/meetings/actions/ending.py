"""An introduction ends, and with it all that the two sides were to meet for."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.introductions.actions import part_before
from marketplace.introductions.models import Introduction
from marketplace.meetings.models import Meeting, Proposal, Slot, Way
from marketplace.notices.actions import drop_unsent


@transaction.atomic
def end_meetings(introduction: Introduction) -> None:
    """Open times and agreed meetings end, and no mail about any of them leaves.

    Nobody is told a second time: the end of the introduction says it.
    """
    meetings = Meeting.objects.filter(introduction=introduction)
    Proposal.objects.open().filter(meeting__in=meetings).update(
        status=Proposal.Status.CLOSED
    )
    over = meetings.over_at(timezone.now())
    over.update(status=Meeting.Status.OVER)  # no calendar takes back what took place
    meetings.going_on().update(status=Meeting.Status.CLOSED)
    meetings.update(remind_at=None, ask_note_at=None)
    drop_unsent(*meetings)


@transaction.atomic
def let_nobody_set_out(introduction: Introduction) -> None:
    """Where one side comes no more, the introduction ends before they would have met.

    Asked once, as the side leaves: of what is agreed, and of all its own times that
    wait, since any of them can still be picked. So the day says nothing of a pick, and
    no pick finds out who has left. A call hurries nothing: nobody travels to it, and an
    end on the same day would tell which two aliases are one party.
    """
    begins = [*_agreed(introduction), *_offered(introduction)]
    if begins:
        part_before(introduction, min(begins))


def _agreed(introduction: Introduction) -> Iterable[datetime]:
    meetings = Meeting.objects.filter(
        introduction=introduction,
        status=Meeting.Status.AGREED,
        way=Way.PERSON,
        begins_at__gt=timezone.now(),
    )
    return [row.begins_at for row in meetings if row.begins_at is not None]


def _offered(introduction: Introduction) -> Iterable[datetime]:
    slots = Slot.objects.filter(
        proposal__meeting__introduction=introduction,
        proposal__organisation=introduction.left_by_id,
        proposal__status=Proposal.Status.OPEN,
        proposal__way=Way.PERSON,
        begins_at__gt=timezone.now(),
    )
    return slots.values_list("begins_at", flat=True)
