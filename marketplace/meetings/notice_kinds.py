"""The lines about meetings: never a party, a time or a place in a mail."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import NoticeKind, register, register_topic
from marketplace.notices.readers import register_reader
from marketplace.people.models import User

from .models import Meeting

register_topic("meetings", _("Meetings"))

NEWS = _("There is news about an appointment.")


def _readable(reader: User, ids: Collection[UUID]) -> Iterable[UUID]:
    heard = Meeting.objects.heard_of_by(reader).filter(public_id__in=ids)
    return heard.values_list("public_id", flat=True)


register_reader("meetings.meeting", _readable)


PROPOSED = register(
    NoticeKind(
        name="proposed",
        room="meetings",
        line=_("The other side of an introduction proposes times for a meeting."),
        discreet_line=NEWS,
        template="meetings/email/proposed.txt",
    )
)
CLIENT_PROPOSED = register(
    NoticeKind(
        name="client_proposed",
        room="meetings",
        line=_("Proposed times for a meeting wait for one of your clients."),
        discreet_line=NEWS,
    )
)
OF_TIMES = (PROPOSED, CLIENT_PROPOSED)
AGREED = register(
    NoticeKind(
        name="agreed",
        room="meetings",
        line=_("A time for your meeting is agreed."),
        discreet_line=NEWS,
        template="meetings/email/agreed.txt",
    )
)
MOVED = register(
    NoticeKind(
        name="moved",
        room="meetings",
        line=_("Your meeting has a new time."),
        discreet_line=NEWS,
        template="meetings/email/moved.txt",
    )
)
DECLINED = register(
    NoticeKind(
        name="declined",
        room="meetings",
        line=_("The times you proposed for a meeting do not suit the other side."),
        discreet_line=NEWS,
    )
)
WITHDRAWN = register(
    NoticeKind(
        name="withdrawn",
        room="meetings",
        line=_("Proposed times for a meeting were taken back."),
        discreet_line=NEWS,
    )
)
LAPSED = register(
    NoticeKind(
        name="lapsed",
        room="meetings",
        line=_("Proposed times for a meeting have passed; none was picked."),
        discreet_line=NEWS,
    )
)
CANCELLED = register(
    NoticeKind(
        name="cancelled",
        room="meetings",
        line=_("A meeting was cancelled."),
        discreet_line=NEWS,
        template="meetings/email/cancelled.txt",
    )
)
REMINDER = register(
    NoticeKind(
        name="reminder",
        room="meetings",
        line=_("One of your meetings is within a day."),
        discreet_line=_("An appointment of yours is near."),
        template="meetings/email/reminder.txt",
    )
)
NOTE_ASKED = register(
    NoticeKind(
        name="note_asked",
        room="meetings",
        line=_(
            "The time of your meeting has passed. If you like, write a line on what came of it."
        ),
        discreet_line=NEWS,
    )
)
LINE = register(
    NoticeKind(
        name="line",
        room="meetings",
        line=_("A line about your meeting waits for your yes."),
        discreet_line=NEWS,
    )
)
CONFIRMED = register(
    NoticeKind(
        name="confirmed",
        room="meetings",
        line=_("Both sides have confirmed the line about your meeting."),
        discreet_line=NEWS,
    )
)
