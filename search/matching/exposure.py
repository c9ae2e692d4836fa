"""Who is seldom shown moves up a little, below the first places of a list.

Pure. R'_j = R_j + λ · clip((target - e_j) / target, -1, 1) + μ · (share - shown), R
scaled to 0 … 1 over the list; e_j is the sum of 1 / log2(1 + place) over what was shown
(Singh, Joachims: "Fairness of Exposure in Rankings", 2018). The first places keep the
plain order: they carry most of a list's worth, and whoever is seldom seen is helped as
much by the fifth.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from math import log2
from typing import Any, Generic, TypeVar

SPARED = 4
BONUS = 0.35
"""λ, set by hand on simulated lists."""
EVENING = 6.0
"""μ, set by hand on simulated lists."""
MOST_LOST = 0.03
"""The part of a page's discounted score that sharing out may cost."""
LOOKED_AT = 5
"""How many times a page's length is looked through for whom to move up."""
Name = TypeVar("Name", bound=Hashable)


def weight_of(place: int) -> float:
    """What standing at a place (from 1) is worth in attention."""
    return 1 / log2(1 + place)


def reordered(
    ranking: Sequence[tuple[Name, float]],
    exposure: Mapping[Name, float],
    target: float,
    length: int,
    groups: Mapping[Name, str] | None = None,
) -> list[Name]:
    """The page of ``length`` with those seldom shown moved up below the spared places.

    With ``groups`` the attention of the page is also shared out as the groups share
    the whole list.
    """
    window = ranking[: LOOKED_AT * length]
    spared, rest = window[:SPARED], window[SPARED:]
    is_even = groups is None or len(set(groups.values())) < 2
    if not rest or (target <= 0 and is_even):
        return [name for name, _ in window[:length]]
    scores = [score for _, score in window]
    low, spread = min(scores), max(scores) - min(scores) or 1.0
    lifted: dict[Name, float] = {
        name: (score - low) / spread
        + (BONUS * _seldom(exposure.get(name, 0.0), target) if target > 0 else 0.0)
        for name, score in rest
    }
    first = [name for name, _ in spared]
    if is_even or groups is None:
        moved = sorted(lifted, key=lambda name: _best_first(lifted[name], name))
        return [*first, *moved][:length]
    sharing = _Sharing(groups, _shares(ranking, groups), dict(window), length)
    return sharing.fill(first, lifted)


def _shares(
    ranking: Sequence[tuple[Name, float]], groups: Mapping[Name, str]
) -> dict[str, float]:
    """The part of the whole list that is each group's."""
    counts = Counter(groups[name] for name, _ in ranking)
    return {group: count / len(ranking) for group, count in counts.items()}


class _Sharing(Generic[Name]):
    """Fills a page place by place: by score, and by what each group still lacks."""

    def __init__(
        self,
        groups: Mapping[Name, str],
        shares: Mapping[str, float],
        scores: Mapping[Name, float],
        length: int,
    ) -> None:
        self.groups, self.shares, self.scores = groups, shares, scores
        self.length = length
        self.plain = sorted(scores.values(), reverse=True)[:length]
        self.budget = MOST_LOST * sum(
            score * weight_of(place) for place, score in enumerate(self.plain, 1)
        )

    def fill(self, page: list[Name], lifted: dict[Name, float]) -> list[Name]:
        """``page`` holds the spared places; ``lifted`` who may follow, and their worth."""
        seen: dict[str, float] = defaultdict(float)
        for place, name in enumerate(page, 1):
            seen[self.groups[name]] += weight_of(place)
        while len(page) < self.length and lifted:
            name = self._next(len(page) + 1, lifted, seen)
            del lifted[name]
            page.append(name)
            seen[self.groups[name]] += weight_of(len(page))
        return page[: self.length]

    def _next(
        self, place: int, lifted: Mapping[Name, float], seen: Mapping[str, float]
    ) -> Name:
        whole = sum(seen.values())
        lack = {
            group: share - seen.get(group, 0.0) / whole
            for group, share in self.shares.items()
        }
        worth = {
            name: value + EVENING * lack[self.groups[name]]
            for name, value in lifted.items()
        }
        best = min(worth, key=lambda name: _best_first(worth[name], name))
        cost = (self.plain[place - 1] - self.scores[best]) * weight_of(place)
        if cost > self.budget:  # then the next by score alone
            best = min(lifted, key=lambda name: _best_first(self.scores[name], name))
            cost = (self.plain[place - 1] - self.scores[best]) * weight_of(place)
        self.budget -= cost
        return best


def _best_first(value: float, name: Any) -> tuple[float, Any]:
    return -value, name


def _seldom(exposure: float, target: float) -> float:
    return max(-1.0, min(1.0, (target - exposure) / target))


def gini(values: Sequence[float]) -> float:
    """sum((2i - n - 1) x_i) / (n sum x) over ascending x; 0 where nothing is shown."""
    ordered, count = sorted(values), len(values)
    total = sum(ordered)
    if not total:
        return 0.0
    return sum(
        (2 * place - count - 1) * value for place, value in enumerate(ordered, 1)
    ) / (count * total)
