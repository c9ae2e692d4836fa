"""Staff decide whether an organisation is who it says it is, and say why."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.audit.actions import record
from marketplace.audit.models import Entry
from marketplace.exceptions import DomainError
from marketplace.notices.actions import notify
from marketplace.organisations.models import Organisation, VerificationDecision
from marketplace.organisations.notice_kinds import DECIDED, IDENTITY_SEEN
from marketplace.organisations.permissions import (
    ACTING,
    can_edit,
    can_verify,
    people_acting_for,
)
from marketplace.organisations.reasons import REASONS_FOR, VerificationReason
from marketplace.organisations.signals import organisation_verified
from marketplace.people.models import User
from marketplace.refusals import require

MOST_A_DAY = 20


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
    return _decide(
        organisation,
        state=Organisation.Verification.PENDING,
        because=VerificationReason.FIXED,
        by=by,
    )


def _decide(
    organisation: Organisation, *, state: str, because: str, by: User, note: str = ""
) -> VerificationDecision:
    """Keep where an organisation stands, why and by whom, and tell its people."""
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
def read_identity(
    organisation: Organisation, *, by: User, because: str
) -> SealedIdentity:
    """A member of staff opens what is sealed, says why, and its people are told.

    Twenty a day at most: who needs more is collecting.
    """
    require(can_verify(by))
    User.objects.select_for_update().get(pk=by.pk)
    day_ago = timezone.now() - timedelta(days=1)
    seen = Entry.objects.filter(kind=Entry.Kind.SEEN, by=by, at__gt=day_ago)
    if seen.count() >= MOST_A_DAY:
        raise DomainError(_("You have opened twenty sealed names in a day."))
    log(organisation, "organisations.read_identity", user=by)
    record(Entry.Kind.SEEN, by=by, subject=organisation.public_id, because=because)
    url = reverse("organisations:record", args=[organisation.public_id])
    for person in people_acting_for(organisation):
        notify(person, IDENTITY_SEEN, about=organisation, url=url)
    return SealedIdentity(organisation.legal_name, organisation.registration)
