"""Retrieval metrics over the grades of a ranking, best place first.

Grade 1 and above is relevant, the gain of a grade is 2^grade - 1. Definitions as in
Manning, Raghavan, Schütze: "Introduction to Information Retrieval", chapter 8, and
Järvelin, Kekäläinen: "Cumulated gain-based evaluation of IR techniques", 2002.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from math import log2


def grades_in_order(
    ranking: Iterable[tuple[str, float]], judged: Mapping[str, int]
) -> list[int]:
    """The grades of a ranking of (id, score), best first; ties count against us.

    Among neighbours of equal score the relevant ones are taken to come last.
    """
    return [
        grade
        for _, tied in groupby(ranking, key=lambda item: item[1])
        for grade in sorted(judged.get(name, 0) for name, _ in tied)
    ]


def reciprocal_rank(grades: Sequence[int], cut: int) -> float:
    """One over the place of the first relevant item, 0 beyond the cut."""
    return next(
        (1 / place for place, grade in enumerate(grades[:cut], 1) if grade >= 1), 0.0
    )


def recall(grades: Sequence[int], judged: Iterable[int], cut: int) -> float:
    """The share of all relevant items that stand before the cut."""
    relevant = sum(grade >= 1 for grade in judged)
    return sum(grade >= 1 for grade in grades[:cut]) / relevant if relevant else 0.0


def ndcg(grades: Sequence[int], judged: Iterable[int], cut: int) -> float:
    """Discounted gain before the cut as a share of the best possible."""
    best = _discounted(sorted(judged, reverse=True)[:cut])
    return _discounted(grades[:cut]) / best if best else 0.0


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least ``share`` of all do not exceed; 0 for none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    place = max(0, -int(-share * len(ordered) // 1) - 1)
    return ordered[min(place, len(ordered) - 1)]


def mean(values: Sequence[float]) -> float:
    """The arithmetic mean, 0 of nothing."""
    return sum(values) / len(values) if values else 0.0


def _discounted(grades: Sequence[int]) -> float:
    return sum(
        (2 ** max(grade, 0) - 1) / log2(place + 1)
        for place, grade in enumerate(grades, 1)
    )
