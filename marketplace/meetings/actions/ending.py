"""An introduction ends, and with it all that the two sides were to meet for."""

from django.db import transaction
from django.utils import timezone

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
