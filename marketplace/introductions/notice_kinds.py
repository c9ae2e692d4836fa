"""The lines that introductions send, and how little they may say."""

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import NoticeKind, register

NEWS = _("There is news about an introduction.")

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
