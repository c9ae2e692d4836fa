"""An introduction ends, and with it all that the two sides were to meet for."""

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from marketplace.introductions.actions import part_before
from marketplace.introductions.models import Introduction
from marketplace.meetings.models import Meeting, Proposal
from marketplace.notices.actions import drop_unsent


@transaction.atomic
def end_meetings(introduction: Introduction) -> None:
    """Open times and agreed meetings end, and no mail about any of them leaves.

    Nobody is told a second time: the end of the introduction says it.
    """
    meetings = Meeting.objects.filter(introduction=introduction)
    Proposal.objects.open().filter(meeting__in=meetings).update(
        status=Proposal.Status.CLOSED, closed_at=timezone.now()
    )
    meetings.going_on().update(status=Meeting.Status.CLOSED)
    meetings.update(remind_at=None, ask_note_at=None)
    drop_unsent(*meetings)


@transaction.atomic
def let_nobody_wait(introduction: Introduction) -> None:
    """Where one side comes no more, the introduction ends before the agreed meeting."""
    meetings = Meeting.objects.filter(introduction=introduction)
    agreed = meetings.filter(status=Meeting.Status.AGREED, begins_at__gt=timezone.now())
    begins = agreed.aggregate(first=Min("begins_at"))["first"]
    if begins is not None:
        part_before(introduction, begins)
