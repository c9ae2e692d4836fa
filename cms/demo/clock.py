"""The demo's own clock, so that its history did not all happen today."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from django.apps import apps
from django.db.models import Field
from django.utils import timezone

# How long ago the first organisation registered, and the first listing was posted.
DAYS_OF_MEMBERS, DAYS_OF_LISTINGS = 190, 150
EACH_STEP = timedelta(minutes=7)


class DemoClock:
    """Tells the time the demo has reached; `days_ago` sets it, each look moves it."""

    def __init__(self) -> None:
        self._started = timezone.now()
        self._moment = self._started

    def days_ago(self, days: float) -> None:
        """At an hour of work of that day, not at the hour of whoever starts the demo."""
        hour, minute = 7 + int(days * 5) % 8, int(days * 13) % 60
        day = self._started - timedelta(days=days)
        self._moment = min(self._started, day.replace(hour=hour, minute=minute))

    def pass_a_while(self) -> None:
        self._moment = min(self._started, self._moment + EACH_STEP)

    def now(self) -> datetime:
        return self._moment


@contextmanager
def demo_clock() -> Iterator[DemoClock]:
    """Let the actions inside happen when the clock says; today's time comes back after.

    Actions ask `timezone.now`, and rows take it as the default of their moments.
    """
    clock, real = DemoClock(), timezone.now
    fields = [field for field in _all_fields() if field.default is real]
    with patch.object(timezone, "now", clock.now):
        _set_default(fields, clock.now)
        try:
            yield clock
        finally:
            _set_default(fields, real)


def _all_fields() -> Iterator[Field]:
    for model in apps.get_models():
        yield from (f for f in model._meta.local_fields if isinstance(f, Field))


def _set_default(fields: list[Field], now: Callable[[], datetime]) -> None:
    for field in fields:
        field.default = now
        field.__dict__.pop("_get_default", None)  # Django remembers the first answer


def days_of_listing(place: int) -> int:
    """How long ago the listing at this place of the demo was posted.

    Spread over `DAYS_OF_LISTINGS` without order, so that languages and trades mix.
    """
    return 1 + (place * 47) % DAYS_OF_LISTINGS
