"""The books of a month, by the day of booking: trial balance, journal, statements."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TypeAlias

from django.db.models import Q, Sum
from django.utils import timezone

from marketplace.money import Money
from payments.models import LedgerEntry, LedgerTransaction, MonthClose, Share
from payments.models.ledger import Account
from payments.modes import Mode

# (account, currency) → what it stands at, and what moved it: (debit, credit).
Balances: TypeAlias = dict[tuple[str, str], int]
Movements: TypeAlias = dict[tuple[str, str], tuple[int, int]]
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
    """Every account that has moved by the end of the month, by currency.

    What it opens with is counted from the latest month that was closed before it:
    closed figures stay, and `altered_months` counts them again from the beginning.
    """
    begin, end = bounds_of(month)
    balances, since = _closed_before(mode, month)
    opening = _added(balances, _moved(mode, since, begin))
    return _lines(opening, _moved(mode, begin, end))


def _closed_before(mode: Mode, month: date) -> tuple[Balances, datetime | None]:
    """What each account stood at when a month was last closed, and since when."""
    earlier = MonthClose.objects.filter(mode=mode, month__lt=month.replace(day=1))
    closed = earlier.order_by("-month").first()
    if closed is None:
        return {}, None
    balances = {
        (account, currency): opening + debit - credit
        for account, currency, opening, debit, credit in closed.figures
    }
    return balances, bounds_of(closed.month)[1]


def _moved(mode: Mode, since: datetime | None, until: datetime) -> Movements:
    """(debit, credit) of each account between two moments, credits negative."""
    entries = LedgerEntry.objects.filter(
        transaction__mode=mode, transaction__recorded_at__lt=until
    )
    if since is not None:
        entries = entries.filter(transaction__recorded_at__gte=since)
    rows = (
        entries.order_by()
        .values_list("account", "currency_id")
        .annotate(
            debit=Sum("amount_minor", filter=Q(amount_minor__gt=0), default=0),
            credit=Sum("amount_minor", filter=Q(amount_minor__lt=0), default=0),
        )
    )
    return {(account, code): (debit, credit) for account, code, debit, credit in rows}


def _added(balances: Balances, moved: Movements) -> Balances:
    sums = {key: debit + credit for key, (debit, credit) in moved.items()}
    keys = {*balances, *sums}
    return {key: balances.get(key, 0) + sums.get(key, 0) for key in keys}


def _lines(opening: Balances, moved: Movements) -> list[TrialLine]:
    order = list(Account.values)
    keys = sorted({*opening, *moved}, key=lambda key: (key[1], order.index(key[0])))
    lines = []
    for account, currency in keys:
        debit, credit = moved.get((account, currency), (0, 0))
        amounts = (opening.get((account, currency), 0), debit, -credit)
        lines.append(TrialLine(account, *(Money(each, currency) for each in amounts)))
    return lines


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
    """Closed months whose figures are no longer what they were, counted anew."""
    closes = MonthClose.objects.order_by("mode", "month")
    for mode, months in groupby(closes, key=lambda closed: closed.mode):
        balances: Balances = {}
        since: datetime | None = None
        for closed in months:
            begin, end = bounds_of(closed.month)
            opening = _added(balances, _moved(Mode(mode), since, begin))
            moved = _moved(Mode(mode), begin, end)
            if [line.figures() for line in _lines(opening, moved)] != closed.figures:
                yield closed
            balances, since = _added(opening, moved), end
