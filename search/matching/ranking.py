"""From figures to a score that both directions earn, and to points that add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp

from search.matching.features import Features, Need, Profile, compare

BASE = -2.4
WEIGHTS: Mapping[str, float] = {
    "code": 2.2,
    "words": 1.6,
    "concept": 1.0,
    "money": 0.8,
    "stage": 0.8,
    "place": 0.5,
    "language": 0.5,
    "answer": 0.6,
    "instrument": 0.5,
}


@dataclass(frozen=True, slots=True)
class Weighing:
    """What each figure is worth; ``version`` marks the matches scored by it."""

    version: int
    base: float
    weights: Mapping[str, float]

    def contributions(self, features: Features) -> dict[str, float]:
        return {name: w * getattr(features, name) for name, w in self.weights.items()}

    def logit(self, features: Features) -> float:
        return self.base + sum(self.contributions(features).values())


HAND_SET = Weighing(1, BASE, WEIGHTS)
PRIOR_WITHOUT_GROUND = 0.30
SAME_HELP_FACTOR = 0.7
LOWEST_SCORE = 0.35
LOWEST_DIRECTION = 0.2
FAMILIES: Mapping[str, str] = {
    "words": "fit",
    "concept": "fit",
    "code": "sector",
    "stage": "sector",
    "money": "sector",
    "instrument": "sector",
    "language": "lang",
    "place": "near",
    "answer": "near",
}


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction of a pair: the chance of a yes, and what made it.

    ``contributions`` are w·f by feature; with the base they add up to logit(chance). A
    direction that states no need, or whose need the other does not touch, has the
    prior and no contributions: place, money and language alone are no match.
    """

    chance: float
    contributions: Mapping[str, float]
    features: Features | None


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """Two listings as answers to each other: p, q and their harmonic mean."""

    seeker: int
    other: int
    score: float
    there: Direction
    back: Direction

    @property
    def passes(self) -> bool:
        """Shown only where both directions pass."""
        low = min(self.there.chance, self.back.chance)
        return self.score >= LOWEST_SCORE and low >= LOWEST_DIRECTION


def direction(need: Need, offer: Profile, by: Weighing = HAND_SET) -> Direction:
    """The chance that ``offer`` is what ``need`` seeks; logistic over the features."""
    if need.words is None and not need.profile.need_codes:
        return Direction(PRIOR_WITHOUT_GROUND, {}, None)
    features = compare(need, offer)
    if not features.has_ground:
        return Direction(PRIOR_WITHOUT_GROUND, {}, features)
    contributions = by.contributions(features)
    total = by.base + sum(contributions.values())
    return Direction(1 / (1 + exp(-total)), contributions, features)


def harmonic(p: float, q: float) -> float:
    """2pq / (p + q): low wherever one side has little to gain."""
    return 2 * p * q / (p + q) if p + q else 0.0


def score_pair(one: Need, other: Need, by: Weighing = HAND_SET) -> ScoredPair | None:
    """The pair with its score, or None where nothing but money and place would match."""
    pair = weigh_pair(one, other, by)
    ways = (pair.there.features, pair.back.features)
    return pair if any(way is not None and way.has_ground for way in ways) else None


def weigh_pair(one: Need, other: Need, by: Weighing = HAND_SET) -> ScoredPair:
    """The pair with its score, whatever speaks for it."""
    there = direction(one, other.profile, by)
    back = direction(other, one.profile, by)
    score = harmonic(there.chance, back.chance)
    if bring_the_same(one.profile, other.profile):
        score *= SAME_HELP_FACTOR
    return ScoredPair(one.profile.id, other.profile.id, score, there, back)


def bring_the_same(one: Profile, other: Profile) -> bool:
    """Two that offer the same help and do not seek it: alike, not complementary."""
    same = {
        term for term in one.offer_codes & other.offer_codes if term.startswith("cap_")
    }
    return bool(same - one.need_codes - other.need_codes)


def rank(pairs: Iterable[ScoredPair]) -> list[ScoredPair]:
    """Best first; equal scores by the other's id, so that every run agrees."""
    return sorted(pairs, key=lambda pair: (-pair.score, pair.other))


def points_of(pair_score: float, shares: Mapping[str, float]) -> dict[str, int]:
    """round(100 R) divided over the families by largest remainder, adding up exactly.

    ``shares`` are contributions by feature, both directions together; those below
    zero count as nothing. Families without a point are left out.
    """
    whole = round(100 * pair_score)
    families: dict[str, float] = {}
    for feature, value in shares.items():
        family = FAMILIES[feature]
        families[family] = families.get(family, 0.0) + max(0.0, value)
    total = sum(families.values())
    if not total:
        return {}
    exact = {name: whole * value / total for name, value in families.items()}
    points = {name: int(value) for name, value in exact.items()}
    rest = whole - sum(points.values())
    by_remainder = sorted(exact, key=lambda name: (points[name] - exact[name], name))
    for name in by_remainder[:rest]:
        points[name] += 1
    return {name: value for name, value in points.items() if value}
