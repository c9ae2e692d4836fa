"""Who is seldom shown moves up a little, below the first places of a list.

Pure. R'_j = R_j + λ · clip((target - e_j) / target, -1, 1), R scaled to 0 … 1 over the
list; e_j is the sum of 1 / log2(1 + place) over what was shown (Singh, Joachims:
"Fairness of Exposure in Rankings", 2018). The first places keep the plain order: they
carry most of a list's worth, and whoever is seldom seen is helped as much by the fifth.
"""

from collections.abc import Mapping, Sequence
from math import log2

SPARED = 4
BONUS = 0.35
"""λ, set by hand on simulated lists."""
LOOKED_AT = 5
"""How many times a page's length is looked through for whom to move up."""


def weight_of(place: int) -> float:
    """What standing at a place (from 1) is worth in attention."""
    return 1 / log2(1 + place)


def reordered(
    ranking: Sequence[tuple[str, float]],
    exposure: Mapping[str, float],
    target: float,
    length: int,
) -> list[str]:
    """The page of ``length`` with those seldom shown moved up below the spared places."""
    window = ranking[: LOOKED_AT * length]
    spared, rest = window[:SPARED], window[SPARED:]
    if not rest or target <= 0:
        return [name for name, _ in window[:length]]
    scores = [score for _, score in window]
    low, spread = min(scores), max(scores) - min(scores) or 1.0
    moved = sorted(
        rest,
        key=lambda item: (
            -(item[1] - low) / spread
            - BONUS * _seldom(exposure.get(item[0], 0.0), target),
            item[0],
        ),
    )
    return [name for name, _ in (*spared, *moved)][:length]


def _seldom(exposure: float, target: float) -> float:
    return max(-1.0, min(1.0, (target - exposure) / target))
