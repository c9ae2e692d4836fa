"""The weights in force: hand-set, or those a person adopted."""

from functools import lru_cache
from uuid import UUID, uuid4

from django.core.cache import cache

from search.matching.ranking import HAND_SET, WEIGHTS, Weighing
from search.models import MatchWeights

SECONDS_TO_KEEP = 60
KEY = "search.weighing"
"""Marks in the cache the weights that a process holds: new when these are old."""
FIRST_VERSION = HAND_SET.version + 1


def current_weighing() -> Weighing:
    """What pairs are weighed by, as of a minute ago at most."""
    return _weighing_of(cache.get_or_set(KEY, uuid4, SECONDS_TO_KEEP))


def forget_weighing() -> None:
    """Makes this process read the weights anew."""
    cache.delete(KEY)


def weighing_in(row: MatchWeights) -> Weighing:
    """A row as matching reads it; a figure it does not know keeps its hand-set weight."""
    weights = {name: row.weights.get(name, value) for name, value in WEIGHTS.items()}
    return Weighing(FIRST_VERSION + row.pk, row.base, weights)


@lru_cache(maxsize=1)
def _weighing_of(mark: UUID) -> Weighing:
    row = MatchWeights.objects.adopted().first()
    return weighing_in(row) if row else HAND_SET
