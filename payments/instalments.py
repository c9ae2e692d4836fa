"""A share in parts, one a month: what each is, and what is to be paid now; pure."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from marketplace.money import Money


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a share; `open` is what of it is not covered yet."""

    number: int
    due_on: date
    amount: Money
    open: Money


def instalments(
    due: Money, open_now: Money, *, count: int, first_on: date
) -> list[Instalment]:
    """The parts of a share by largest remainder, filled from the first on.

    What came in or was waived covers the earliest parts; the sum of `open` is
    `open_now` wherever that is no more than `due`.
    """
    return list(_parts(due, open_now, count, first_on))


def _parts(
    due: Money, open_now: Money, count: int, first_on: date
) -> Iterator[Instalment]:
    covered = max(due.minor - open_now.minor, 0)
    for number, part in enumerate(due.split([1] * count)):
        taken = min(part.minor, covered)
        covered -= taken
        yield Instalment(
            number=number + 1,
            due_on=_months_later(first_on, number),
            amount=part,
            open=Money(part.minor - taken, part.currency),
        )


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def payable_now(parts: list[Instalment]) -> Money:
    """The earliest part that is not covered, or nothing of the last."""
    return next((part.open for part in parts if part.open.minor), parts[-1].open)
