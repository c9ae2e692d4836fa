"""The ledger against its own rules: what must hold at every moment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db import connection
from django.db.models import Count, F, Max, Min, Q, Sum

from marketplace.money import UNITS
from marketplace.organisations.models import Entitlement
from marketplace.people.sealing import unseal
from marketplace.ventures.models import JointVenture
from payments import ledger, triggers
from payments.books import altered_months, bounds_of
from payments.issuing import hash_of
from payments.models import (
    Currency,
    DocumentSeries,
    Fee,
    LedgerEntry,
    LedgerTransaction,
    PaymentAttempt,
    Share,
    Subscription,
)
from payments.seat_standing import GRANTING
from payments.standing import (
    ShareStanding,
    ShareTotals,
    fee_standing,
    share_standing,
)

Kind = LedgerTransaction.Kind
AT_A_TIME = 500


def breaches() -> Iterator[str]:
    """One sentence for each rule that does not hold; nothing where all is well."""
    yield from _sums()
    yield from _transactions()
    yield from _periods()
    yield from _fees()
    yield from _payments()
    yield from _seats()
    yield from _ventures()
    yield from _currencies()
    yield from _documents()
    for closed in altered_months():
        yield f"the closed month {closed} is not what it was"
    for name in triggers.missing(connection):
        yield f"guard {name} is missing from the database"


def sums() -> list[tuple[str, str, int]]:
    """(mode, currency, sum of all entries): every sum must be zero."""
    return list(
        LedgerEntry.objects.order_by()
        .values_list("mode", "currency_id")
        .annotate(Sum("amount_minor"))
    )


def _sums() -> Iterator[str]:
    for mode, currency, total in sums():
        if total:
            yield f"the ledger of {mode} sums to {total} {currency}"


def _transactions() -> Iterator[str]:
    unbalanced = (
        LedgerEntry.objects.order_by()
        .values("transaction_id", "currency_id")
        .annotate(total=Sum("amount_minor"))
        .exclude(total=0)
    )
    for row in unbalanced:
        yield f"transaction {row['transaction_id']} does not balance"
    for short in LedgerTransaction.objects.annotate(n=Count("entries")).filter(n__lt=2):
        yield f"transaction {short.key} has fewer than two legs"


def _periods() -> Iterator[str]:
    """Each transaction stands in the month it was booked in, each leg beside it."""
    spans = (
        LedgerTransaction.objects.order_by()
        .values_list("period")
        .annotate(Min("recorded_at"), Max("recorded_at"))
    )
    for period, first, last in spans:
        begin, end = bounds_of(period)
        if not begin <= first <= last < end:
            yield f"the month {period:%Y-%m} holds what was booked outside it"
    astray = LedgerEntry.objects.exclude(
        mode=F("transaction__mode"), period=F("transaction__period")
    )
    for leg in astray.order_by():
        yield f"a leg of transaction {leg.transaction_id} stands in other books"


@dataclass(frozen=True, slots=True)
class _Owed:
    """A share as it is stored, and where it stands by its postings."""

    public_id: UUID
    due: int
    stored: tuple[str, bool]
    derived: ShareStanding


def _fees() -> Iterator[str]:
    """Shares add up to their fee, and what is stored is what the postings say.

    Values, not rows of the models, which would cost more than all the counting.
    """
    rows = Fee.objects.exclude(state=Fee.State.VOID).order_by("pk")
    fees = rows.values_list("pk", "public_id", "total_minor", "state", "settled_at")
    waiting = fees.iterator(chunk_size=AT_A_TIME)
    while some := list(islice(waiting, AT_A_TIME)):
        owed = _owed([pk for pk, *_rest in some])
        for pk, public_id, total, state, settled_at in some:
            shares = owed.get(pk, [])
            if sum(share.due for share in shares) != total:
                yield f"the shares of fee {public_id} do not add up"
            yield from _shares(shares)
            own = [share.derived for share in shares]
            derived = fee_standing(own, was_settled=settled_at is not None)
            if state != derived:
                yield f"fee {public_id} is {state}, not {derived}"


def _owed(fees: Sequence[int]) -> dict[int, list[_Owed]]:
    sums = ledger.sums_by_share(*fees)
    found: dict[int, list[_Owed]] = {}
    rows = Share.objects.filter(fee__in=fees).values_list(
        "fee_id", "pk", "public_id", "due_minor", "state", "is_overpaid"
    )
    for fee_id, pk, public_id, due, state, is_overpaid in rows:
        totals = ShareTotals.of_accounts(sums.get(pk, {}))
        owed = _Owed(public_id, due, (state, is_overpaid), share_standing(due, totals))
        found.setdefault(fee_id, []).append(owed)
    return found


def _shares(shares: Iterable[_Owed]) -> Iterator[str]:
    for share in shares:
        derived = share.derived
        if share.stored != (derived.state, derived.is_overpaid):
            yield f"share {share.public_id} is {share.stored[0]}, not {derived.state}"


def _payments() -> Iterator[str]:
    """What is called paid has its posting, of its own amount."""
    came = Q(postings__kind__in=[Kind.CHARGE, Kind.TRANSFER])
    paid = PaymentAttempt.objects.filter(state=PaymentAttempt.State.SUCCEEDED)
    for attempt in paid.annotate(n=Count("postings", filter=came)).exclude(n=1):
        yield f"payment {attempt.public_id} is paid and has {attempt.n} postings"


def _seats() -> Iterator[str]:
    """A right that a subscription gives ends with it, and rests with its money."""
    paid_for = Entitlement.objects.in_force().filter(source__startswith="subscription:")
    open_now = set(paid_for.values_list("source", flat=True))
    for row in Subscription.objects.exclude(status__in=GRANTING, is_returned=False):
        if row.entitlement_source in open_now:
            yield f"seat {row.public_id} is open, its subscription gives none"


def _documents() -> Iterator[str]:
    """Numbers without gaps, and words as they were issued."""
    for series in DocumentSeries.objects.all():
        rows = series.documents.order_by("number").values_list(
            "number", "reference", "sealed_facts", "facts_hash"
        )
        has_gaps, last = False, 0
        for number, reference, sealed, kept in rows.iterator(chunk_size=2_000):
            has_gaps, last = has_gaps or number != last + 1, number
            try:
                is_same = hash_of(unseal(sealed)) == kept
            except InvalidToken:
                yield f"document {reference} cannot be read: its key is not here"
                continue
            if not is_same:
                yield f"document {reference} is not as it was issued"
        if has_gaps or last != series.last_number:
            yield f"the numbers of {series} have gaps"


def _ventures() -> Iterator[str]:
    too_early = JointVenture.objects.filter(
        Q(status=JointVenture.Status.ACTIVE),
        Q(fees__state=Fee.State.ISSUED),
    )
    for venture in too_early:
        yield f"venture {venture.public_id} is active, its fee was never settled"


def _currencies() -> Iterator[str]:
    for row in Currency.objects.all():
        unit = UNITS[row.code]
        if (row.iso_exponent, row.stripe_exponent, row.step_minor) != (
            unit.exponent,
            unit.stripe_exponent,
            unit.step,
        ):
            yield f"currency {row.code} is not counted as the code counts it"
