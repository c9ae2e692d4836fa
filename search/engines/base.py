"""The promise every search engine keeps, and the values that pass through it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from search.documents import ListingDocument
from search.queries import Query


@dataclass(frozen=True, slots=True)
class Results:
    """Listing ids, best first by the engine's own measure, each once.

    ``degraded`` says that the engine asked for did not answer and another one did.
    """

    ids: tuple[int, ...] = ()
    degraded: bool = False


@dataclass(frozen=True, slots=True)
class EngineHealth:
    """Whether the engine answers, how many listings it holds, and what ails it.

    ``is_broken`` says that its index is missing or damaged: waiting does not help,
    filling it anew does.
    """

    ok: bool
    documents: int = 0
    detail: str = ""
    is_broken: bool = False


class Engine(Protocol):
    """Names the candidates for a query.

    Whoever keeps this promise joins ``tests.search.engines.contract``. Every method
    but ``health`` raises ``EngineUnavailable`` when the engine does not answer.

    ``name`` marks what the engine has taken in; ``is_remote`` says that it is asked
    over a network, where finding out that it is down takes time.
    """

    name: str
    is_remote: bool

    def put(self, documents: Iterable[ListingDocument]) -> None:
        """Makes documents findable; idempotent, an older version changes nothing."""

    def remove(self, ids: Iterable[int]) -> None:
        """Takes listings out; unknown ids are passed over."""

    def search(self, query: Query) -> Results:
        """The best ``query.limit`` candidates; an empty query has none."""

    def health(self, *, thorough: bool = False) -> EngineHealth:
        """Whether it answers; never raises. ``thorough`` reads the whole index."""

    def rebuild(self, documents: Iterable[ListingDocument]) -> None:
        """Fills a new index beside the live one, then switches to it."""

    def versions(self) -> Iterator[tuple[int, int]]:
        """Id and version of every document held, by ascending id."""
