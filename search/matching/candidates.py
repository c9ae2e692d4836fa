"""Which listings are worth an exact look."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.engines import Engine, Results
from search.queries import Query

ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Candidates:
    """What an engine named; ``by_grams`` says that 3-grams had to help out."""

    results: Results
    by_grams: bool = False


def candidates_for(query: Query, grams: Iterable[str], engine: Engine) -> Candidates:
    """The engine's candidates, filled up by 3-grams when words find only a few.

    Raises EngineUnavailable.
    """
    results = engine.search(query)
    if len(results.ids) >= ENOUGH:
        return Candidates(results)
    more = engine.search(query.by_grams(grams))
    ids = tuple(dict.fromkeys((*results.ids, *more.ids)))[: query.limit]
    return Candidates(Results(ids, results.degraded or more.degraded), by_grams=True)
