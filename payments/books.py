"""The books of a month, by the day of booking: trial balance, journal, statements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, Sum
from django.utils import timezone

from marketplace.money import Money
from payments.models import LedgerEntry, LedgerTransaction, MonthClose, Share
from payments.models.ledger import Account
from payments.modes import Mode

JOURNAL_HEADER = (
    "booked",
    "happened",
    "key",
    "kind",
    "account",
    "debit",
    "credit",
    "currency",
    "fee",
    "share",
    "source",
    "mode",
)


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One account in one currency: `closing = opening + debit - credit`."""

    account: str
    opening: Money
    debit: Money
    credit: Money

    @property
    def closing(self) -> Money:
        return self.opening + self.debit - self.credit

    @property
    def label(self) -> str:
        return str(Account(self.account).label)

    def figures(self) -> list[object]:
        """As a closed month keeps it."""
        minors = (self.opening.minor, self.debit.minor, self.credit.minor)
        return [self.account, self.opening.currency, *minors]


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One posting of a share; `balance` is what the share owes after it."""

    booked_at: datetime
    kind: str
    amount: Money
    balance: Money

    @property
    def label(self) -> str:
        return str(LedgerTransaction.Kind(self.kind).label)


def bounds_of(month: date) -> tuple[datetime, datetime]:
    """The first moment of a month and of the next, in the site's own zone."""
    first = month.replace(day=1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    zone = timezone.get_default_timezone()
    begin, end = (
        datetime(day.year, day.month, 1, tzinfo=zone) for day in (first, following)
    )
    return begin, end


def trial_balance(mode: Mode, month: date) -> list[TrialLine]:
    """Every account that has moved by the end of the month, by currency."""
    begin, end = bounds_of(month)
    within = Q(transaction__recorded_at__gte=begin)
    rows = (
        LedgerEntry.objects.filter(
            transaction__mode=mode, transaction__recorded_at__lt=end
        )
        .order_by()
        .values_list("account", "currency_id")
        .annotate(
            opening=Sum("amount_minor", filter=~within, default=0),
            debit=Sum("amount_minor", filter=within & Q(amount_minor__gt=0), default=0),
            credit=Sum(
                "amount_minor", filter=within & Q(amount_minor__lt=0), default=0
            ),
        )
    )
    order = list(Account.values)
    return [
        TrialLine(
            account,
            Money(opening, currency),
            Money(debit, currency),
            Money(-credit, currency),
        )
        for account, currency, opening, debit, credit in sorted(
            rows, key=lambda row: (row[1], order.index(row[0]))
        )
    ]


def journal(mode: Mode, month: date) -> Iterator[tuple[object, ...]]:
    """Every leg booked in the month, as rows of a spreadsheet; ids, never names."""
    begin, end = bounds_of(month)
    yield JOURNAL_HEADER
    legs = (
        LedgerEntry.objects.filter(
            transaction__mode=mode,
            transaction__recorded_at__gte=begin,
            transaction__recorded_at__lt=end,
        )
        .select_related("transaction__fee", "transaction__share")
        .order_by("transaction__recorded_at", "transaction__key", "pk")
    )
    for leg in legs.iterator(chunk_size=2_000):
        posting = leg.transaction
        amount = abs(leg.amount.amount)
        yield (
            posting.recorded_at.isoformat(timespec="seconds"),
            posting.occurred_at.isoformat(timespec="seconds"),
            posting.key,
            posting.kind,
            leg.account,
            amount if leg.amount_minor > 0 else "",
            amount if leg.amount_minor < 0 else "",
            leg.currency_id,
            posting.fee.public_id if posting.fee else "",
            posting.share.public_id if posting.share else "",
            posting.source,
            posting.get_mode_display(),
        )


def statement_of(share: Share) -> list[StatementLine]:
    """What was asked of a share and what came of it, in the order of booking."""
    balance = share.due
    lines = [StatementLine(share.fee.raised_at, "fee", share.due, balance)]
    postings = share.postings.filter(mode=share.fee.mode).prefetch_related("entries")
    for posting in postings.order_by("recorded_at", "key"):
        moved = sum(
            leg.amount_minor
            for leg in posting.entries.all()
            if leg.account in (Account.STRIPE_CLEARING, Account.BANK_CLEARING)
        )
        lessened = sum(
            leg.amount_minor
            for leg in posting.entries.all()
            if leg.account in (Account.WAIVED, Account.FEE_INCOME)
        )
        amount = Money(-(moved + lessened), share.currency_id)
        balance = balance + amount
        lines.append(StatementLine(posting.recorded_at, posting.kind, amount, balance))
    return lines


def altered_months() -> Iterator[MonthClose]:
    """Closed months whose figures are no longer what they were."""
    for closed in MonthClose.objects.all():
        now = [
            line.figures() for line in trial_balance(Mode(closed.mode), closed.month)
        ]
        if now != closed.figures:
            yield closed
