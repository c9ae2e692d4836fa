"""What the people of an organisation are told about its verification."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import NoticeKind, register, register_topic
from marketplace.notices.readers import register_reader
from marketplace.people.models import User

from .models import Organisation
from .reasons import REASONS_FOR, VerificationReason

register_topic("organisations", _("Organisations"))

_State = Organisation.Verification


def _readable(reader: User, ids: Collection[UUID]) -> Iterable[UUID]:
    own = Organisation.objects.of(reader).filter(public_id__in=ids)
    return own.values_list("public_id", flat=True)


register_reader("organisations.organisation", _readable)
_LINES: dict[str, str | Promise] = {
    _State.PENDING: _("%(alias)s waits for verification again. {reason}."),
    _State.VERIFIED: _("%(alias)s is verified. {reason}."),
    _State.FAILED: _("%(alias)s could not be verified yet. {reason}."),
    _State.REVOKED: _("The verification of %(alias)s was withdrawn. {reason}."),
    _State.EXPIRED: _("The verification of %(alias)s has expired. {reason}."),
}


def _kind(state: str, reason: VerificationReason) -> NoticeKind:
    return register(
        NoticeKind(
            f"{state}_{reason.value}",
            "organisations",
            format_lazy(_LINES[state], reason=reason.label),  # type: ignore[arg-type]
            _("There is a decision about your organisation."),
        )
    )


# The reason is part of the kind, so that it is read in the reader's language.
DECIDED = {
    (str(state), reason.value): _kind(state, reason)
    for state, reasons in REASONS_FOR.items()
    for reason in reasons
}

# About nothing: who has left reads of the organisation no more, its name neither.
ACCESS_ENDED = register(
    NoticeKind(
        "access_ended",
        "organisations",
        _("You no longer act for an organisation here: its owner ended your access."),
        _("There is news about your account."),
    )
)
IDENTITY_SEEN = register(
    NoticeKind(
        "identity_seen",
        "organisations",
        _("Staff opened the sealed name of your organisation. The reason is recorded."),
        _("There is news about your organisation."),
    )
)
