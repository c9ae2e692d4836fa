"""Who is seldom shown moves up, below the first places of a list.

Pure. R'_j = R_j + λ · clip((target - e_j) / target, -1, 1) + μ · (share - shown), R
scaled to 0 … 1 over the list; e_j is the sum of 1 / log2(1 + place) over what was shown
(Singh, Joachims: "Fairness of Exposure in Rankings", 2018). λ grows with how unevenly
those on the list were seen: where they were seen evenly, nothing is paid for it. The
first places keep the plain order: they carry most of a list's worth. The last ones are
kept for the best of those seldom shown: there a place costs least, and being seen at all
is what they lack.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from math import log2
from typing import Any, Generic, TypeVar

SPARED = 2
BONUS = 0.3
"""λ where attention is uneven."""
EVEN, UNEVEN = 0.45, 0.55
"""Gini coefficients of the list's attention: up to the first λ is 0, from the second on
it is whole."""
TAIL = 0.2
"""The part of a page, its end, that is kept for those seldom shown."""
SELDOM = 0.3
"""Seldom shown is who had less than this part of the target."""
EVENING = 6.0
"""μ, set by hand on simulated lists."""
MOST_LOST = 0.03
"""The part of a page's discounted score that sharing out may cost."""
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
    spared, rest = ranking[:SPARED], ranking[SPARED:]
    is_even = groups is None or len(set(groups.values())) < 2
    if not rest or (target <= 0 and is_even):
        return [name for name, _ in ranking[:length]]
    lifted = _lifted(ranking, exposure, target)
    first = [name for name, _ in spared]
    seldom = {
        name for name, _ in rest if exposure.get(name, 0.0) < SELDOM * max(target, 0.0)
    }
    bound = length - round(TAIL * length)
    if is_even or groups is None:
        return _filled(first, lifted, seldom, bound, length)
    sharing = _Sharing(groups, _shares(ranking, groups), dict(ranking), length)
    return sharing.fill(first, lifted, seldom, bound)


def _lifted(
    ranking: Sequence[tuple[Name, float]], exposure: Mapping[Name, float], target: float
) -> dict[Name, float]:
    """What those below the spared places are worth: scaled score and bonus."""
    scores = [score for _, score in ranking]
    low, spread = min(scores), max(scores) - min(scores) or 1.0
    bonus = _bonus([exposure.get(name, 0.0) for name, _ in ranking], target)
    return {
        name: (score - low) / spread
        + (bonus and bonus * _seldom(exposure.get(name, 0.0), target))
        for name, score in ranking[SPARED:]
    }


def _bonus(attention: Sequence[float], target: float) -> float:
    """λ for a list whose listings had so much attention each."""
    if target <= 0:
        return 0.0
    unevenness = (gini(attention) - EVEN) / (UNEVEN - EVEN)
    return BONUS * max(0.0, min(1.0, unevenness))


def _filled(
    first: list[Name],
    lifted: Mapping[Name, float],
    seldom: Collection[Name],
    bound: int,
    length: int,
) -> list[Name]:
    """By worth up to the bound, then those seldom shown before all others."""
    moved = sorted(lifted, key=lambda name: _best_first(lifted[name], name))
    place = max(0, bound - len(first))
    tail = sorted(moved[place:], key=lambda name: name not in seldom)
    return [*first, *moved[:place], *tail][:length]


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
        self.page: list[Name] = []
        self.seen: dict[str, float] = defaultdict(float)
        self.plain = sorted(scores.values(), reverse=True)[:length]
        self.budget = MOST_LOST * sum(
            score * weight_of(place) for place, score in enumerate(self.plain, 1)
        )

    def fill(
        self,
        first: Sequence[Name],
        lifted: Mapping[Name, float],
        seldom: Collection[Name],
        bound: int,
    ) -> list[Name]:
        """``first`` hold the spared places, ``lifted`` may follow, with their worth.

        Up to the bound by worth, within the budget; then those seldom shown.
        """
        for name in first[: self.length]:
            self._put(name)
        self._take(lifted, bound, is_bound=True)
        left = {n: value for n, value in lifted.items() if n not in self.page}
        tail = {n: value for n, value in left.items() if n in seldom}
        self._take(tail, self.length, is_bound=False)
        left = {n: value for n, value in left.items() if n not in self.page}
        self._take(left, self.length, is_bound=True)
        return self.page

    def _put(self, name: Name) -> None:
        self.page.append(name)
        self.seen[self.groups[name]] += weight_of(len(self.page))

    def _take(self, worth: Mapping[Name, float], until: int, *, is_bound: bool) -> None:
        """Fills places from these, until so many are filled."""
        by_score = _queue(worth, self.scores)
        queues: dict[str, deque[Name]] = defaultdict(deque)
        for name in _queue(worth, worth):
            queues[self.groups[name]].append(name)
        while len(self.page) < until and by_score:
            name = self._best(queues, worth)
            cost = self._cost_of(name)
            if is_bound and cost > self.budget:  # then the next by score alone
                name = by_score[0]
                cost = self._cost_of(name)
            if is_bound:
                self.budget -= cost
            by_score.remove(name)
            queues[self.groups[name]].remove(name)
            self._put(name)

    def _best(
        self, queues: Mapping[str, deque[Name]], worth: Mapping[Name, float]
    ) -> Name:
        """The best of the group heads, by worth and what its group lacks."""
        whole = sum(self.seen.values()) or 1.0
        heads = {queue[0]: group for group, queue in queues.items() if queue}
        lacking = {
            name: worth[name]
            + EVENING * (self.shares[group] - self.seen[group] / whole)
            for name, group in heads.items()
        }
        return min(lacking, key=lambda name: _best_first(lacking[name], name))

    def _cost_of(self, name: Name) -> float:
        """What standing at the next place costs beside the order by points."""
        place = len(self.page) + 1
        return (self.plain[place - 1] - self.scores[name]) * weight_of(place)


def _queue(names: Iterable[Name], by: Mapping[Name, float]) -> deque[Name]:
    return deque(sorted(names, key=lambda name: _best_first(by[name], name)))


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
