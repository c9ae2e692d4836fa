"""The lines that introductions send, and how little they may say."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import NoticeKind, register, register_topic
from marketplace.notices.readers import register_reader
from marketplace.people.models import User

from .models import Introduction

register_topic("introductions", _("Introductions and messages"))

NEWS = _("There is news about an introduction.")


def _readable(reader: User, ids: Collection[UUID]) -> Iterable[UUID]:
    own = Introduction.objects.involving(reader).filter(public_id__in=ids)
    return own.values_list("public_id", flat=True)


register_reader("introductions.introduction", _readable)

ASKED = register(
    NoticeKind(
        name="asked",
        room="introductions",
        line=_("Somebody asks to be introduced to you."),
        discreet_line=NEWS,
        template="introductions/email/asked.txt",
    )
)
ACCEPTED = register(
    NoticeKind(
        name="accepted",
        room="introductions",
        line=_("Your request for an introduction was accepted."),
        discreet_line=NEWS,
        template="introductions/email/accepted.txt",
    )
)
DECLINED = register(
    NoticeKind(
        name="declined",
        room="introductions",
        line=_("Your request for an introduction was declined, with a reason."),
        discreet_line=NEWS,
        template="introductions/email/declined.txt",
    )
)
QUESTION = register(
    NoticeKind(
        name="question",
        room="introductions",
        line=_("You are asked one question about your request."),
        discreet_line=NEWS,
        template="introductions/email/question.txt",
    )
)
REPLY = register(
    NoticeKind(
        name="reply",
        room="introductions",
        line=_("Your question about a request has been answered."),
        discreet_line=NEWS,
        template="introductions/email/reply.txt",
    )
)
REMINDER = register(
    NoticeKind(
        name="reminder",
        room="introductions",
        line=_("A request for an introduction still waits for your words."),
        discreet_line=NEWS,
        template="introductions/email/reminder.txt",
    )
)
STEP_WISHED = register(
    NoticeKind(
        name="step_wished",
        room="introductions",
        line=_("The other side of an introduction agrees to the next step."),
        discreet_line=NEWS,
        template="introductions/email/step_wished.txt",
    )
)
STEP_OPEN = register(
    NoticeKind(
        name="step_open",
        room="introductions",
        line=_("You have both agreed to the next step of an introduction."),
        discreet_line=NEWS,
        template="introductions/email/step_open.txt",
    )
)
STEP_STOPPED = register(
    NoticeKind(
        name="step_stopped",
        room="introductions",
        line=_("A step of an introduction was taken back."),
        discreet_line=NEWS,
        template="introductions/email/step_stopped.txt",
    )
)
CONTACT_CHANGED = register(
    NoticeKind(
        name="contact_changed",
        room="introductions",
        line=_("The contact person of a partner you know has changed."),
        discreet_line=NEWS,
    )
)
DRAFTED = register(
    NoticeKind(
        name="drafted",
        room="introductions",
        line=_("A facilitator has written a draft for you. You alone send it."),
        discreet_line=NEWS,
    )
)
SOFTENED = register(
    NoticeKind(
        name="softened",
        room="introductions",
        line=_("A facilitator has put your draft more gently. Read it, then send it."),
        discreet_line=NEWS,
    )
)
HELD = register(
    NoticeKind(
        name="held",
        room="introductions",
        line=_("A facilitator of the other side asks for a little more time."),
        discreet_line=NEWS,
        template="introductions/email/held.txt",
    )
)
CONTEXT = register(
    NoticeKind(
        name="context",
        room="introductions",
        line=_("A facilitator has added a line of context to an introduction."),
        discreet_line=NEWS,
        template="introductions/email/context.txt",
    )
)
EXPIRED = register(
    NoticeKind(
        name="expired",
        room="introductions",
        line=_("A request for an introduction ended without an answer."),
        discreet_line=NEWS,
        template="introductions/email/expired.txt",
    )
)
WITHDRAWN = register(
    NoticeKind(
        name="withdrawn",
        room="introductions",
        line=_("A request for an introduction was withdrawn."),
        discreet_line=NEWS,
        template="introductions/email/withdrawn.txt",
    )
)
CLOSED = register(
    NoticeKind(
        name="closed",
        room="introductions",
        line=_("An introduction was closed."),
        discreet_line=NEWS,
        template="introductions/email/closed.txt",
    )
)
MESSAGE = register(
    NoticeKind(
        name="message",
        room="introductions",
        line=_("A new message waits in one of your introductions."),
        discreet_line=NEWS,
        template="introductions/email/message.txt",
    )
)
REPORTED = register(
    NoticeKind(
        name="reported",
        room="introductions",
        line=_("A member reported a thread."),
        discreet_line=_("Something was reported."),
    )
)
REPORT_CLOSED = register(
    NoticeKind(
        name="report_closed",
        room="introductions",
        line=_("Staff looked into your report and closed it. Thank you."),
        discreet_line=_("There is an answer for you."),
    )
)
