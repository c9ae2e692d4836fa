"""Why staff decided as they did, in words the organisation may read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .models import Organisation


class VerificationReason(models.TextChoices):
    """The reason codes of a decision about verification."""

    REGISTER_CHECKED = "register_checked", _("Found in the official register")
    DOCUMENTS_CHECKED = "documents_checked", _("The documents were checked")
    KNOWN_PARTNER = "known_partner", _("Confirmed by a partner of the programme")
    UNREADABLE = "unreadable", _("A document cannot be read")
    OUT_OF_DATE = "out_of_date", _("A document is out of date")
    NAME_DIFFERS = "name_differs", _("The names in the documents differ")
    NOT_FOUND = "not_found", _("Not found in the register that was named")
    AUTHORITY_UNCLEAR = (
        "authority_unclear",
        _("It is not clear who may act for the organisation"),
    )
    CHECK_TOO_OLD = "check_too_old", _("The last check is too long ago")
    RULES_BROKEN = "rules_broken", _("The rules of the marketplace were not kept")
    ASKED_BY_OWNER = "asked_by_owner", _("The organisation asked for it")
    FIXED = "fixed", _("The organisation answered what was missing")
    CHANGED = "changed", _("What staff had looked at was changed")


_State = Organisation.Verification
_Reason = VerificationReason
REASONS_FOR: dict[str, tuple[VerificationReason, ...]] = {
    _State.PENDING: (_Reason.FIXED,),
    _State.VERIFIED: (
        _Reason.REGISTER_CHECKED,
        _Reason.DOCUMENTS_CHECKED,
        _Reason.KNOWN_PARTNER,
    ),
    _State.FAILED: (
        _Reason.UNREADABLE,
        _Reason.OUT_OF_DATE,
        _Reason.NAME_DIFFERS,
        _Reason.NOT_FOUND,
        _Reason.AUTHORITY_UNCLEAR,
    ),
    _State.REVOKED: (
        _Reason.RULES_BROKEN,
        _Reason.ASKED_BY_OWNER,
        _Reason.AUTHORITY_UNCLEAR,
    ),
    _State.EXPIRED: (_Reason.CHECK_TOO_OLD, _Reason.OUT_OF_DATE, _Reason.CHANGED),
}


def reason_label(code: str) -> str:
    """The words for a stored code; empty where there is none."""
    known = VerificationReason.values
    return str(VerificationReason(code).label) if code in known else ""


class SeenBecause(models.TextChoices):
    """Why a member of staff opens a sealed name."""

    VERIFY = "verify", _("To compare it with a register")
    SAFETY = "safety", _("Somebody may be in danger")
    ASKED = "asked", _("Its own people asked for it")
    LAW = "law", _("The law asks for it")
