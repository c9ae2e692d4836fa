"""The only writer of the ledger: each fact once, balanced, never changed."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from marketplace.money import Money
from marketplace.people.models import User
from marketplace.prepared import Reading
from payments.instalments import Instalment, instalments
from payments.instalments import payable_now as payable
from payments.matters import note
from payments.models import (
    Discrepancy,
    Fee,
    LedgerEntry,
    LedgerTransaction,
    PaymentAttempt,
    Share,
)
from payments.models.ledger import Account, period_of
from payments.modes import Mode
from payments.standing import ShareStanding, ShareTotals, share_standing

Kind = LedgerTransaction.Kind
Source = LedgerTransaction.Source
# What moves a payer's own money; settlements move the processor's fee.
MOVING = (
    Kind.CHARGE,
    Kind.TRANSFER,
    Kind.REFUND,
    Kind.REFUND_FAILED,
    Kind.DISPUTE,
)


class Unbalanced(ValueError):
    """The legs of a transaction do not sum to zero in each currency: a bug."""


@dataclass(frozen=True, slots=True)
class Leg:
    """One line of a transaction; a debit is positive, a credit negative."""

    account: Account
    amount: Money


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that happened to money, under the key that names it for ever.

    `key` is made of the remote or own id (`charge:ch_…`, `adj:<uuid>`). A fact
    without a share belongs to the fee, or in suspense to nobody yet.
    """

    key: str
    kind: LedgerTransaction.Kind
    legs: tuple[Leg, ...]
    occurred_at: datetime
    mode: Mode
    source: LedgerTransaction.Source
    fee: Fee | None = None
    share: Share | None = None
    attempt: PaymentAttempt | None = None
    actor: User | None = None
    memo: str = ""


def legs(*, debit: Account, credit: Account, amount: Money) -> tuple[Leg, ...]:
    """The two legs that move an amount from one account to another."""
    return (Leg(debit, amount), Leg(credit, -amount))


def post(fact: Fact) -> bool:
    """Book a fact; True for the one call that booked it, False for every repeat.

    Runs inside the caller's transaction. A repeat whose legs or share differ is
    not booked but handed to finance: it must not vanish in silence. Most facts are
    heard of more than once, so the key is looked for first; of two that look at the
    same moment the unique key lets one through.
    """
    _require_balance(fact.legs)
    booked = LedgerTransaction.objects.filter(key=fact.key).first()
    if booked is not None:
        _compare(booked, fact)
        return False
    try:
        with transaction.atomic():
            _write(fact)
    except IntegrityError:
        booked = LedgerTransaction.objects.filter(key=fact.key).first()
        if booked is None:
            raise  # refused for another reason than being known already
        _compare(booked, fact)
        return False
    return True


def _write(fact: Fact) -> None:
    # The legs come first: the guard on the header then sees the whole transaction.
    chosen, now = uuid.uuid4(), timezone.now()
    booked = {"mode": fact.mode, "period": period_of(now)}
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            transaction_id=chosen,
            account=leg.account,
            currency_id=leg.amount.currency,
            amount_minor=leg.amount.minor,
            **booked,
        )
        for leg in fact.legs
    )
    LedgerTransaction.objects.create(
        id=chosen,
        key=fact.key,
        kind=fact.kind,
        fee=fact.fee,
        share=fact.share,
        attempt=fact.attempt,
        occurred_at=fact.occurred_at,
        recorded_at=now,
        source=fact.source,
        actor=fact.actor,
        memo=fact.memo,
        **booked,
    )


def _require_balance(lines: Sequence[Leg]) -> None:
    sums: Counter[str] = Counter()
    for leg in lines:
        sums[leg.amount.currency] += leg.amount.minor
    if len(lines) < 2 or any(sums.values()):
        raise Unbalanced


def _compare(booked: LedgerTransaction, fact: Fact) -> None:
    found = sorted(booked.entries.values_list("account", "currency_id", "amount_minor"))
    wanted = sorted(
        (str(leg.account), leg.amount.currency, leg.amount.minor) for leg in fact.legs
    )
    share_id = fact.share.pk if fact.share else None
    if found != wanted or booked.share_id != share_id:
        note(
            Discrepancy.Kind.POSTING_DIFFERS,
            fact.key,
            expected=f"share {booked.share_id}: {found}",
            found=f"share {share_id}: {wanted}",
        )


_SUMS = Reading(
    lambda fees, language: (
        LedgerEntry.objects.filter(
            transaction__share__fee__in=fees,
            transaction__mode=F("transaction__share__fee__mode"),
        )
        .values_list("transaction__share_id", "account")
        .annotate(Sum("amount_minor"))
    )
)


def sums_by_share(*fees: Fee | int) -> dict[int, dict[str, int]]:
    """Share → account → sum, of the postings in the mode the fee was raised in."""
    keys = [fee.pk if isinstance(fee, Fee) else fee for fee in fees]
    sums: dict[int, dict[str, int]] = {}
    for share_id, account, total in _SUMS(keys, ""):
        sums.setdefault(share_id, {})[account] = int(total)
    return sums


def left_by(fee: Fee) -> dict[str, Money]:
    """What a fee's own postings have left in each account that is no clearing.

    Balanced with what is still held for it: these sum to zero where nothing is.
    """
    rows = (
        LedgerEntry.objects.filter(transaction__fee=fee)
        .exclude(account__in=[Account.STRIPE_CLEARING, Account.BANK_CLEARING])
        .order_by()
        .values_list("account")
        .annotate(Sum("amount_minor"))
    )
    return {account: Money(total, fee.currency_id) for account, total in rows}


def returnable(attempt: PaymentAttempt) -> Money:
    """What of one payment is still with the programme, by its postings alone."""
    clearing = [Account.STRIPE_CLEARING, Account.BANK_CLEARING]
    total = LedgerEntry.objects.filter(
        transaction__attempt=attempt,
        transaction__kind__in=MOVING,
        account__in=clearing,
        currency_id=attempt.currency_id,
    ).aggregate(total=Sum("amount_minor"))["total"]
    return Money(max(total or 0, 0), attempt.currency_id)


def standing_of(share: Share) -> ShareStanding:
    """Where a share stands by its postings alone."""
    sums = sums_by_share(share.fee).get(share.pk, {})
    return share_standing(share.due_minor, ShareTotals.of_accounts(sums))


def open_amount(share: Share) -> Money:
    """What remains to be paid of a share; nothing of a fee that is void."""
    if share.fee.state == Fee.State.VOID:
        return Money(0, share.currency_id)
    return Money(standing_of(share).open_minor, share.currency_id)


def parts_of(share: Share) -> list[Instalment]:
    """The instalments of a share, the earliest covered first; one where undivided."""
    return instalments(
        share.due,
        open_amount(share),
        count=share.instalments,
        first_on=share.fee.due_on,
    )


def payable_now(share: Share) -> Money:
    """What is to be paid next: all that is open, or the next instalment of it."""
    return payable(parts_of(share))
