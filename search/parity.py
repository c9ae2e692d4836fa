"""How evenly the parts of the market were seen in a week, from the raw logs alone.

Staff read it and `manage.py exposure_report` prints the same. Shares by side stand for
the programme as a whole; no listing and nobody is named.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from marketplace.listings.models import Listing
from marketplace.organisations.models import Side
from search.matching.attention import attention
from search.matching.exposure import gini
from search.models import MatchRun

WITHIN = 0.1
"""A side's part of the attention stays so near to its part of what could be shown."""
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SideShares:
    """One side's part, 0 to 1, at each stage; ``eligible`` counts listings once."""

    side: str
    eligible: float
    candidates: float
    ranked: float
    shown: float

    @property
    def label(self) -> str:
        return str(Side(self.side).label)

    @property
    def is_within(self) -> bool:
        return abs(self.shown - self.eligible) <= WITHIN


@dataclass(frozen=True, slots=True)
class WeekOfExposure:
    """Seven days from a Monday on; ``listings`` could be shown, of which some never were."""

    monday: date
    sides: tuple[SideShares, ...]
    listings: int
    never_shown: float
    gini: float

    @property
    def is_empty(self) -> bool:
        return not self.listings

    def figures(self) -> dict[str, object]:
        """As the command prints them."""
        figures: dict[str, object] = {"week": self.monday.isoformat()}
        for row in self.sides:
            for name in ("eligible", "candidates", "ranked", "shown"):
                figures[f"{row.side}.{name}"] = round(getattr(row, name), 4)
        return figures | {
            "listings": self.listings,
            "never_shown": round(self.never_shown, 4),
            "gini": round(self.gini, 4),
        }


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(day: date) -> WeekOfExposure:
    """The figures of the week a day lies in."""
    monday = monday_of(day)
    candidates: Counter[int] = Counter()
    ranked: Counter[int] = Counter()
    runs = MatchRun.objects.filter(
        happened_on__gte=monday, happened_on__lt=monday + WEEK
    )
    for named, passed in runs.values_list("candidates", "ranked").iterator():
        candidates.update(named)
        ranked.update(passed)
    shown = attention(monday, monday + WEEK)
    eligible = {*ranked, *shown}
    sides = _sides_of({*candidates, *eligible})
    parts = [
        _shares(weights, sides)
        for weights in (dict.fromkeys(eligible, 1), candidates, ranked, shown)
    ]
    present = [side for side in Side.values if any(part.get(side) for part in parts)]
    seen = [shown.get(pk, 0.0) for pk in eligible]
    return WeekOfExposure(
        monday=monday,
        sides=tuple(
            SideShares(side, *(part.get(side, 0.0) for part in parts))
            for side in present
        ),
        listings=len(eligible),
        never_shown=seen.count(0.0) / len(seen) if seen else 0.0,
        gini=gini(seen),
    )


def weeks_before(day: date, count: int) -> list[WeekOfExposure]:
    """That week and those before it, newest first."""
    return [week_of(day - number * WEEK) for number in range(count)]


def _sides_of(listings: Iterable[int]) -> dict[int, str]:
    wanted = sorted(listings)
    found: dict[int, str] = {}
    for start in range(0, len(wanted), 1_000):  # SQLite bounds a query's parameters
        rows = Listing.objects.filter(pk__in=wanted[start : start + 1_000])
        found |= dict(rows.values_list("pk", "organisation__side"))
    return found


def _shares(weights: Mapping[int, float], sides: Mapping[int, str]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for pk, weight in weights.items():
        if pk in sides:
            sums[sides[pk]] = sums.get(sides[pk], 0.0) + weight
    whole = sum(sums.values())
    return {side: value / whole for side, value in sums.items()} if whole else {}
