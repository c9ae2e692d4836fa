"""A clock of subscriptions that can be moved ahead, as Stripe's test clocks are.

What is due on the way happens at its own time. Pages and signatures keep the real
time: the site, whose clock nobody moves, would not understand them.
"""

from collections.abc import Callable

from .rules import DAY
from .store import Store

SWITCH = "clock_ahead"
JUMPS = {"1": "1 day", "3": "3 days", "7": "7 days", "31": "31 days"}


class MovedClock:
    """The computer's clock plus what a developer has moved it ahead, kept in the file."""

    def __init__(self, store: Store, real: Callable[[], float]) -> None:
        self._store = store
        self.real = real

    def __call__(self) -> float:
        return self.real() + self.ahead

    @property
    def ahead(self) -> int:
        """In seconds."""
        return int(self._store.switch(SWITCH, "0"))

    def move(self, days: int) -> None:
        """Ahead only: what has happened stays."""
        self._store.set_switch(SWITCH, str(self.ahead + max(0, days) * DAY))
