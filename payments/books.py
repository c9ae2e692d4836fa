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
    month = month.replace(day=1)
    opening, closed = _closed_before(mode, month)
    moved = _moved(mode, after=closed, until=month)
    this = moved.pop(month, {})
    for earlier in moved.values():
        opening = _added(opening, earlier)
    return _lines(opening, this)


def balances(mode: Mode) -> Balances:
    """What every account stands at, of all that was ever booked."""
    found: Balances = {}
    for moved in _moved(mode).values():
        found = _added(found, moved)
    return found


def _closed_before(mode: Mode, month: date) -> tuple[Balances, date | None]:
    """What each account stood at when a month was last closed, and which it was."""
    earlier = MonthClose.objects.filter(mode=mode, month__lt=month)
    closed = earlier.order_by("-month").first()
    if closed is None:
        return {}, None
    found = {
        (account, currency): opening + debit - credit
        for account, currency, opening, debit, credit in closed.figures
    }
    return found, closed.month


def _moved(
    mode: Mode, *, after: date | None = None, until: date | None = None
) -> dict[date, Movements]:
    """Month → (debit, credit) of each account in it, credits negative; by months.

    Grouped as the index `entry_of_period` lies, and read from it alone.
    """
    entries = LedgerEntry.objects.filter(mode=mode)
    if after is not None:
        entries = entries.filter(period__gt=after)
    if until is not None:
        entries = entries.filter(period__lte=until)
    rows = (
        entries.order_by("period", "account", "currency_id")
        .values_list("period", "account", "currency_id")
        .annotate(
            debit=Sum("amount_minor", filter=Q(amount_minor__gt=0), default=0),
            credit=Sum("amount_minor", filter=Q(amount_minor__lt=0), default=0),
        )
    )
    found: dict[date, Movements] = {}
    for period, account, code, debit, credit in rows:
        found.setdefault(period, {})[account, code] = (debit, credit)
    return found


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
    """Every leg booked in the month, as rows of a spreadsheet; ids, never names.

    Values, not rows of the models: of a busy month they are a hundred thousand.
    """
    yield JOURNAL_HEADER
    label = mode.label
    legs = (
        LedgerEntry.objects.filter(mode=mode, period=month.replace(day=1))
        .order_by("transaction__recorded_at", "transaction__key", "pk")
        .values_list(
            "transaction__recorded_at",
            "transaction__occurred_at",
            "transaction__key",
            "transaction__kind",
            "account",
            "amount_minor",
            "currency_id",
            "transaction__fee__public_id",
            "transaction__share__public_id",
            "transaction__source",
        )
    )
    for booked, happened, *what, minor, code, fee, share, source in legs.iterator(
        chunk_size=2_000
    ):
        amount = Money(abs(minor), code).amount
        yield (
            booked.isoformat(timespec="seconds"),
            happened.isoformat(timespec="seconds"),
            *what,
            amount if minor > 0 else "",
            amount if minor < 0 else "",
            code,
            fee or "",
            share or "",
            source,
            label,
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
        opening: Balances = {}
        moved = _moved(Mode(mode))
        for closed in months:
            for earlier in [month for month in moved if month < closed.month]:
                opening = _added(opening, moved.pop(earlier))
            lines = _lines(opening, moved.get(closed.month, {}))
            if [line.figures() for line in lines] != closed.figures:
                yield closed
