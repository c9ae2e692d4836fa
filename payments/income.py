"""What the programme charged, gave up and sent back, by month; postings alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Count, Q, QuerySet, Sum

from marketplace.money import Money
from marketplace.organisations.models import Side
from payments.models import LedgerEntry, LedgerTransaction
from payments.models.ledger import Account
from payments.modes import Mode

MONTHS = 12
FEWEST_PAYERS = 5
SENT_BACK = (Account.REFUNDS, Account.DISPUTES)
PAID_IN = Q(
    account__in=[Account.STRIPE_CLEARING, Account.BANK_CLEARING],
    transaction__kind__in=[
        LedgerTransaction.Kind.CHARGE,
        LedgerTransaction.Kind.TRANSFER,
    ],
)
GIVEN_UP = Q(account=Account.WAIVED)
OF_FEES = Q(account__in=[Account.FEE_INCOME, Account.WAIVED]) | Q(
    account__in=SENT_BACK, transaction__fee__isnull=False
)


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month in one currency, by the day of booking."""

    month: date
    charged: Money
    waived: Money
    sent_back: Money


@dataclass(frozen=True, slots=True)
class SideFigures:
    """One side's payments and waivers; None where too few payers stand behind it."""

    label: str
    received: Money | None
    waived: Money | None


@dataclass(frozen=True, slots=True)
class HalfYear:
    """Six months that are over, `first` to the last before `end`.

    Periods never overlap, so that no two of them can be subtracted.
    """

    first: date
    end: date


def months_until(today: date) -> list[date]:
    """The first days of the last twelve months, this one included."""
    last = today.year * 12 + today.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]


def by_month(mode: Mode, today: date) -> dict[str, list[MonthFigures]]:
    """Currency → its twelve months; a currency that did not move is left out."""
    months = months_until(today)
    rows = (
        _booked(mode, months[0], today)
        .filter(OF_FEES)
        .order_by()
        .values_list("currency_id", "period", "account")
        .annotate(Sum("amount_minor"))
    )
    sums: dict[str, dict[tuple[date, str], int]] = {}
    for currency, month, account, total in rows:
        sums.setdefault(currency, {})[month, account] = total
    return {
        currency: [_figures(found, month, currency) for month in months]
        for currency, found in sorted(sums.items())
    }


def _booked(mode: Mode, first: date, last: date) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(mode=mode, period__gte=first, period__lte=last)


def _figures(
    sums: Mapping[tuple[date, str], int], month: date, currency: str
) -> MonthFigures:
    back = sum(sums.get((month, account), 0) for account in SENT_BACK)
    return MonthFigures(
        month,
        charged=Money(-sums.get((month, Account.FEE_INCOME), 0), currency),
        waived=Money(sums.get((month, Account.WAIVED), 0), currency),
        sent_back=Money(back, currency),
    )


def last_half_year(today: date) -> HalfYear:
    """The latest January to June, or July to December, that is over."""
    starts = [date(today.year - 1, 1, 1), date(today.year - 1, 7, 1)]
    starts += [date(today.year, 1, 1), date(today.year, 7, 1)]
    over = [(first, end) for first, end in pairwise(starts) if end <= today]
    return HalfYear(*over[-1])


def by_side(mode: Mode, half_year: HalfYear) -> dict[str, list[SideFigures]]:
    """Currency → what each side paid and was waived, small numbers withheld."""
    received = _sums_by_side(mode, half_year, PAID_IN)
    waived = _sums_by_side(mode, half_year, GIVEN_UP)
    return {
        currency: [
            SideFigures(
                str(Side(side).label),
                received.get(currency, {}).get(side),
                waived.get(currency, {}).get(side),
            )
            for side in Side.values
        ]
        for currency in sorted({*received, *waived})
    }


def _sums_by_side(
    mode: Mode, half_year: HalfYear, postings: Q
) -> dict[str, dict[str, Money]]:
    side = "transaction__share__party__organisation__side"
    rows = (
        LedgerEntry.objects.filter(
            postings,
            mode=mode,
            period__gte=half_year.first,
            period__lt=half_year.end,
            transaction__share__isnull=False,
        )
        .order_by()
        .values_list("currency_id", side)
        .annotate(
            Sum("amount_minor"),
            Count("transaction__share__party__organisation", distinct=True),
        )
    )
    sums: dict[str, dict[str, Money]] = {}
    payers: dict[str, dict[str, int]] = {}
    for currency, of_side, total, count in rows:
        sums.setdefault(currency, {})[of_side] = Money(total, currency)
        payers.setdefault(currency, dict.fromkeys(Side.values, 0))[of_side] = count
    return {
        currency: {
            of_side: amount
            for of_side, amount in found.items()
            if of_side not in withheld(payers[currency])
        }
        for currency, found in sums.items()
    }


def withheld(payers: Mapping[str, int]) -> set[str]:
    """The cells that are not shown, given how many payers stand behind each.

    Those with fewer than five; and of the others the smallest, until the cells that
    are hidden together are two or more with five payers: the sum of the whole
    column is known, and a lone hidden cell could be worked out from it.
    """
    rising = sorted(payers, key=lambda cell: (payers[cell], cell))
    hidden = {cell for cell in rising if payers[cell] < FEWEST_PAYERS}
    for cell in rising:
        enough = sum(payers[each] for each in hidden) >= FEWEST_PAYERS
        if not hidden or (len(hidden) > 1 and enough):
            break
        hidden.add(cell)
    return hidden
