"""Staff decide whether an organisation is who it says it is, and say why."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.notices.actions import notify
from marketplace.organisations.models import Organisation, VerificationDecision
from marketplace.organisations.notice_kinds import DECIDED
from marketplace.organisations.permissions import ACTING, can_edit, can_verify
from marketplace.organisations.reasons import REASONS_FOR
from marketplace.organisations.signals import organisation_verified
from marketplace.people.models import User
from marketplace.refusals import require


class ReasonNotFitting(DomainError):
    """The reason given does not belong to that decision."""

    user_message = _("Choose one of the reasons that belong to this decision.")


@transaction.atomic
def verify_organisation(
    organisation: Organisation, *, state: str, because: str, by: User, note: str = ""
) -> VerificationDecision:
    """A member of staff decides about an organisation, and its people learn why."""
    require(can_verify(by))
    if because not in REASONS_FOR.get(state, ()):
        raise ReasonNotFitting
    return _decide(organisation, state=state, because=because, by=by, note=note)


@transaction.atomic
def ask_verification_again(
    organisation: Organisation, *, by: User
) -> VerificationDecision:
    """Its people have mended what was missing and ask staff to look again."""
    require(can_edit(by, organisation))
    state = Organisation.Verification.PENDING
    reason = REASONS_FOR[state][0]
    return _decide(organisation, state=state, because=reason, by=by, note="")


def _decide(
    organisation: Organisation, *, state: str, because: str, by: User, note: str
) -> VerificationDecision:
    fresh = Organisation.objects.select_for_update().get(pk=organisation.pk)
    Organisation.verification.advance(fresh, to=state)
    is_verified = state == Organisation.Verification.VERIFIED
    fresh.verified_on = timezone.localdate() if is_verified else None
    fresh.save(update_fields=["verified_on"])
    decision = VerificationDecision.objects.create(
        organisation=fresh, state=state, reason=because, note=note, decided_by=by
    )
    log(fresh, f"organisations.{state}", user=by, data={"because": because})
    organisation_verified.send(sender=Organisation, organisation=fresh)
    _tell(fresh, decision)
    organisation.verification_state = fresh.verification_state
    organisation.verified_on = fresh.verified_on
    return decision


def _tell(organisation: Organisation, decision: VerificationDecision) -> None:
    acting = organisation.memberships.filter(role__in=ACTING).select_related("user")
    for membership in acting:
        notify(
            membership.user,
            DECIDED[decision.state, decision.reason],
            about=organisation,
            url=organisation.get_absolute_url(),
            alias=organisation.alias,
        )


@dataclass(frozen=True, slots=True)
class SealedIdentity:
    """What a decision rests on; shown to nobody but the staff who verify."""

    legal_name: str
    registration: str


@transaction.atomic
def read_identity(organisation: Organisation, *, by: User) -> SealedIdentity:
    """A member of staff opens what is sealed, and the log keeps who did."""
    require(can_verify(by))
    log(organisation, "organisations.read_identity", user=by)
    return SealedIdentity(organisation.legal_name, organisation.registration)
