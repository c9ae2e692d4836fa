"""The two chances of a pair: by the product's start weights, or learned from the past."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol

from search.matching.learned import (
    FIGURES,
    MOST_ROWS,
    NEGATIVES,
    Example,
    Model,
    Scale,
    learn,
    sampled,
)
from search.matching.ranking import SAME_HELP_FACTOR as SAME_HELP
from search.matching.ranking import bring_the_same, direction, harmonic

from .histories import PLACES_IN_QUICK, Deal, Past
from .parties import Parties
from .pools import MatchingInput
from .progress import Progress

SHARE_OF_PAST = 0.6
"""Of the earlier answers, the older part makes the histories that explain the rest."""
MOST_EXAMPLES = MOST_ROWS // (NEGATIVES + 1)
SIZE_OF_SAMPLE = 100
MOST_KEPT = 500_000
Chances = dict[str, float]


class Judge(Protocol):
    """Gives the chance of a yes in each direction, and a quick guess at both."""

    def there(self, left: str, rights: Sequence[str], pool: Sequence[str]) -> Chances:
        """How likely ``left`` wants each of these, of all in the pool."""

    def back(self, right: str, lefts: Sequence[str], pool: Sequence[str]) -> Chances:
        """How likely ``right`` wants each of these, of all in the pool."""

    def quick_there(self, left: str, pool: Sequence[str]) -> dict[str, float]:
        """A cheap order of the pool, larger is better; empty where there is none."""

    def quick_back(self, right: str, pool: Sequence[str]) -> dict[str, float]:
        """The same for the other direction."""

    def score(self, left: str, right: str, there: float, back: float) -> float:
        """R of the two chances; 0 where nothing makes them a match."""


@dataclass
class StartWeights:
    """The product's score as it is before anything was learned."""

    parties: Parties

    def there(self, left: str, rights: Sequence[str], pool: Sequence[str]) -> Chances:
        return self._chances(left, rights)

    def back(self, right: str, lefts: Sequence[str], pool: Sequence[str]) -> Chances:
        return self._chances(right, lefts)

    def _chances(self, seeker: str, others: Sequence[str]) -> Chances:
        need = self.parties.need(seeker)
        ways = {name: direction(need, self.parties[name].profile) for name in others}
        # Below zero where that direction has no ground: R is none if neither has.
        return {
            name: way.chance if way.contributions else -way.chance
            for name, way in ways.items()
        }

    def quick_there(self, left: str, pool: Sequence[str]) -> dict[str, float]:
        return {}

    def quick_back(self, right: str, pool: Sequence[str]) -> dict[str, float]:
        return {}

    def score(self, left: str, right: str, there: float, back: float) -> float:
        if there < 0 and back < 0:
            return 0.0
        score = harmonic(abs(there), abs(back))
        one, other = self.parties[left].profile, self.parties[right].profile
        return score * SAME_HELP if bring_the_same(one, other) else score


class Learned:
    """Chances by two models and by what each party did before."""

    def __init__(
        self, past: Past, there: Model, back: Model, given: MatchingInput
    ) -> None:
        self.past = past
        self.models = (there, back)
        self._offsets = self._activity(given.askers), self._facts(given.candidates)
        self._scales: dict[tuple[bool, str], Scale] = {}
        # One direction's figures serve the other; a million of them take 0.4 GB.
        self._shared: dict[tuple[str, str], array[float]] = {}

    def there(self, left: str, rights: Sequence[str], pool: Sequence[str]) -> Chances:
        rows = {right: self._row(left, right) for right in rights}
        scale = self._scale(left, pool, rows, is_back=False)
        return {right: self.models[0].chance(row, scale) for right, row in rows.items()}

    def back(self, right: str, lefts: Sequence[str], pool: Sequence[str]) -> Chances:
        rows = {left: self._row_back(left, right) for left in lefts}
        scale = self._scale(right, pool, rows, is_back=True)
        offset = self._offsets[1].get(right, 0.0)
        return {
            left: self.models[1].chance(row, scale, offset)
            for left, row in rows.items()
        }

    def _activity(self, askers: Sequence[str]) -> dict[str, float]:
        """How much oftener than others each of those who ask says yes at all.

        Within its own list that is the same everywhere and cannot be learned; the
        listings' lists teach what it is worth.
        """
        rows = {
            left: [self.past.history(left).deals, self.past.history(left).recent_deals]
            for left in askers
        }
        return _offsets(self.models[1], ("deals", "recent_deals"), rows)

    def _facts(self, candidates: Sequence[str]) -> dict[str, float]:
        """The same for what a listing leaves unsaid, as the askers' lists teach it."""
        rows = {}
        for right in candidates:
            traits = self.past.parties[right].traits
            rows[right] = [float(not traits.amount), float(not traits.stage)]
        return _offsets(self.models[0], ("no_amount", "no_stage"), rows)

    def quick_there(self, left: str, pool: Sequence[str]) -> dict[str, float]:
        scale = self._scale(left, pool, {}, is_back=False)
        factors = _factors(self.models[0], scale)
        return {right: _sum(factors, self.past.quick(left, right)) for right in pool}

    def quick_back(self, right: str, pool: Sequence[str]) -> dict[str, float]:
        scale = self._scale(right, pool, {}, is_back=True)
        factors = _factors(self.models[1], scale)
        # What the mandate asks for is no part of this direction.
        factors[PLACES_IN_QUICK["code"]] = 0.0
        return {left: _sum(factors, self.past.quick(left, right)) for left in pool}

    def score(self, left: str, right: str, there: float, back: float) -> float:
        return harmonic(there, back)

    def _row(self, left: str, right: str) -> list[float]:
        shared = self.past.shared(left, right)
        if len(self._shared) < MOST_KEPT:
            self._shared[left, right] = array("d", shared)
        return self.past.basics(left, right) + shared

    def _row_back(self, left: str, right: str) -> list[float]:
        kept = self._shared.pop((left, right), None)
        shared = self.past.shared(left, right) if kept is None else kept.tolist()
        return self.past.basics(right, left) + shared

    def _scale(
        self,
        name: str,
        pool: Sequence[str],
        rows: Mapping[str, list[float]],
        *,
        is_back: bool,
    ) -> Scale:
        """By a sample of the pool; ``rows`` of it that are known are not made anew."""
        key = (is_back, name)
        if key not in self._scales:
            chosen = sampled(pool, SIZE_OF_SAMPLE, Random(f"scale {name}"))  # noqa: S311
            if len(rows) == len(pool):
                self._scales[key] = Scale.of(list(rows.values()))
                return self._scales[key]
            row = self._row_back if is_back else self._row
            pairs = ((other, name) if is_back else (name, other) for other in chosen)
            made = [rows.get(pair[0 if is_back else 1]) or row(*pair) for pair in pairs]
            self._scales[key] = Scale.of(made)
        return self._scales[key]


def judge_of(given: MatchingInput, parties: Parties, progress: Progress) -> Judge:
    """Start weights, or what the earlier answers teach."""
    deals = [
        (left, right)
        for left, grades in given.learn.items()
        for right, grade in grades.items()
        if grade >= 1
    ]
    if not deals:
        return StartWeights(parties)
    deals.sort(key=lambda deal: (_when(parties, deal), deal))
    cut = max(1, int(SHARE_OF_PAST * len(deals)))
    early = Past(parties, deals[:cut])
    later = deals[cut:] or deals
    chosen = sampled(later, MOST_EXAMPLES, Random(0))  # noqa: S311
    there, back = _examples(given, early, chosen, progress)
    return Learned(Past(parties, deals), learn(there), learn(back), given)


def _when(parties: Parties, deal: Deal) -> float:
    published = parties[deal[1]].entry.published
    return published.timestamp() if published else 0.0


def _examples(
    given: MatchingInput, past: Past, deals: Sequence[Deal], progress: Progress
) -> tuple[list[Example], list[Example]]:
    """For each yes the two lists it was chosen from, as far as they are known.

    Nothing that only the judgements name takes part: they never teach.
    """
    taught = set(given.learnt)
    rights = sorted(
        name
        for name, party in past.parties.by_id.items()
        if not party.entry.is_mandate
        and (name in taught or name not in given.judged_right)
    )
    lefts = sorted(given.learn)
    chance = Random(0)  # noqa: S311
    there, back = [], []
    for number, (left, right) in enumerate(deals, 1):
        others = [
            name
            for name in sampled(rights, 2 * NEGATIVES, chance)
            if name != right and given.may_meet(left, name)
        ][:NEGATIVES]
        askers = [
            name
            for name in sampled(lefts, 2 * NEGATIVES, chance)
            if name != left and given.may_meet(name, right)
        ][:NEGATIVES]
        shared = past.shared(left, right)
        there.append(
            Example(
                past.basics(left, right) + shared,
                [past.basics(left, name) + past.shared(left, name) for name in others],
            )
        )
        back.append(
            Example(
                past.basics(right, left) + shared,
                [
                    past.basics(right, name) + past.shared(name, right)
                    for name in askers
                ],
            )
        )
        progress.tell("learning from earlier answers", number, len(deals))
    return there, back


def _offsets(
    model: Model, names: Sequence[str], rows: Mapping[str, list[float]]
) -> dict[str, float]:
    if not rows:
        return {}
    scale = Scale.of(list(rows.values()))
    weights = [model.weights[FIGURES.index(name)] for name in names]
    return {name: _sum(weights, scale.standardised(row)) for name, row in rows.items()}


def _factors(model: Model, scale: Scale) -> list[float]:
    """What one unit of each quick figure is worth to this party."""
    factors = [0.0] * len(PLACES_IN_QUICK)
    worth: Mapping[str, tuple[float, float]] = {
        name: (weight, spread)
        for name, weight, spread in zip(
            FIGURES, model.weights, scale.spreads, strict=True
        )
    }
    for name, place in PLACES_IN_QUICK.items():
        weight, spread = worth[name]
        factors[place] = weight / spread if spread > 1e-6 else 0.0
    return factors


def _sum(factors: Sequence[float], figures: Sequence[float]) -> float:
    return sum(factor * x for factor, x in zip(factors, figures, strict=True))
