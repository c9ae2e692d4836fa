"""Who may speak of times, and who of what came of a meeting."""

from marketplace.introductions.models import Introduction
from marketplace.introductions.permissions import can_close, can_read, can_schedule
from marketplace.people.models import User


def can_read_meetings(user: User, introduction: Introduction) -> bool:
    """The people of both sides, while both agree, and who may schedule for one."""
    return can_read(user, introduction) or can_schedule(user, introduction)


def can_note(user: User, introduction: Introduction) -> bool:
    """What came of it is the word of a side's own people."""
    return introduction.is_open and can_close(user, introduction)
