"""Who may speak of times, and who of what came of a meeting."""

from django.utils import timezone

from marketplace.introductions.models import Introduction
from marketplace.introductions.onlookers import Onlooker, onlooker_of
from marketplace.introductions.permissions import can_close, can_read, can_schedule
from marketplace.people.models import User

from .models import Meeting

Viewer = User | Onlooker


def can_read_meetings(viewer: Viewer, introduction: Introduction) -> bool:
    """The people of both sides, while both agree, and who may schedule for one."""
    onlooker = onlooker_of(introduction, viewer)
    return can_read(onlooker, introduction) or can_schedule(onlooker, introduction)


def can_load_file(viewer: Viewer, meeting: Meeting) -> bool:
    """A side's own people, of what was agreed: as it stands, or to take it out again.

    That also after the end: it says less than the file it takes back.
    """
    is_over = meeting.is_over_at(timezone.now())
    stands = meeting.status == Meeting.Status.AGREED and not is_over
    onlooker = onlooker_of(meeting.introduction, viewer)
    is_there = meeting.is_off or (stands and meeting.introduction.is_open)
    return onlooker.is_own and is_there


def can_note(viewer: Viewer, introduction: Introduction) -> bool:
    """What came of it is the word of a side's own people."""
    return introduction.is_open and can_close(viewer, introduction)
