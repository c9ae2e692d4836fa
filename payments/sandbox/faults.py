"""One-shot faults: the next call of the API fails in a chosen way."""

import enum
import json

from .store import Store
from .wire import ApiError


class Fault(enum.Enum):
    """What happens to one call."""

    NONE = ""
    ANSWER_429 = "answer_429"
    ANSWER_500 = "answer_500"  # before any work; the key stays unused
    KEPT_500 = "kept_500"  # no work, but the key keeps this answer
    LOSE_ANSWER = "lose_answer"  # the work is committed, the connection closes

    def strike_before(self) -> None:
        if self in {Fault.ANSWER_429, Fault.ANSWER_500}:
            raise self.error()

    def error(self) -> ApiError:
        if self is Fault.ANSWER_429:
            return ApiError(
                "Too many requests in a short time (sandbox fault).",
                status=429,
                code="rate_limit",
                headers=[("Retry-After", "1")],
            )
        return ApiError(
            "An unknown error occurred (sandbox fault).", status=500, kind="api_error"
        )


class Faults:
    """The queue of faults to come; it survives a restart, as the objects do."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, fault: Fault | str, path: str = "") -> None:
        """The next call whose path begins with `path` meets this fault, once."""
        waiting = [*self.waiting(), [Fault(fault).value, path]]
        self._store.set_switch("faults", json.dumps(waiting))

    def waiting(self) -> list[list[str]]:
        return json.loads(self._store.switch("faults", "[]"))

    def take(self, path: str) -> Fault:
        with self._store.transaction():
            waiting = self.waiting()
            for place, (value, beginning) in enumerate(waiting):
                if path.startswith(beginning):
                    del waiting[place]
                    self._store.set_switch("faults", json.dumps(waiting))
                    return Fault(value)
        return Fault.NONE
