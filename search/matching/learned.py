"""Chances learned from earlier answers: a pair's figures, standardised and weighed.

Pure. Two logistic models stand beside each other: how likely the one who asks says yes
to the other (figures standardised over all that one could choose), and the reverse
(standardised over all that could choose). Both are pulled to the hand-set weights, and
to nothing where there is none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import TypeVar

from .features import Features
from .logistic import chance_of, fit
from .ranking import WEIGHTS

Drawn = TypeVar("Drawn")
BASICS = ("code", "words", "concept", "money", "stage", "place", "language")
SHARED = (
    "sector_interest",
    "sector_mean",
    "place_interest",
    "stage_interest",
    "amount_interest",
    "word_interest",
    "concept_interest",
    "nearest",
    "deals",
    "recent_deals",
    "sector_lift",
    "past_lift",
    "place_lift",
    "past_place_lift",
    "overlap",
    "alike",
    "name",
    "no_amount",
    "no_stage",
    "no_place",
    "no_sectors",
    "told",
)
FIGURES = (*BASICS, *SHARED)
PULL = 4.0
LEAST_OTHERS, MOST_OTHERS = 20, 40
"""Beside each yes: fewer where there are many, since more lists teach more."""
MOST_ROWS = 30_000
SMALLEST_SPREAD = 1e-6
_FARTHEST = 6.0


def basics_of(features: Features) -> list[float]:
    """The figures of one direction in the order of `BASICS`."""
    return [getattr(features, name) for name in BASICS]


@dataclass(frozen=True, slots=True)
class Scale:
    """Means and spreads of one party's list, by which its figures are standardised."""

    means: tuple[float, ...]
    spreads: tuple[float, ...]

    @classmethod
    def of(cls, rows: Sequence[Sequence[float]]) -> "Scale":
        """Raises ValueError for no rows."""
        columns = list(zip(*rows, strict=True))
        if not columns:
            raise ValueError("a scale needs rows")
        means = tuple(sum(column) / len(column) for column in columns)
        spreads = tuple(
            sqrt(sum((x - mean) ** 2 for x in column) / len(column))
            for column, mean in zip(columns, means, strict=True)
        )
        return cls(means, spreads)

    def standardised(self, row: Sequence[float]) -> list[float]:
        """Figures in spreads from the mean, cut at six; 0 where all are alike."""
        return [
            max(-_FARTHEST, min(_FARTHEST, (x - mean) / spread))
            if spread > SMALLEST_SPREAD
            else 0.0
            for x, mean, spread in zip(row, self.means, self.spreads, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of standardised figures, the intercept apart."""

    base: float
    weights: tuple[float, ...]

    def contributions(self, row: Sequence[float], scale: Scale) -> list[float]:
        """What each figure adds to the logit of the chance."""
        return [
            weight * x
            for weight, x in zip(self.weights, scale.standardised(row), strict=True)
        ]

    def chance(self, row: Sequence[float], scale: Scale, offset: float = 0.0) -> float:
        """The chance of a yes; ``offset`` is what is the same over the whole list."""
        return chance_of(self.base + offset + sum(self.contributions(row, scale)))


@dataclass(frozen=True, slots=True)
class Example:
    """One list to learn from: whoever got a yes, and whoever else could have."""

    yes: Sequence[float]
    others: Sequence[Sequence[float]]


def learn(examples: Iterable[Example]) -> Model:
    """A model of lists of examples, yes and others weighing the same altogether."""
    rows: list[list[float]] = []
    answers: list[int] = []
    weights: list[float] = []
    spreads: list[tuple[float, ...]] = []
    for example in examples:
        if not example.others or len(rows) + 1 + len(example.others) > MOST_ROWS:
            continue
        scale = Scale.of([*example.others, example.yes])
        spreads.append(scale.spreads)
        rows += [scale.standardised(row) for row in (example.yes, *example.others)]
        answers += [1] + [0] * len(example.others)
        weights += [1.0] + [1 / len(example.others)] * len(example.others)
    prior = [0.0, *_hand_set(spreads)]
    base, *fitted = fit(rows, answers, weights, prior, PULL)
    return Model(base, tuple(fitted))


def _hand_set(spreads: Sequence[Sequence[float]]) -> list[float]:
    """The hand-set weights, turned to standardised figures by their usual spread."""
    if not spreads:
        return [WEIGHTS.get(name, 0.0) for name in FIGURES]
    usual = [sum(column) / len(spreads) for column in zip(*spreads, strict=True)]
    return [
        WEIGHTS.get(name, 0.0) * spread
        for name, spread in zip(FIGURES, usual, strict=True)
    ]


def sampled(names: Sequence[Drawn], count: int, chosen: Random) -> list[Drawn]:
    """At most ``count`` different ones, by the given source of chance."""
    return chosen.sample(names, count) if len(names) > count else list(names)


def others_beside(yes: int) -> int:
    """How many others to hold beside each of so many yes answers."""
    room = MOST_ROWS // max(yes, 1) - 1
    return min(MOST_OTHERS, max(LEAST_OTHERS, room))


def by_name(model: Model) -> Mapping[str, float]:
    """The weights under their names, for a report."""
    return {"base": model.base, **dict(zip(FIGURES, model.weights, strict=True))}
