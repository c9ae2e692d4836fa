"""A line in the search box answered exactly: candidates, visibility, score.

The engine only names candidates; the order is ours, from packed vectors that are
read in the very query that asks what the viewer may see. Three queries: frequencies,
candidates, listings. Three more when few candidates come by words (words like them help
out), and more when filters leave less than half of them.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from marketplace.listings.models import Listing, ListingQuerySet
from marketplace.people.models import User
from search.analysis import surfaces
from search.engines import Engine, get_engine
from search.frequencies import Frequencies, frequencies_of
from search.needs import Need, need_of_text
from search.queries import Query, query_for
from search.vocabulary import SiteVocabulary, Vocabulary

from .candidates import Candidates, candidates_for, query_meant
from .textscore import Scored, TextScore, Vectors, VectorsOfSide, ranked

MOST_BATCHES = 3
WORTH_SHOWING = 0.1
"""Texts that share no more than a common word score below it (set by hand)."""
WORTH_BY_MEANING = 0.3
"""The share of what a question means from which a text in other words is shown too:
by ``tests/benchmarks/meaning.py`` nineteen of twenty right ones pass, and one wrong one
in three questions."""
_COLUMNS = tuple(
    f"indexed__{side}_{column}"
    for side in ("offer", "need")
    for column in ("words", "length", "grams", "gram_length", "codes")
)
_QUOTED = re.compile(r'(?<!\S)["“”„«]([^"“”„«»]+)["“”»](?!\S)')


@dataclass(frozen=True, slots=True)
class TextResults:
    """What was found, best first; ``degraded`` says that another engine answered."""

    found: tuple[Scored, ...] = ()
    degraded: bool = False

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(scored.id for scored in self.found)


def search_text(
    text: str,
    viewer: User | None,
    *,
    among: ListingQuerySet | None = None,
    gates: tuple[str, ...] = (),
) -> TextResults:
    """What this person finds by a line of text, within ``among`` if it is given.

    ``gates`` (see ``search.codes``) spare the engine candidates that ``among`` would
    drop. An empty text finds nothing. Raises EngineUnavailable.
    """
    need = need_of_text(text)
    if not need.words:
        return TextResults()
    visible = (Listing.objects.all() if among is None else among).visible_to(viewer)
    results = answer(
        need,
        frequencies_of(need.keys()),
        partial(vectors_of, visible),
        get_engine(),
        SiteVocabulary(),
        required=quoted_words(text),
        gates=gates,
    )
    found = tuple(one for one in results.found if _is_worth_showing(one))
    return replace(results, found=found)


def _is_worth_showing(scored: Scored) -> bool:
    return scored.by_words >= WORTH_SHOWING or scored.concept >= WORTH_BY_MEANING


def answer(
    need: Need,
    frequencies: Frequencies,
    read: Callable[[Sequence[int]], list[Vectors]],
    engine: Engine,
    vocabulary: Vocabulary,
    *,
    required: Iterable[str] = (),
    gates: tuple[str, ...] = (),
) -> TextResults:
    """All that is found in any index; ``read`` gives vectors of what may be seen."""
    query = query_for(need, frequencies, gates=gates)
    meant = cache(partial(query_meant, need, frequencies, vocabulary, gates))
    candidates, vectors = _visible_candidates(query, meant, read, engine)
    score = TextScore(need, frequencies, required=required)
    found = ranked(score, vectors, by_likeness=candidates.by_likeness)
    return TextResults(tuple(found), candidates.results.degraded)


def quoted_words(text: str) -> tuple[str, ...]:
    """The words that stand in quotation marks and so must be there as written."""
    return tuple(word for part in _QUOTED.findall(text) for word in surfaces(part))


def vectors_of(listings: ListingQuerySet, ids: Sequence[int]) -> list[Vectors]:
    """The vectors of those among ``ids`` that the queryset lets through; one query."""
    rows = listings.among(ids).filter(indexed__isnull=False).order_by()
    side = VectorsOfSide._make
    return [
        Vectors(row[0], side(row[1:6]), side(row[6:11]))
        for row in rows.values_list("pk", *_COLUMNS)
    ]


def _visible_candidates(
    query: Query,
    meant: Callable[[], Query],
    read: Callable[[Sequence[int]], list[Vectors]],
    engine: Engine,
) -> tuple[Candidates, list[Vectors]]:
    """Asks for more, three times at most, while over half of the candidates fall away."""
    candidates = candidates_for(query, meant, engine)
    vectors = read(candidates.results.ids)
    for _ in range(MOST_BATCHES - 1):
        count = len(candidates.results.ids)
        if count < query.limit or 2 * len(vectors) >= count:
            break
        query = replace(query, limit=2 * query.limit)
        seen = set(candidates.results.ids)
        candidates = candidates_for(query, meant, engine)
        vectors += read([pk for pk in candidates.results.ids if pk not in seen])
    return candidates, vectors
