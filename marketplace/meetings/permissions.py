"""Who may speak of times, and who of what came of a meeting."""

from marketplace.introductions.models import Introduction
from marketplace.introductions.onlookers import Onlooker, onlooker_of
from marketplace.introductions.permissions import can_close, can_read, can_schedule
from marketplace.people.models import User

Viewer = User | Onlooker


def can_read_meetings(viewer: Viewer, introduction: Introduction) -> bool:
    """The people of both sides, while both agree, and who may schedule for one."""
    onlooker = onlooker_of(introduction, viewer)
    return can_read(onlooker, introduction) or can_schedule(onlooker, introduction)


def can_note(viewer: Viewer, introduction: Introduction) -> bool:
    """What came of it is the word of a side's own people."""
    return introduction.is_open and can_close(viewer, introduction)
