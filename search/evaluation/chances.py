"""The two chances of a pair: by the product's start weights, or learned from the past."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log2, sqrt
from random import Random
from typing import Protocol

from search.matching.learned import (
    FIGURES,
    SMALLEST_SPREAD,
    Model,
    Scale,
    sampled,
)
from search.matching.logistic import chance_of, logit

from .guesses import guesses_back, guesses_there
from .histories import UNSAID, Past
from .parties import Parties
from .pools import MatchingInput

SIZE_OF_SAMPLE = 60
MOST_KEPT = 500_000
Chances = dict[str, float]
ChoiceList = tuple[bool, str, list[str]]
"""Whether a listing chooses, who chooses, and among whom; the chosen one first."""
Logits = Sequence[tuple[float, float]]
"""Of each on a list its own logit and the other's, the chosen one first."""
Measured = dict[str, list[Logits]]
SHARES = tuple(tenth / 10 for tenth in range(3, 11))


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

    def looks_both_ways(self, *, is_back: bool) -> bool:
        """Whether the other's chance tells on such lists: else nobody need know it."""

    def score(
        self, left: str, right: str, there: float, back: float, *, is_back: bool
    ) -> float:
        """R of the two chances on a list; all but nothing where nothing makes them a match.

        ``is_back`` says that the list is the right one's.
        """


class Learned:
    """Chances by two models and by what each party did before."""

    def __init__(
        self, past: Past, there: Model, back: Model, given: MatchingInput
    ) -> None:
        self.past = past
        self.models = (there, back)
        self.lefts, self.rights = known_parties(past.parties, given)
        self.own_share = {False: 0.5, True: 0.5}
        self._offsets = self._facts({*given.candidates, *self.rights})
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
        offset = self._offsets.get(right, 0.0)
        return {
            left: self.models[1].chance(row, scale, offset)
            for left, row in rows.items()
        }

    def _facts(self, candidates: Iterable[str]) -> dict[str, float]:
        """How much likelier than others each listing is chosen for what it says at all.

        Within its own list that is the same everywhere and cannot be learned; the
        askers' lists teach what it is worth.
        """
        rows = {}
        for right in sorted(candidates):
            rows[right] = list(self.past.unsaid(right))
        return _offsets(self.models[0], UNSAID, rows)

    def quick_there(self, left: str, pool: Sequence[str]) -> dict[str, float]:
        scale = self._scale(left, pool, {}, is_back=False)
        return guesses_there(self.past, left, pool, _factors(self.models[0], scale))

    def quick_back(self, right: str, pool: Sequence[str]) -> dict[str, float]:
        scale = self._scale(right, pool, {}, is_back=True)
        return guesses_back(self.past, right, pool, _factors(self.models[1], scale))

    def looks_both_ways(self, *, is_back: bool) -> bool:
        return self.own_share[is_back] < 1.0

    def score(
        self, left: str, right: str, there: float, back: float, *, is_back: bool
    ) -> float:
        """The mean of both logits, by how much each was found to tell on such lists."""
        own, other = (back, there) if is_back else (there, back)
        share = self.own_share[is_back]
        return chance_of(share * logit(own) + (1 - share) * logit(other))

    def weigh(self, lists: Iterable[ChoiceList], rights: Sequence[str]) -> None:
        """Finds how much one's own chance tells beside the other's.

        ``lists`` are (is_back, who chooses, the chosen one first and others), drawn
        from ``rights`` and from all who ever answered.
        """
        measured: dict[bool, Measured] = {
            kind: defaultdict(list) for kind in self.own_share
        }
        for is_back, name, others in lists:
            if len(others) > 1:
                logits = self._logits(is_back, name, others, rights)
                measured[is_back][name].append(logits)
        for kind, by_name in measured.items():
            if by_name:
                self.own_share[kind] = _best_share(list(by_name.values()))

    def _logits(
        self, is_back: bool, name: str, others: Sequence[str], rights: Sequence[str]
    ) -> Logits:
        if is_back:
            own = self.back(name, others, self.lefts)
            other = {left: self.there(left, [name], rights)[name] for left in others}
        else:
            own = self.there(name, others, rights)
            other = {
                right: self.back(right, [name], self.lefts)[name] for right in others
            }
        return [(logit(own[one]), logit(other[one])) for one in others]

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


def known_parties(
    parties: Parties, given: MatchingInput
) -> tuple[list[str], list[str]]:
    """Whom examples may hold beside a yes; what only judgements name takes no part."""
    rights = sorted(
        name
        for name, party in parties.by_id.items()
        if not party.entry.is_mandate
        and (name in given.learnt or name not in given.judged_right)
    )
    return sorted(given.learn), rights


def _best_share(lists: Sequence[Sequence[Logits]]) -> float:
    """The share by which the chosen one, the first of each list, stands highest.

    ``lists`` by who chooses; each party counts once, however often it chose: few with
    very many answers must not say what all others look for. One's own chance alone
    unless the other's helps beyond chance: by more than twice the standard error of the
    difference. Looking both ways must not be worse than one way.
    """
    alone = [[_gain(logits, 1.0) for logits in some] for some in lists]
    best, most = 1.0, 0.0
    for share in SHARES:
        more = [
            sum(
                _gain(logits, share) - one
                for logits, one in zip(some, ones, strict=True)
            )
            / len(some)
            for some, ones in zip(lists, alone, strict=True)
        ]
        mean = sum(more) / len(more)
        error = sqrt(sum((x - mean) ** 2 for x in more)) / len(more)
        if mean - 2 * error > most:
            best, most = share, mean - 2 * error
    return best


def _gain(logits: Logits, share: float) -> float:
    """What the first one's place is worth, 1 / log2(1 + place); ties stand before it."""
    first, *others = (share * own + (1 - share) * other for own, other in logits)
    return 1 / log2(2 + sum(score >= first for score in others))


def _offsets(
    model: Model, names: Sequence[str], rows: Mapping[str, list[float]]
) -> dict[str, float]:
    if not rows:
        return {}
    scale = Scale.of(list(rows.values()))
    weights = [model.weights[FIGURES.index(name)] for name in names]
    return {name: _sum(weights, scale.standardised(row)) for name, row in rows.items()}


def _factors(model: Model, scale: Scale) -> dict[str, float]:
    """What one unit of each figure is worth to this party."""
    return {
        name: weight / spread if spread > SMALLEST_SPREAD else 0.0
        for name, weight, spread in zip(
            FIGURES, model.weights, scale.spreads, strict=True
        )
    }


def _sum(factors: Sequence[float], figures: Sequence[float]) -> float:
    return sum(factor * x for factor, x in zip(factors, figures, strict=True))
