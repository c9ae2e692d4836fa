"""The product's score as it is before anything was learned."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.matching.features import Profile, code_fit
from search.matching.ranking import SAME_HELP_FACTOR as SAME_HELP
from search.matching.ranking import (
    WEIGHTS,
    Direction,
    bring_the_same,
    direction,
    harmonic,
)

from .chances import Chances
from .parties import Parties

NO_MATCH = 1e-6
"""Below it stand pairs that the site does not show, in the order of what they share."""


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
        # Below zero where that direction has no ground: no match if neither has.
        return {
            name: way.chance
            if way.contributions
            else -_without_ground(way, need.profile, self.parties[name].profile)
            for name, way in ways.items()
        }

    def quick_there(self, left: str, pool: Sequence[str]) -> dict[str, float]:
        return {}

    def quick_back(self, right: str, pool: Sequence[str]) -> dict[str, float]:
        return {}

    def looks_both_ways(self, *, is_back: bool) -> bool:
        return True

    def score(
        self, left: str, right: str, there: float, back: float, *, is_back: bool
    ) -> float:
        if there < 0 and back < 0:
            return NO_MATCH * harmonic(-there, -back)
        score = harmonic(abs(there), abs(back))
        one, other = self.parties[left].profile, self.parties[right].profile
        return score * SAME_HELP if bring_the_same(one, other) else score


def _without_ground(way: Direction, one: Profile, other: Profile) -> float:
    """The prior, and in its last digits whatever else speaks for the two.

    Where nobody says what is sought, alike is better than nothing.
    """
    if way.features is None:
        shared = one.offer_codes & other.offer_codes
        beside = 20 * code_fit(one.offer_codes, other.offer_codes)[0] + len(shared)
    else:
        beside = sum(w * getattr(way.features, name) for name, w in WEIGHTS.items())
    return way.chance * (1 + NO_MATCH * beside)
