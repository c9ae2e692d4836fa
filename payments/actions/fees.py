"""Raising the programme's fee for a venture that all have signed, and taking it back."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.money import Money
from marketplace.people.models import User
from marketplace.refusals import require
from marketplace.ventures.actions import activate_venture
from marketplace.ventures.models import JointVenture, VentureParty
from payments import ledger
from payments.actions.checkout import supersede_live
from payments.actions.rules import apply_waiver_rule
from payments.exceptions import AlreadyPaid, NoSchedule, TransferPending
from payments.issuing import issue_missing, issue_void_notes
from payments.matters import note
from payments.models import Discrepancy, Fee, FeeSchedule, Share
from payments.models.ledger import Account
from payments.modes import Mode, current_mode
from payments.notice_kinds import FEE_RAISED, FEE_VOID
from payments.screening import is_screened, note_waiting
from payments.telling import tell_payers


@transaction.atomic
def raise_fee(
    venture: JointVenture, *, by: User | None = None, currency: str = ""
) -> Fee | None:
    """Each partner of an agreed venture owes its share; safe to repeat.

    Without a schedule in force finance gets the matter and the venture waits; a
    schedule of zero asks no fee and the venture is active at once. None in both.
    `currency` is the one that was signed, unless finance raises the fee anew.
    """
    venture = JointVenture.objects.locked(venture.pk)
    raised = venture.fees.exclude(state=Fee.State.VOID).first()
    if raised is not None:
        return raised
    currency = currency or venture.fee_currency
    schedule = FeeSchedule.objects.in_force(currency, on=timezone.localdate()).first()
    if schedule is None:
        note(
            Discrepancy.Kind.NO_SCHEDULE,
            f"venture:{venture.public_id}",
            expected=currency,
        )
        return None
    if schedule.is_free:
        log(venture, "payments.no_fee", user=by)
        activate_venture(venture)
        return None
    fee = _issue(venture, schedule)
    log(fee, "payments.fee_raised", user=by)
    for share in fee.shares.select_related("fee", "party__organisation"):
        issue_missing(share)
        tell_payers(share, FEE_RAISED)
        if not is_screened(share.party.organisation):
            note_waiting(share)
    apply_waiver_rule(fee, schedule)
    return fee


def _issue(venture: JointVenture, schedule: FeeSchedule) -> Fee:
    """The fee with its shares, and its posting: receivable against income."""
    parties = list(venture.parties.select_related("organisation"))
    weights, parts = _divide(parties, schedule)
    total = sum((part.minor for part in parts), 0)
    fee = Fee.objects.create(
        venture=venture,
        schedule=schedule,
        currency_id=schedule.currency_id,
        total_minor=total,
        split=schedule.mode,
        instalment_over_minor=schedule.instalment_over_minor,
        most_instalments=schedule.most_instalments,
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


def _divide(
    parties: Sequence[VentureParty], schedule: FeeSchedule
) -> tuple[list[int], list[Money]]:
    """Weight and amount of each partner, in the order of the parties."""
    if schedule.mode == FeeSchedule.Mode.ADJUSTED:
        lines = {line.side: line.amount for line in schedule.lines.all()}
        parts = [lines[party.organisation.side] for party in parties]
        return [part.minor for part in parts], parts
    by_ownership = schedule.mode == FeeSchedule.Mode.PRO_RATA
    weights = [party.ownership if by_ownership else 1 for party in parties]
    return weights, schedule.total.split(weights)


def void_fee(fee: Fee, *, by: User) -> Fee:
    """Take a fee back that nobody has paid, or whose payments all went back."""
    require(by.has_perm("payments.void_fee"))
    for share in fee.shares.all():
        supersede_live(share)
    return _void(fee, by)


@transaction.atomic(durable=True)
def raise_fee_anew(fee: Fee, *, currency: str, by: User) -> Fee:
    """The same venture owes a new fee, in the currency finance names; see D1."""
    require(by.has_perm("payments.void_fee"))
    raised = raise_fee(fee.venture, by=by, currency=currency)
    if raised is None:
        raise NoSchedule
    return raised


@transaction.atomic(durable=True)
def _void(fee: Fee, by: User) -> Fee:
    first = Share.objects.locked(fee.shares.order_by("pk")[0].pk)
    fee = first.fee
    if fee.state == Fee.State.VOID:
        return fee
    shares = list(
        fee.shares.select_for_update(no_key=True, of=("self",)).order_by("pk")
    )
    if any(share.attempts.live().exists() for share in shares):
        raise TransferPending
    left = ledger.left_by(fee)
    if sum(amount.minor for amount in left.values()):
        raise AlreadyPaid  # money that is still with the programme goes back first
    lines = tuple(
        ledger.Leg(Account(account), -amount)
        for account, amount in left.items()
        if amount.minor
    )
    if lines:
        ledger.post(
            ledger.Fact(
                key=f"void:{fee.public_id}",
                kind=ledger.Kind.CORRECTION,
                legs=lines,
                occurred_at=timezone.now(),
                mode=Mode(fee.mode),
                source=ledger.Source.STAFF,
                fee=fee,
                actor=by,
            )
        )
    fee.state = Fee.State.VOID
    fee.save(update_fields=["state"])
    log(fee, "payments.fee_void", user=by)
    for share in shares:
        if lines:
            issue_void_notes(share, fee.postings.get(key=f"void:{fee.public_id}"))
        tell_payers(share, FEE_VOID, url=reverse("payments:fees"))
    return fee
