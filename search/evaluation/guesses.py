"""A cheap order of a whole pool, by figures that a few values share out.

Thousands of listings have the same few hundred sectors and places: what these are worth
to one party is worked out once, and each listing costs a few look-ups.
"""

from collections.abc import Mapping, Sequence
from operator import mul

from .histories import UNSAID, Past

_OF_SECTORS = ("sector_interest", "sector_mean", "sector_lift", "past_lift")
_OF_PLACE = ("place_interest", "place_lift", "past_place_lift")


def guesses_there(
    past: Past, left: str, rights: Sequence[str], worth: Mapping[str, float]
) -> dict[str, float]:
    """Each by its quick figures, of which one unit is worth so much."""
    known, needed = past.history(left).interests, past.parties[left].profile.need_codes
    by_sectors: dict[tuple[str, ...], float] = {}
    by_place: dict[str, float] = {}
    of_sectors, of_place = _in_order(worth, _OF_SECTORS), _in_order(worth, _OF_PLACE)
    of_unsaid, of_code = _in_order(worth, UNSAID), worth["code"]
    of_stage, of_sum = worth["stage_interest"], worth["amount_interest"]
    found: dict[str, float] = {}
    for right in rights:
        other = past.parties[right]
        sectors, place = other.traits.sectors, other.traits.place
        if sectors not in by_sectors:
            by_sectors[sectors] = _product(of_sectors, past.of_sectors(left, sectors))
        if place not in by_place:
            by_place[place] = _product(of_place, past.of_place(left, place))
        found[right] = (
            by_sectors[sectors]
            + by_place[place]
            + of_stage * known.in_one("stage", other.traits.stage)
            + of_sum * known.in_one("sum", other.traits.sum)
            + (of_code and of_code * past.code_fit(needed, other.codes))
            + _product(of_unsaid, past.unsaid(right))
        )
    return found


def guesses_back(
    past: Past, right: str, lefts: Sequence[str], worth: Mapping[str, float]
) -> dict[str, float]:
    """The same the other way, where the activity of those who ask tells too.

    What a mandate asks for is no part of this direction.
    """
    traits = past.parties[right].traits
    of_sectors, of_place = _in_order(worth, _OF_SECTORS), _in_order(worth, _OF_PLACE)
    of_stage, of_sum = worth["stage_interest"], worth["amount_interest"]
    of_deals, of_recent = worth["deals"], worth["recent_deals"]
    found: dict[str, float] = {}
    for left in lefts:
        own = past.history(left)
        found[left] = (
            _product(of_sectors, past.of_sectors(left, traits.sectors))
            + _product(of_place, past.of_place(left, traits.place))
            + of_stage * own.interests.in_one("stage", traits.stage)
            + of_sum * own.interests.in_one("sum", traits.sum)
            + of_deals * own.deals
            + of_recent * own.recent_deals
        )
    return found


def _in_order(worth: Mapping[str, float], names: Sequence[str]) -> list[float]:
    return [worth[name] for name in names]


def _product(factors: Sequence[float], figures: Sequence[float]) -> float:
    return sum(map(mul, factors, figures))
