"""An agreed meeting as a file for a calendar of one reader."""

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.calendar_file import Appointment, calendar_file, uid_for
from marketplace.people.models import User

from .models import Meeting


def file_of_meeting(meeting: Meeting, reader: User, *, with_place: bool) -> bytes:
    """One event under a name that no other reader's file has; raises for none agreed.

    A calendar goes to other devices and clouds: it says only when, in UTC, and where
    only to who has asked for that. One that is off takes itself out.
    """
    if meeting.begins_at is None or meeting.ends_at is None:
        raise ValueError("no time is agreed")
    ended_with_introduction = meeting.status == Meeting.Status.CLOSED
    return calendar_file(
        Appointment(
            uid=uid_for(meeting.public_id, reader.public_id),
            stamped_at=meeting.cancelled_at or meeting.agreed_at or timezone.now(),
            begins_at=meeting.begins_at,
            ends_at=meeting.ends_at,
            summary=_("Meeting"),
            place=meeting.place if with_place and not meeting.is_off else "",
            version=meeting.sequence + ended_with_introduction,
            is_cancelled=meeting.is_off,
        )
    )
