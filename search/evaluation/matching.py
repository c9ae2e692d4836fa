"""Figures of matching: recall, gain, first places, reciprocity, and who is shown."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random

from marketplace.progress import Progress
from search.matching.exposure import gini, reordered, weight_of

from .metrics import grades_in_order, mean, ndcg, recall, reciprocal_rank
from .parties import Parties
from .pools import Grades, MatchingInput
from .rankings import Ranking, Rankings, rankings_of
from .start_weights import NO_MATCH
from .teaching import judge_of

CUTS = (10, 50, 100)
PAGE = 10
ROUNDS = 3
Figures = dict[str, float | int | str]


def evaluate_matching(
    given: MatchingInput, parties: Parties, progress: Progress
) -> Figures:
    """Ranks every pool in both directions; returns the figures by name."""
    judged, outside = _within_pools(given)
    judge = judge_of(given, parties, progress)
    rankings = rankings_of(given, parties, judge, progress)
    turned = _turned(judged)
    return {
        "engine": "embedded",
        "listings": sum(not entry.is_mandate for entry in given.entries.values()),
        "mandates": sum(entry.is_mandate for entry in given.entries.values()),
        "weights": "learned" if given.learn else "start",
        "judgements": sum(map(len, judged.values())),
        "judgements_outside_pool": outside,
        "unknown_ids": given.unknown,
        **figures_of("forward", rankings.forward, judged),
        **figures_of("backward", rankings.backward, turned),
        **figures_of("one_sided.forward", rankings.forward_one_sided, judged),
        **figures_of("one_sided.backward", rankings.backward_one_sided, turned),
        **_exposure_figures(given, rankings, judged),
    }


def _within_pools(given: MatchingInput) -> tuple[Grades, int]:
    """The judgements whose pair is ranked, and how many are not."""
    judged: Grades = defaultdict(dict)
    outside = 0
    for left, grades in given.judged.items():
        for right, grade in grades.items():
            if given.may_meet(left, right):
                judged[left][right] = grade
            else:
                outside += 1
    return dict(judged), outside


def _turned(judged: Grades) -> Grades:
    turned: Grades = defaultdict(dict)
    for left, grades in judged.items():
        for right, grade in grades.items():
            turned[right][left] = grade
    return turned


def figures_of(
    prefix: str,
    rankings: Mapping[str, Ranking],
    judged: Mapping[str, Mapping[str, int]],
) -> Figures:
    values: dict[str, list[float]] = {
        name: [] for name in (*(f"recall@{cut}" for cut in CUTS), "ndcg@10", "mrr")
    }
    for name, grades in judged.items():
        if not any(grade >= 1 for grade in grades.values()):
            continue
        ranking = rankings.get(name, [])
        placed = grades_in_order(ranking, grades)
        all_grades = list(grades.values())
        for cut in CUTS:
            values[f"recall@{cut}"].append(recall(placed, all_grades, cut))
        values["ndcg@10"].append(ndcg(placed, all_grades, 10))
        values["mrr"].append(reciprocal_rank(placed, len(placed)))
    return {
        f"{prefix}.queries": len(values["mrr"]),
        **{f"{prefix}.{name}": mean(found) for name, found in values.items()},
    }


def _exposure_figures(
    given: MatchingInput, rankings: Rankings, judged: Mapping[str, Mapping[str, int]]
) -> Figures:
    """Three rounds of forward pages, in the plain order and with the re-ranking."""
    pool = sorted({right for left in rankings.forward for right in given.pool_of(left)})
    figures: Figures = {"exposure.pool": len(pool)}
    for name, is_moved in (("plain", False), ("reranked", True)):
        exposure, gains = _rounds(rankings.forward, judged, len(pool), is_moved)
        shown = [exposure.get(right, 0.0) for right in pool]
        never = sum(not value for value in shown)
        figures[f"exposure.{name}.never_shown"] = never / len(pool) if pool else 0.0
        figures[f"exposure.{name}.gini"] = gini(shown)
        figures[f"exposure.{name}.ndcg@10"] = mean(gains)
    return figures


def _rounds(
    rankings: Mapping[str, Ranking],
    judged: Mapping[str, Mapping[str, int]],
    size: int,
    is_moved: bool,
) -> tuple[dict[str, float], list[float]]:
    """Who got how much attention, and the gain of every page with a judgement."""
    exposure: dict[str, float] = defaultdict(float)
    chance = Random(0)  # noqa: S311
    gains: list[float] = []
    order = sorted(rankings)
    # What each would have had, were the whole attention shared out evenly.
    page = sum(map(weight_of, range(1, PAGE + 1)))
    target = ROUNDS * len(order) * page / size if size else 0.0
    for _ in range(ROUNDS):
        chance.shuffle(order)
        for left in order:
            ranking = [item for item in rankings[left] if item[1] > NO_MATCH]
            shown = (
                reordered(ranking, exposure, target, PAGE)
                if is_moved
                else [name for name, _ in ranking[:PAGE]]
            )
            for place, name in enumerate(shown, 1):
                exposure[name] += weight_of(place)
            gains += _gain(shown, judged.get(left, {}))
    return exposure, gains


def _gain(shown: Sequence[str], judged: Mapping[str, int]) -> Iterable[float]:
    if any(grade >= 1 for grade in judged.values()):
        yield ndcg([judged.get(name, 0) for name in shown], judged.values(), PAGE)
