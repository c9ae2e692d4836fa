"""Whether an engine that failed lately is worth asking again."""

import threading
from collections.abc import Callable
from time import monotonic

FAILURES = 3
"""So many in a row, and it is left in peace."""
REST = 10.0
"""Seconds until it is tried again."""


class Breaker:
    """Opens after failures in a row, closes with the next success; one a process."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._try_at = 0.0

    @property
    def is_open(self) -> bool:
        return self._failures >= FAILURES

    def note_success(self) -> None:
        with self._lock:
            self._failures = 0

    def note_failure(self) -> None:
        with self._lock:
            self._failures += 1
            self._try_at = self._clock() + REST

    def may_try(self) -> bool:
        """Whether the caller shall try an engine that rests: one caller a rest."""
        with self._lock:
            if not self.is_open or self._clock() < self._try_at:
                return False
            self._try_at = self._clock() + REST
            return True
