"""The promise every search engine keeps, and the values that pass through it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from search.documents import ListingDocument


class Side(StrEnum):
    """Which text of a listing is asked: what it offers, what it seeks, or both."""

    OFFERS = "offers"
    NEEDS = "needs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Query:
    """What an engine is asked, built once for all engines.

    ``terms`` and ``codes`` are OR-ed, ``grams`` are asked instead of them when given.
    ``gates`` are OR-ed too and must hold; none means any. All are terms in the sense
    of ``search.analysis`` or of ``search.codes``.
    """

    terms: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    grams: tuple[str, ...] = ()
    gates: tuple[str, ...] = ()
    side: Side = Side.OFFERS
    limit: int = 300

    def by_grams(self, grams: tuple[str, ...]) -> "Query":
        """The same question by letter 3-grams, for typing errors and names."""
        return replace(self, grams=grams)

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.codes or self.grams)


@dataclass(frozen=True, slots=True)
class Results:
    """Listing ids, best first by the engine's own measure, each once.

    ``degraded`` says that the engine asked for did not answer and another one did.
    """

    ids: tuple[int, ...] = ()
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class EngineHealth:
    """Whether the engine answers, how many listings it holds, and what ails it."""

    ok: bool
    documents: int = 0
    detail: str = ""


class Engine(Protocol):
    """Names the candidates for a query.

    Whoever keeps this promise joins ``tests.search.engines.contract``. Every method
    but ``health`` raises ``EngineUnavailable`` when the engine does not answer.
    """

    def put(self, documents: Iterable[ListingDocument]) -> None:
        """Makes documents findable; idempotent, an older version changes nothing."""

    def remove(self, ids: Iterable[int]) -> None:
        """Takes listings out; unknown ids are passed over."""

    def search(self, query: Query) -> Results:
        """The best ``query.limit`` candidates; an empty query has none."""

    def health(self) -> EngineHealth:
        """Whether it answers; never raises."""

    def rebuild(self, documents: Iterable[ListingDocument]) -> None:
        """Fills a new index beside the live one, then switches to it."""

    def versions(self) -> Iterator[tuple[int, int]]:
        """Id and version of every document held, by ascending id."""
