"""Raising the programme's fee for a venture that all have signed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.people.models import User
from marketplace.ventures.actions import activate_venture
from marketplace.ventures.models import JointVenture, VentureParty
from payments import ledger
from payments.matters import note
from payments.models import Discrepancy, Fee, FeeSchedule, Share
from payments.models.ledger import Account
from payments.modes import current_mode
from payments.notice_kinds import FEE_RAISED
from payments.telling import tell_payers


@transaction.atomic
def raise_fee(venture: JointVenture, *, by: User | None = None) -> Fee | None:
    """Each partner of an agreed venture owes its share; safe to repeat.

    Without a schedule in force finance gets the matter and the venture waits; a
    schedule of zero asks no fee and the venture is active at once. None in both.
    """
    venture = JointVenture.objects.locked(venture.pk)
    raised = venture.fees.exclude(state=Fee.State.VOID).first()
    if raised is not None:
        return raised
    today = timezone.localdate()
    schedule = FeeSchedule.objects.in_force(venture.fee_currency, on=today).first()
    if schedule is None:
        note(
            Discrepancy.Kind.NO_SCHEDULE,
            f"venture:{venture.public_id}",
            expected=venture.fee_currency,
        )
        return None
    if schedule.total_minor == 0:
        log(venture, "payments.no_fee", user=by)
        activate_venture(venture)
        return None
    fee = _issue(venture, schedule)
    log(fee, "payments.fee_raised", user=by)
    for share in fee.shares.select_related("fee", "party__organisation"):
        tell_payers(share, FEE_RAISED)
    return fee


def _issue(venture: JointVenture, schedule: FeeSchedule) -> Fee:
    """The fee with its shares, and its posting: receivable against income."""
    parties = list(venture.parties.all())
    weights = [_weight(party, schedule) for party in parties]
    parts = schedule.total.split(weights)
    fee = Fee.objects.create(
        venture=venture,
        schedule=schedule,
        currency_id=schedule.currency_id,
        total_minor=schedule.total_minor,
        split=schedule.mode,
        due_on=timezone.localdate() + timedelta(days=schedule.due_days),
        mode=current_mode(),
    )
    for party, weight, part in zip(parties, weights, parts, strict=True):
        Share.objects.create(
            fee=fee,
            party=party,
            weight=weight,
            currency_id=part.currency,
            due_minor=part.minor,
        )
    ledger.post(
        ledger.Fact(
            key=f"fee:{fee.public_id}",
            kind=ledger.Kind.FEE,
            legs=ledger.legs(
                debit=Account.RECEIVABLE, credit=Account.FEE_INCOME, amount=fee.total
            ),
            occurred_at=fee.raised_at,
            mode=current_mode(),
            source=ledger.Source.SYSTEM,
            fee=fee,
        )
    )
    return fee


def _weight(party: VentureParty, schedule: FeeSchedule) -> int:
    by_ownership = schedule.mode == FeeSchedule.Mode.PRO_RATA
    return party.ownership if by_ownership else 1
