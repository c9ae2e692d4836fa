"""How long contact lasts, when much of it has not ended yet (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, log, sqrt

Z95 = 1.959963984540054  # the 97.5 % point of the standard normal


@dataclass(frozen=True, slots=True)
class Spell:
    """One contact: how many days it was watched, and whether it was lost at their end.

    Not lost means that it went on when the watching stopped (censored).
    """

    days: int
    lost: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What is left of contacts from this day on, with a 95 % interval, in parts of one."""

    day: int
    at_risk: int
    lost: int
    survival: float
    error: float
    low: float
    high: float


def kaplan_meier(spells: Iterable[Spell]) -> tuple[Step, ...]:
    """The product-limit estimate, one step for each day on which a contact was lost.

    Kaplan and Meier, "Nonparametric estimation from incomplete observations", JASA 53
    (1958). The error is Greenwood's; the interval is taken on the scale of
    log(-log S), so that it stays within nought and one (Kalbfleisch and Prentice, "The
    Statistical Analysis of Failure Time Data", 2nd ed., 1.4). Contacts that stop being
    watched on the day of a loss still count as at risk on it.
    """
    rows = list(spells)
    steps: list[Step] = []
    survival, spread = 1.0, 0.0
    for day in sorted({row.days for row in rows if row.lost}):
        at_risk = sum(row.days >= day for row in rows)
        lost = sum(row.days == day and row.lost for row in rows)
        survival *= 1 - lost / at_risk
        if at_risk > lost:
            spread += lost / (at_risk * (at_risk - lost))
        low, high = _interval(survival, spread)
        error = survival * sqrt(spread)
        steps.append(Step(day, at_risk, lost, survival, error, low, high))
    return tuple(steps)


def _interval(survival: float, spread: float) -> tuple[float, float]:
    """Both ends of the interval; `spread` is Greenwood's sum. At nought there is none."""
    if survival <= 0:
        return 0.0, 0.0
    width = Z95 * sqrt(spread) / abs(log(survival))
    return survival ** exp(width), survival ** exp(-width)


def spell_of(
    since: date, heard_on: Sequence[date], until: date, *, silence: timedelta
) -> Spell:
    """A contact since its first day: lost once nothing was heard for so long.

    `until` is today, or the day on which all ended it together, which is no loss. What
    is heard after a loss begins no second contact.
    """
    last = since
    for day in sorted(day for day in heard_on if since <= day <= until):
        if day - last > silence:
            break
        last = day
    lost_on = last + silence
    if lost_on < until:
        return Spell((lost_on - since).days, lost=True)
    return Spell((until - since).days, lost=False)
