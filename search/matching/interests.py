"""What a party showed it likes: learned from whom it said yes to before.

Pure. A party's interest in a value v is ln(((n_v + 10 g_v) / (n + 10)) / g_v): how much
oftener v is found among its yes answers than among all; g_v is the overall share, and
ten imagined answers keep a single deal from saying much. Of stages and sums near ones
count in part, so that a few answers say something of those beside them. A lift says the same of pairs
of values: ln(((n_xy + 5 s_y) / (n_x + 5)) / s_y), clipped to [-2, 4].
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp, floor, log, log10

from search.matching.features import STAGES

IMAGINED_ANSWERS = 10.0
IMAGINED_PARTNERS = 5.0
LOWEST_LIFT, HIGHEST_LIFT = -2.0, 4.0
RECENT_KEPT = 12
BESIDE = 0.3
"""What a neighbouring stage counts beside the stage itself."""
STEPS_A_DECADE = 10
WIDTH = 3.5
"""The width of the bell over sums, in tenths of a decade."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What interests and lifts are learned about; never side, religion or origin."""

    sectors: tuple[str, ...] = ()
    place: str = ""
    stage: str = ""
    amount: str = ""
    concepts: tuple[str, ...] = ()
    sum: str = ""

    def values(self, name: str) -> tuple[str, ...]:
        value = getattr(self, name)
        if name in SEVERAL:
            return value
        return (value,) if value else ()


TRAITS = ("sectors", "place", "stage", "sum", "concepts")
SMOOTHED = ("stage", "sum")
SEVERAL = frozenset(["sectors", "concepts"])


def amount_bin(amounts: tuple[float, float] | None) -> str:
    """The half-decade in which the middle of a range of US dollars lies."""
    return "" if amounts is None else f"{floor(2 * _middle(amounts))}"


def sum_step(amounts: tuple[float, float] | None) -> str:
    """The tenth of a decade nearest to the middle of a range of US dollars."""
    return "" if amounts is None else f"{round(STEPS_A_DECADE * _middle(amounts))}"


def _middle(amounts: tuple[float, float]) -> float:
    return (log10(amounts[0]) + log10(amounts[1])) / 2


@lru_cache(1 << 16)
def nearness(name: str, one: str, other: str) -> float:
    """What a stage or a sum counts for another one: 1 for itself."""
    if one == other:
        return 1.0
    if name == "sum":
        return exp(-(((int(one) - int(other)) / WIDTH) ** 2) / 2)
    if one not in STAGES or other not in STAGES:
        return 0.0
    return BESIDE if abs(STAGES.index(one) - STAGES.index(other)) == 1 else 0.0


@dataclass(frozen=True, slots=True)
class Shares:
    """How common each value of each trait is among all that could be chosen.

    Stages and sums are counted with their neighbours, among those that state any.
    """

    shares: Mapping[str, Mapping[str, float]]

    @classmethod
    def among(cls, all_traits: Sequence[Traits]) -> "Shares":
        found: dict[str, Mapping[str, float]] = {}
        for name in TRAITS:
            counts = Counter(v for traits in all_traits for v in traits.values(name))
            total = max(len(all_traits), 1)
            shares = {value: n / total for value, n in counts.items()}
            if name in SMOOTHED:
                shares = _smoothed(name, counts, counts, max(sum(counts.values()), 1))
            found[name] = shares
        return cls(found)

    def of(self, name: str, value: str) -> float:
        return self.shares[name].get(value, 0.0)


@dataclass(frozen=True, slots=True)
class Interests:
    """One party's interest in each value it has met, and in one it has not."""

    known: Mapping[str, Mapping[str, float]]
    answers: int = 0
    recent: tuple[Traits, ...] = ()

    @classmethod
    def of(cls, yes: Sequence[Traits], shares: Shares) -> "Interests":
        """From the traits of those it said yes to, the latest last."""
        known: dict[str, dict[str, float]] = {}
        for name in TRAITS:
            counts: Mapping[str, float] = Counter(
                value for one in yes for value in one.values(name)
            )
            total = len(yes)
            if name in SMOOTHED:
                total = sum(bool(one.values(name)) for one in yes)
                counts = _smoothed(name, counts, shares.shares[name], 1)
            known[name] = {
                value: log(
                    ((n + IMAGINED_ANSWERS * share) / (total + IMAGINED_ANSWERS))
                    / share
                )
                for value, n in counts.items()
                if (share := shares.of(name, value))
            }
        return cls(known, len(yes), tuple(yes[-RECENT_KEPT:]))

    @property
    def in_unmet(self) -> float:
        """The interest in a value never chosen: the same for each, below zero."""
        return log(IMAGINED_ANSWERS / (self.answers + IMAGINED_ANSWERS))

    def in_best(self, name: str, values: Collection[str]) -> float:
        """The best over the values of a trait; 0 where nothing is said."""
        if not values or not self.answers:
            return 0.0
        known, unmet = self.known[name], self.in_unmet
        return max(known.get(value, unmet) for value in values)

    def in_one(self, name: str, value: str) -> float:
        """The interest in one value; 0 where nothing is said."""
        if not value or not self.answers:
            return 0.0
        found = self.known[name].get(value)
        return self.in_unmet if found is None else found

    def in_all(self, name: str, values: Collection[str]) -> float:
        """The mean over the values of a trait; 0 where nothing is said."""
        if not values or not self.answers:
            return 0.0
        known, unmet = self.known[name], self.in_unmet
        return sum(known.get(value, unmet) for value in values) / len(values)


def _smoothed(
    name: str, counts: Mapping[str, float], values: Iterable[str], total: float
) -> dict[str, float]:
    """For each value what it and its neighbours count, as a share of ``total``."""
    return {
        value: sum(n * nearness(name, value, other) for other, n in counts.items())
        / total
        for value in values
    }


@dataclass(slots=True)
class Lifts:
    """Which values of partners go together, oftener than by chance."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    partners: int = 0
    found: dict[tuple[str, str], float] = field(default_factory=dict)

    def add(self, ones: Iterable[str], others: Iterable[str]) -> None:
        """One pair of partners by the values of each."""
        ones, others = tuple(ones), tuple(others)
        self.found.clear()
        self.partners += 1
        self.left.update(ones)
        self.right.update(others)
        self.pairs.update((x, y) for x in ones for y in others)

    def add_among(self, each: Sequence[Sequence[str]]) -> None:
        """Every two of these parties, both ways, by the values of each."""
        counts = Counter(x for values in each for x in values)
        others = len(each) - 1
        self.found.clear()
        self.partners += len(each) * others
        for x, n in counts.items():
            self.left[x] += n * others
            self.right[x] += n * others
            for y, m in counts.items():
                self.pairs[x, y] += n * m
        # Nobody is its own partner.
        for values in each:
            for x in values:
                for y in values:
                    self.pairs[x, y] -= 1

    def of(self, one: str, other: str) -> float:
        """ln of how much oftener partners of ``one`` are ``other``; 0 if never seen."""
        if (lift := self.found.get((one, other))) is None:
            lift = self.found[one, other] = self._lift(one, other)
        return lift

    def _lift(self, one: str, other: str) -> float:
        if not self.partners or not self.right[other] or not self.left[one]:
            return 0.0
        share = self.right[other] / self.partners
        seen = self.pairs[one, other] + IMAGINED_PARTNERS * share
        lift = log(seen / (self.left[one] + IMAGINED_PARTNERS) / share)
        return max(LOWEST_LIFT, min(HIGHEST_LIFT, lift))


@dataclass(slots=True)
class Likeness:
    """How alike two parties are, 0 to 1: sectors by their rarity, place, stage, sum."""

    rarity: Mapping[str, float]
    hefts: dict[tuple[str, ...], float] = field(default_factory=dict)

    def of(self, one: Traits, other: Traits) -> float:
        alike = 0.2 * (bool(one.place) and one.place == other.place)
        alike += 0.15 * (bool(one.stage) and one.stage == other.stage)
        alike += 0.15 * (bool(one.amount) and one.amount == other.amount)
        shared = [code for code in one.sectors if code in other.sectors]
        if not shared:
            return alike
        both = self._heft(tuple(shared))
        either = self._heft(one.sectors) + self._heft(other.sectors) - both
        return alike + (0.5 * both / either if either else 0.0)

    def _heft(self, codes: tuple[str, ...]) -> float:
        if codes not in self.hefts:
            self.hefts[codes] = sum(self.rarity.get(code, 1.0) for code in codes)
        return self.hefts[codes]
