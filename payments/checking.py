"""The ledger against its own rules: what must hold at every moment."""

from collections.abc import Iterator, Mapping
from itertools import islice

from django.db import connection
from django.db.models import Count, Q, Sum

from marketplace.money import UNITS
from marketplace.organisations.models import Entitlement
from marketplace.ventures.models import JointVenture
from payments import triggers
from payments.books import altered_months
from payments.issuing import facts_hash
from payments.models import (
    Currency,
    DocumentSeries,
    Fee,
    LedgerEntry,
    LedgerTransaction,
    PaymentAttempt,
    Subscription,
)
from payments.seat_standing import GRANTING
from payments.settling import standings_of
from payments.standing import ShareStanding, fee_standing

Kind = LedgerTransaction.Kind
AT_A_TIME = 500


def breaches() -> Iterator[str]:
    """One sentence for each rule that does not hold; nothing where all is well."""
    yield from _sums()
    yield from _transactions()
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
        .values_list("transaction__mode", "currency_id")
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


def _fees() -> Iterator[str]:
    rows = Fee.objects.exclude(state=Fee.State.VOID).prefetch_related("shares")
    waiting = rows.order_by("pk").iterator(chunk_size=AT_A_TIME)
    while fees := list(islice(waiting, AT_A_TIME)):
        standings = standings_of(*fees)
        for fee in fees:
            yield from _fee(fee, standings)


def _fee(fee: Fee, standings: Mapping[int, ShareStanding]) -> Iterator[str]:
    shares = list(fee.shares.all())
    if sum(share.due_minor for share in shares) != fee.total_minor:
        yield f"the shares of fee {fee.public_id} do not add up"
    for share in shares:
        derived = standings[share.pk]
        if (share.state, share.is_overpaid) != (derived.state, derived.is_overpaid):
            yield f"share {share.public_id} is {share.state}, not {derived.state}"
    own = [standings[share.pk] for share in shares]
    state = fee_standing(own, was_settled=fee.settled_at is not None)
    if fee.state != state:
        yield f"fee {fee.public_id} is {fee.state}, not {state}"


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
    for series in DocumentSeries.objects.prefetch_related("documents"):
        numbers = sorted(each.number for each in series.documents.all())
        if numbers != list(range(1, series.last_number + 1)):
            yield f"the numbers of {series} have gaps"
        for document in series.documents.all():
            if facts_hash(document) != document.facts_hash:
                yield f"document {document.reference} is not as it was issued"


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
