"""Which listings are worth an exact look."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from search.analysis import forms
from search.engines import Engine, Results
from search.frequencies import Frequencies
from search.needs import Need
from search.queries import Query, cost_of, query_for
from search.vectors import key_of
from search.vocabulary import Vocabulary

ENOUGH = 20
MOST_MENDED = 8
"""So many of a question's words, the rarest ones, are asked for as they may be meant."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What an engine named; ``by_likeness`` says that words like those asked for had to
    help out."""

    results: Results
    by_likeness: bool = False


def candidates_for(
    query: Query, meant: Callable[[], Query], engine: Engine
) -> Candidates:
    """The engine's candidates, filled up by what may be ``meant`` when they are few.

    Raises EngineUnavailable.
    """
    results = engine.search(query)
    if len(results.ids) >= ENOUGH:
        return Candidates(results)
    more = engine.search(replace(meant(), limit=query.limit))
    ids = tuple(dict.fromkeys((*results.ids, *more.ids)))[: query.limit]
    degraded = results.degraded or more.degraded
    return Candidates(Results(ids, degraded), by_likeness=True)


def query_meant(
    need: Need,
    frequencies: Frequencies,
    vocabulary: Vocabulary,
    gates: tuple[str, ...],
) -> Query:
    """The question by words of the index that resemble its rare or unknown ones."""
    costs = {
        words[0]: max(cost_of(form, need.side, frequencies) for form in words)
        for words in need.words
    }
    rare = sorted(word for word, cost in costs.items() if cost < ENOUGH)
    like = vocabulary.like(sorted(rare, key=costs.__getitem__)[:MOST_MENDED])
    words = tuple(map(forms, like))
    found = vocabulary.frequencies_of({key_of(form) for some in words for form in some})
    return query_for(Need(words, side=need.side), found, gates=gates)
