"""Which postings the facts of a payment call for; pure, in a fixed order."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from payments.charges import Charge, DisputeMovement, Payment, Settlement
from payments.ledger import Fact, Leg, legs
from payments.models import LedgerTransaction, PaymentAttempt
from payments.models.ledger import Account
from payments.modes import Mode

Kind = LedgerTransaction.Kind


def postings_of(
    attempt: PaymentAttempt, payment: Payment, *, agrees: bool
) -> Iterator[Fact]:
    """Every movement of money in a payment, under the key that names it.

    Where the facts do not agree with what was asked, the charge waits in suspense
    and belongs to no share until a person has looked; it may go back from there.
    """
    book = partial(_fact, attempt, agrees=agrees)
    clearing, charge = Account.STRIPE_CLEARING, payment.charge
    pays = Account.RECEIVABLE if attempt.share else Account.SEAT_INCOME
    came = legs(
        debit=clearing,
        credit=pays if agrees else Account.SUSPENSE,
        amount=charge.amount,
    )
    yield book(f"charge:{charge.id}", Kind.CHARGE, came, charge.made_at)
    if charge.settlement is not None:
        lines = _settled(charge, charge.settlement)
        if lines:
            yield _settlement(attempt, charge, charge.settlement, lines)
    gone = Account.REFUNDS if agrees else Account.SUSPENSE
    for refund in payment.refunds:
        # A refund that failed is the same two postings, whichever is heard of first.
        there = legs(debit=gone, credit=clearing, amount=refund.amount)
        yield book(f"refund:{refund.id}", Kind.REFUND, there, refund.made_at)
        if refund.came_home:
            back = legs(debit=clearing, credit=gone, amount=refund.amount)
            key = f"refund_failed:{refund.id}"
            yield book(key, Kind.REFUND_FAILED, back, refund.made_at)
    for moved in payment.disputes:
        account = Account.DISPUTES if agrees else Account.SUSPENSE
        lines = _disputed(moved, account)
        yield book(f"dispute:{moved.id}", Kind.DISPUTE, lines, moved.made_at)


def _settled(charge: Charge, settlement: Settlement) -> tuple[Leg, ...]:
    """Stripe's fee; through the exchange account where it settled in another money."""
    fee, gross = settlement.fee, settlement.gross
    clearing = Account.STRIPE_CLEARING
    lines: tuple[Leg, ...] = ()
    if gross.currency != charge.amount.currency:
        lines += legs(debit=Account.FX_CLEARING, credit=clearing, amount=charge.amount)
        lines += legs(debit=clearing, credit=Account.FX_CLEARING, amount=gross)
    if fee.minor:
        lines += legs(debit=Account.PROCESSOR_FEES, credit=clearing, amount=fee)
    return lines


def _settlement(
    attempt: PaymentAttempt,
    charge: Charge,
    settlement: Settlement,
    lines: tuple[Leg, ...],
) -> Fact:
    """Stripe's own business with the programme: of no fee and no share."""
    return Fact(
        key=f"bt:{settlement.id}",
        kind=Kind.SETTLEMENT,
        legs=lines,
        occurred_at=charge.made_at,
        mode=Mode(attempt.mode),
        source=LedgerTransaction.Source.STRIPE,
        attempt=attempt,
        memo=f"rate {settlement.rate}" if settlement.rate else "",
    )


def _disputed(moved: DisputeMovement, account: Account) -> tuple[Leg, ...]:
    """A dispute takes, and gives back what it took where it is won."""
    clearing = Account.STRIPE_CLEARING
    if moved.amount.minor > 0:
        return legs(debit=account, credit=clearing, amount=moved.amount)
    return legs(debit=clearing, credit=account, amount=-moved.amount)


def _fact(
    attempt: PaymentAttempt,
    key: str,
    kind: LedgerTransaction.Kind,
    lines: tuple[Leg, ...],
    at: datetime,
    *,
    agrees: bool,
) -> Fact:
    share = attempt.share if agrees else None
    return Fact(
        key=key,
        kind=kind,
        legs=lines,
        occurred_at=at,
        mode=Mode(attempt.mode),
        source=LedgerTransaction.Source.STRIPE,
        fee=share.fee if share else None,
        share=share,
        attempt=attempt,
    )
