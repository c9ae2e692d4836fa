"""The books at a glance, for finance: balances, what is open, what is overdue."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from marketplace.money import Money
from payments import books, ledger
from payments.models import Fee
from payments.models.ledger import Account
from payments.modes import Mode
from payments.standing import ShareTotals, share_standing


@dataclass(frozen=True, slots=True)
class Balance:
    """The sum of one account in one currency; a debit is positive."""

    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Outstanding:
    """Fees of one currency that wait to be settled, and how much of them is open."""

    currency: str
    fees: int
    open: Money
    overdue_fees: int
    overdue: Money


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
    """What the programme still waits for, by currency."""
    fees = list(Fee.objects.unsettled().filter(mode=mode).prefetch_related("shares"))
    by_share = ledger.sums_by_share(*fees)
    today = timezone.localdate()
    lines = []
    for currency in sorted({fee.currency_id for fee in fees}):
        opened = [
            (fee, _open_of(fee, by_share))
            for fee in fees
            if fee.currency_id == currency
        ]
        late = [(fee, minor) for fee, minor in opened if fee.due_on < today]
        lines.append(
            Outstanding(
                currency,
                len(opened),
                Money(sum(minor for _fee, minor in opened), currency),
                len(late),
                Money(sum(minor for _fee, minor in late), currency),
            )
        )
    return lines


def _open_of(fee: Fee, by_share: dict[int, dict[str, int]]) -> int:
    return sum(
        share_standing(
            share.due_minor, ShareTotals.of_accounts(by_share.get(share.pk, {}))
        ).open_minor
        for share in fee.shares.all()
    )
