"""A payment that waits for a verification: asked for by its payer, ended by a decision."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.organisations.models import Organisation
from marketplace.people.models import User
from marketplace.refusals import require
from payments import ledger
from payments.exceptions import AlreadySettled
from payments.models import Share
from payments.permissions import can_pay
from payments.screening import (
    is_screened,
    matters_of,
    note_waiting,
    shares_waiting,
)


@transaction.atomic
def ask_for_screening(share: Share, *, by: User) -> Share:
    """A payer asks the staff to look; asking twice, or without need, changes nothing."""
    share = Share.objects.locked(share.pk)
    require(can_pay(by, share))
    if ledger.open_amount(share).minor == 0:
        raise AlreadySettled
    waits = share.public_id in shares_waiting()
    if not waits and not is_screened(share.party.organisation):
        note_waiting(share)
        log(share, "payments.screening_asked", user=by)
    return share


@transaction.atomic
def close_screening(organisation: Organisation) -> int:
    """Staff have decided, either way: nothing waits any more; returns how many did."""
    matters = list(matters_of(organisation))
    for matter in matters:
        matter.resolved_at = timezone.now()
        matter.save(update_fields=["resolved_at"])
        log(matter, "payments.matter_resolved")
    return len(matters)
