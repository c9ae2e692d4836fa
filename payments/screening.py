"""No payment opens until people have looked at an organisation's registration.

The rule is one date for everybody; nothing else about an organisation enters it.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from marketplace.organisations.models import Organisation
from payments.matters import note
from payments.models import Discrepancy, Share

ABOUT = "share:"


def is_screened(organisation: Organisation) -> bool:
    """Whether its verification is younger than `VERIFICATION_FRESH_DAYS`."""
    if not organisation.is_verified or organisation.verified_on is None:
        return False
    age = timezone.localdate() - organisation.verified_on
    return age <= timedelta(days=settings.VERIFICATION_FRESH_DAYS)


def note_waiting(share: Share) -> Discrepancy:
    """Hand the staff who verify a payment that waits for them; it stands once."""
    return note(Discrepancy.Kind.SCREENING, f"{ABOUT}{share.public_id}")


def shares_waiting() -> dict[UUID, Discrepancy]:
    """The open matters of this kind, by the public id of their share."""
    kind = Discrepancy.Kind.SCREENING
    matters = Discrepancy.objects.unresolved().filter(kind=kind)
    return {UUID(matter.about.removeprefix(ABOUT)): matter for matter in matters}


def matters_of(organisation: Organisation) -> Iterable[Discrepancy]:
    """What waits for a decision about this organisation."""
    waiting = shares_waiting()
    shares = Share.objects.filter(
        party__organisation=organisation, public_id__in=waiting
    )
    return [
        waiting[public_id] for public_id in shares.values_list("public_id", flat=True)
    ]
