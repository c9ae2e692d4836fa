"""The books at a glance, for finance: balances, what is open, what is overdue."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from payments import books, ledger
from payments.instalments import Instalment, instalments
from payments.models import Fee
from payments.models.ledger import Account
from payments.modes import Mode
from payments.standing import ShareTotals, share_standing

# Whole days after the day on which an instalment was due.
LATE = (0, 30, 60, 90)
AGES = (
    _("not yet due"),
    _("up to 30 days late"),
    _("31 to 60 days late"),
    _("61 to 90 days late"),
    _("more than 90 days late"),
)


@dataclass(frozen=True, slots=True)
class Balance:
    """The sum of one account in one currency; a debit is positive."""

    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Fees of one currency that wait to be settled, and how much of them is open.

    `ages`: what is open by how late it is, one amount for each of `AGES`.
    """

    currency: str
    fees: int
    open: Money
    overdue_fees: int
    ages: tuple[Money, ...]


def balances(mode: Mode) -> list[Balance]:
    """Every account that moved, by currency; `sums` of it must be zero."""
    order = list(Account.values)
    found = books.balances(mode)
    return [
        Balance(str(Account(account).label), Money(found[account, currency], currency))
        for account, currency in sorted(
            found, key=lambda key: (key[1], order.index(key[0]))
        )
    ]


def sums(lines: Iterable[Balance]) -> list[Money]:
    """One sum a currency over all accounts: zero, or the ledger is broken."""
    found: dict[str, Money] = {}
    for line in lines:
        nothing = Money(0, line.amount.currency)
        found[line.amount.currency] = (
            found.get(line.amount.currency, nothing) + line.amount
        )
    return list(found.values())


def outstanding(mode: Mode) -> list[Outstanding]:
    """What the programme still waits for, by currency and by how late it is."""
    fees = list(Fee.objects.unsettled().filter(mode=mode).prefetch_related("shares"))
    by_share = ledger.sums_by_share(*fees)
    today = timezone.localdate()
    lines = []
    for currency in sorted({fee.currency_id for fee in fees}):
        own = [fee for fee in fees if fee.currency_id == currency]
        ages = [0] * len(AGES)
        for fee in own:
            for part in _parts(fee, by_share):
                ages[age_of(part.due_on, today)] += part.open.minor
        lines.append(
            Outstanding(
                currency,
                len(own),
                Money(sum(ages), currency),
                sum(fee.due_on < today for fee in own),
                tuple(Money(minor, currency) for minor in ages),
            )
        )
    return lines


def age_of(due_on: date, today: date) -> int:
    """The place among `AGES` of what was due on a day; on the day itself none is late."""
    return bisect_left(LATE, (today - due_on).days)


def _parts(fee: Fee, by_share: dict[int, dict[str, int]]) -> Iterator[Instalment]:
    """Each instalment of each share, with what of it is open."""
    for share in fee.shares.all():
        totals = ShareTotals.of_accounts(by_share.get(share.pk, {}))
        still = Money(
            share_standing(share.due_minor, totals).open_minor, share.currency_id
        )
        yield from instalments(
            share.due, still, count=share.instalments, first_on=fee.due_on
        )
