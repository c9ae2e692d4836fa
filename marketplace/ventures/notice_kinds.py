"""The lines that ventures send."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import NoticeKind, register, register_topic
from marketplace.notices.readers import register_reader
from marketplace.people.models import User

from .models import JointVenture

register_topic("ventures", _("Joint ventures"))

NEWS = _("There is news about a venture.")


def _readable(reader: User, ids: Collection[UUID]) -> Iterable[UUID]:
    own = JointVenture.objects.involving(reader).filter(public_id__in=ids)
    return own.values_list("public_id", flat=True)


register_reader("ventures.jointventure", _readable)

PROPOSED = register(
    NoticeKind(
        name="proposed",
        room="ventures",
        line=_("A joint venture is proposed to you."),
        discreet_line=NEWS,
        template="ventures/email/proposed.txt",
    )
)
EDITED = register(
    NoticeKind(
        name="edited",
        room="ventures",
        line=_("The text of a venture has changed; earlier signatures are void."),
        discreet_line=NEWS,
        template="ventures/email/edited.txt",
    )
)
COSIGN = register(
    NoticeKind(
        name="cosign",
        room="ventures",
        line=_(
            "A colleague has signed the text of a venture; it needs one more of you."
        ),
        discreet_line=NEWS,
    )
)
SIGNED = register(
    NoticeKind(
        name="signed",
        room="ventures",
        line=_("A partner has signed the text of a venture."),
        discreet_line=NEWS,
        template="ventures/email/signed.txt",
    )
)
AGREED = register(
    NoticeKind(
        name="agreed",
        room="ventures",
        line=_("All partners have signed the text of a venture."),
        discreet_line=NEWS,
        template="ventures/email/agreed.txt",
    )
)
WITHDRAWN = register(
    NoticeKind(
        name="withdrawn",
        room="ventures",
        line=_("A proposed venture was withdrawn."),
        discreet_line=NEWS,
        template="ventures/email/withdrawn.txt",
    )
)
ACTIVE = register(
    NoticeKind(
        name="active",
        room="ventures",
        line=_("A venture of yours is active."),
        discreet_line=NEWS,
        template="ventures/email/active.txt",
    )
)
SUSPENDED = register(
    NoticeKind(
        name="suspended",
        room="ventures",
        line=_("The programme has suspended a venture of yours."),
        discreet_line=NEWS,
        template="ventures/email/suspended.txt",
    )
)
RESUMED = register(
    NoticeKind(
        name="resumed",
        room="ventures",
        line=_("A venture of yours is active again."),
        discreet_line=NEWS,
        template="ventures/email/resumed.txt",
    )
)
DISSENT = register(
    NoticeKind(
        name="dissent",
        room="ventures",
        line=_("A partner has left a note of dissent or taken one back."),
        discreet_line=NEWS,
    )
)
OBSERVER = register(
    NoticeKind(
        name="observer",
        room="ventures",
        line=_("There is news about the observer of a venture."),
        discreet_line=NEWS,
    )
)
STAND_SAID = register(
    NoticeKind(
        name="stand_said",
        room="ventures",
        line=_("A partner has said how a venture goes."),
        discreet_line=NEWS,
    )
)
HEARTBEAT = register(
    NoticeKind(
        name="heartbeat",
        room="ventures",
        line=_("How does your venture go? One tap is enough."),
        discreet_line=NEWS,
    )
)
WAY_CHOSEN = register(
    NoticeKind(
        name="way_chosen",
        room="ventures",
        line=_("A partner proposes a way on for a venture."),
        discreet_line=NEWS,
    )
)
MILESTONE = register(
    NoticeKind(
        name="milestone",
        room="ventures",
        line=_("A partner has written or answered a next step of a venture."),
        discreet_line=NEWS,
    )
)
ARRANGEMENT = register(
    NoticeKind(
        name="arrangement",
        room="ventures",
        line=_("A partner has proposed a local arrangement or answered one."),
        discreet_line=NEWS,
    )
)
ARRANGEMENT_LEFT = register(
    NoticeKind(
        name="arrangement_left",
        room="ventures",
        line=_("A partner has ended a local arrangement."),
        discreet_line=NEWS,
    )
)
ARRANGEMENT_KEPT = register(
    NoticeKind(
        name="arrangement_kept",
        room="ventures",
        line=_("A partner has said whether a local arrangement was kept."),
        discreet_line=NEWS,
    )
)
CLOSING = register(
    NoticeKind(
        name="closing",
        room="ventures",
        line=_("A partner has written or confirmed the closing note of a venture."),
        discreet_line=NEWS,
    )
)
CLOSED = register(
    NoticeKind(
        name="closed",
        room="ventures",
        line=_("All partners have confirmed the closing note; a venture is closed."),
        discreet_line=NEWS,
    )
)
