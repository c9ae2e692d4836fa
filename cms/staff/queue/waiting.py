"""One thing that waits for staff, since when, and until when it should be done."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

# Enough for a morning; what is beyond comes up as these are done.
SHOWN = 50
# The days on which both weeks work: Sunday to Thursday (Monday is 0).
WORKING = frozenset({6, 0, 1, 2, 3})
# Their clocks differ for some days of most years; the earlier evening counts.
CLOCKS = (ZoneInfo("Asia/Jerusalem"), ZoneInfo("Asia/Hebron"))
LAST_HOUR = time(17)


def due_after(since: datetime, days: int) -> datetime:
    """The end of the working day that is so many working days after `since`.

    Days that one of the two weeks does not work are counted for nobody.
    """
    day, left = min(since.astimezone(clock).date() for clock in CLOCKS), days
    while left > 0:
        day += timedelta(days=1)
        left -= day.weekday() in WORKING
    return _evening_of(day)


def _evening_of(day: date) -> datetime:
    evening = datetime.combine(day, LAST_HOUR)
    return min(evening.replace(tzinfo=clock) for clock in CLOCKS)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to look at: what it is, since when, and where; no private words.

    `due` is its own day where it has one; else the heap it lies in gives it one.
    """

    label: str
    since: datetime
    url: str
    due: datetime | None = None

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due <= timezone.now()
