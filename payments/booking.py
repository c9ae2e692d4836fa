"""Which postings the facts of an attempt call for; pure, in a fixed order."""

from collections.abc import Iterator
from functools import partial

from payments.charges import Charge, Settlement
from payments.gateway import AttemptFacts, DisputeMovement, Refund
from payments.ledger import Fact, Leg, legs
from payments.models import LedgerTransaction, PaymentAttempt
from payments.models.ledger import Account
from payments.modes import Mode

Kind = LedgerTransaction.Kind
CAME_HOME = ("failed", "canceled")  # a refund that did not reach the payer


def postings_of(
    attempt: PaymentAttempt, facts: AttemptFacts, *, agrees: bool
) -> Iterator[Fact]:
    """Every movement of money in these facts, under the key that names it.

    Where the facts do not agree with what was asked, the charge waits in suspense
    and belongs to no share until a person has looked; it may go back from there.
    """
    if facts.charge is None:
        return
    yield _paid(attempt, facts.charge, agrees=agrees)
    if facts.charge.settlement is not None:
        fact = settled(
            facts.charge,
            facts.charge.settlement,
            mode=Mode(attempt.mode),
            attempt=attempt,
        )
        if fact.legs:
            yield fact
    for refund in facts.refunds:
        yield from _sent_back(attempt, refund, agrees=agrees)
    for movement in facts.disputes:
        yield _disputed(attempt, movement, agrees=agrees)


def _paid(attempt: PaymentAttempt, charge: Charge, *, agrees: bool) -> Fact:
    return Fact(
        key=f"charge:{charge.id}",
        kind=Kind.CHARGE,
        legs=legs(
            debit=Account.STRIPE_CLEARING,
            credit=Account.RECEIVABLE if agrees else Account.SUSPENSE,
            amount=charge.amount,
        ),
        occurred_at=charge.made_at,
        mode=Mode(attempt.mode),
        source=LedgerTransaction.Source.STRIPE,
        fee=attempt.share.fee if agrees else None,
        share=attempt.share if agrees else None,
        attempt=attempt,
    )


def settled(
    charge: Charge,
    settlement: Settlement,
    *,
    mode: Mode,
    attempt: PaymentAttempt | None = None,
) -> Fact:
    """Stripe's fee; through the exchange account where it settled in another money."""
    fee, gross = settlement.fee, settlement.gross
    lines: list[Leg] = []
    if gross.currency != charge.amount.currency:
        lines += legs(
            debit=Account.FX_CLEARING,
            credit=Account.STRIPE_CLEARING,
            amount=charge.amount,
        )
        lines += legs(
            debit=Account.STRIPE_CLEARING, credit=Account.FX_CLEARING, amount=gross
        )
    if fee.minor:
        lines += legs(
            debit=Account.PROCESSOR_FEES, credit=Account.STRIPE_CLEARING, amount=fee
        )
    return Fact(
        key=f"bt:{settlement.id}",
        kind=Kind.SETTLEMENT,
        legs=tuple(lines),
        occurred_at=charge.made_at,
        mode=mode,
        source=LedgerTransaction.Source.STRIPE,
        attempt=attempt,
        memo=f"rate {settlement.rate}" if settlement.rate else "",
    )


def _sent_back(
    attempt: PaymentAttempt, refund: Refund, *, agrees: bool
) -> Iterator[Fact]:
    """A refund, and its undoing where it failed: the same two whichever came first."""
    book = partial(_later, attempt, refund, agrees=agrees)
    account = Account.REFUNDS if agrees else Account.SUSPENSE
    clearing = Account.STRIPE_CLEARING
    there = legs(debit=account, credit=clearing, amount=refund.amount)
    back = legs(debit=clearing, credit=account, amount=refund.amount)
    yield book(f"refund:{refund.id}", Kind.REFUND, there)
    if refund.status in CAME_HOME:
        yield book(f"refund_failed:{refund.id}", Kind.REFUND_FAILED, back)


def _disputed(
    attempt: PaymentAttempt, movement: DisputeMovement, *, agrees: bool
) -> Fact:
    account = Account.DISPUTES if agrees else Account.SUSPENSE
    taken = movement.amount.minor > 0
    lines = legs(
        debit=account if taken else Account.STRIPE_CLEARING,
        credit=Account.STRIPE_CLEARING if taken else account,
        amount=movement.amount if taken else -movement.amount,
    )
    key = f"dispute:{movement.id}"
    return _later(attempt, movement, key, Kind.DISPUTE, lines, agrees=agrees)


def _later(
    attempt: PaymentAttempt,
    thing: Refund | DisputeMovement,
    key: str,
    kind: LedgerTransaction.Kind,
    lines: tuple[Leg, ...],
    *,
    agrees: bool,
) -> Fact:
    return Fact(
        key=key,
        kind=kind,
        legs=lines,
        occurred_at=thing.made_at,
        mode=Mode(attempt.mode),
        source=LedgerTransaction.Source.STRIPE,
        fee=attempt.share.fee if agrees else None,
        share=attempt.share if agrees else None,
        attempt=attempt,
    )
