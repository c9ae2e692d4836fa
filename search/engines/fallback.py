"""Two engines as one: where the first does not answer, the second does."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from time import monotonic

from search.documents import ListingDocument
from search.exceptions import EngineUnavailable
from search.queries import Query

from .base import Engine, EngineHealth, Results
from .breaker import Breaker

logger = logging.getLogger("search")
LOOK_EVERY = 5.0
"""Seconds between two looks at how far the first engine lags behind."""


class FallbackEngine:
    """Asks ``primary``; the answers of ``fallback`` come marked as degraded.

    Both are filled from the outbox, each at its own pace (``search.indexing``).
    ``lags`` tells whether the first misses changes that others have taken in: then it
    answers, but not what is asked, as with an index that has become read-only.
    """

    is_remote = False

    def __init__(
        self,
        primary: Engine,
        fallback: Engine,
        *,
        lags: Callable[[], bool] = lambda: False,
        breaker: Breaker | None = None,
    ) -> None:
        self.primary, self.fallback = primary, fallback
        self.name = primary.name
        self.breaker = breaker or Breaker()
        self._lags = lags
        self._is_behind, self._look_at = False, 0.0

    def search(self, query: Query) -> Results:
        """Candidates of the first engine, or those of the second in good time."""
        if self._rests(query) or self.is_behind:
            return self._second(query)
        try:
            results = self.primary.search(query)
        except EngineUnavailable as error:
            self._note(error)
            return self._second(query)
        self.breaker.note_success()
        return results

    @property
    def is_behind(self) -> bool:
        """Whether the first lags, as it was seen in the last seconds."""
        now = monotonic()
        if now >= self._look_at:
            self._look_at = now + LOOK_EVERY
            self._is_behind = self._lags()
        return self._is_behind

    def put(self, documents: Iterable[ListingDocument]) -> None:
        """Makes documents findable in both; raises if one of them has not got them."""
        kept = list(documents)
        self._both(lambda engine: engine.put(kept))

    def remove(self, ids: Iterable[int]) -> None:
        """Takes listings out of both; raises if one of them still has them."""
        kept = list(ids)
        self._both(lambda engine: engine.remove(kept))

    def rebuild(self, documents: Iterable[ListingDocument]) -> None:
        """Fills both anew, one after the other."""
        kept = list(documents)
        self._both(lambda engine: engine.rebuild(kept))

    def health(self, *, thorough: bool = False) -> EngineHealth:
        """That of the first, which is the one that should answer."""
        return self.primary.health(thorough=thorough)

    def versions(self) -> Iterator[tuple[int, int]]:
        """What the first engine holds."""
        return self.primary.versions()

    def _second(self, query: Query) -> Results:
        return replace(self.fallback.search(query), degraded=True)

    def _rests(self, query: Query) -> bool:
        if not self.breaker.is_open:
            return False
        if self.breaker.may_try():
            if not self.primary.is_remote:
                return False
            # Nobody waits for the trial: whoever asks meanwhile has the second engine.
            name = f"{self.name}-trial"
            threading.Thread(
                target=self._try, args=(query,), name=name, daemon=True
            ).start()
        return True

    def _try(self, query: Query) -> None:
        try:
            self.primary.search(query)
        except EngineUnavailable as error:
            self._note(error)
        else:
            self.breaker.note_success()
            logger.warning("search engine %s answers again", self.name)

    def _note(self, error: EngineUnavailable) -> None:
        was_open = self.breaker.is_open
        self.breaker.note_failure()
        if self.breaker.is_open and not was_open:
            logger.error("search engine %s rests: %s", self.name, error)

    def _both(self, act: Callable[[Engine], None]) -> None:
        trouble = None
        for engine in (self.fallback, self.primary):
            try:
                act(engine)
            except EngineUnavailable as error:
                trouble = error
        if trouble:
            raise trouble
