"""When somebody wants to hear from us, by the clock on the reader's wall (pure)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DIGEST_AT = time(8)
NOW, DAILY, WEEKLY = "now", "daily", "weekly"
MONDAY = 0
DAYS = 7


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, and when not; days count from Monday, 0, as Python's do."""

    cadence: str = NOW
    quiet_from: time | None = None
    quiet_until: time | None = None
    days_off: Collection[int] = ()


def next_letter(now: datetime, zone: str, rhythm: Rhythm) -> datetime:
    """The first moment from now on at which a letter may leave; aware.

    A weekly letter comes on the first working day of the reader's week. Six days off
    at most are heeded.
    """
    local = now.astimezone(ZoneInfo(zone))
    if rhythm.cadence != NOW:
        local = _digest_after(local, rhythm)
    for _step in range(2 * DAYS + 2):
        later = _out_of_quiet(local, rhythm)
        if later == local:
            break
        local = later
    return max(local, now)


def is_quiet(moment: datetime, zone: str, rhythm: Rhythm) -> bool:
    """Whether it is a quiet hour or a day off on the reader's wall."""
    local = moment.astimezone(ZoneInfo(zone))
    return _out_of_quiet(local, rhythm) != local


def _digest_after(local: datetime, rhythm: Rhythm) -> datetime:
    day = local.date()
    while True:
        moment = _at(day, _digest_at(rhythm), local)
        if moment >= local and (
            rhythm.cadence == DAILY or day.weekday() == _first_day(rhythm.days_off)
        ):
            return moment
        day += timedelta(days=1)


def _first_day(days_off: Collection[int]) -> int:
    """The working day that follows a day off; Monday where all days are alike."""
    for day in range(DAYS):
        if day not in days_off and (day - 1) % DAYS in days_off:
            return day
    return MONDAY


def _out_of_quiet(local: datetime, rhythm: Rhythm) -> datetime:
    if local.weekday() in rhythm.days_off and len(set(rhythm.days_off)) < DAYS:
        morning = _digest_at(rhythm) if rhythm.cadence != NOW else time(0)
        return _at(local.date() + timedelta(days=1), morning, local)
    end, clock = rhythm.quiet_until, local.time().replace(tzinfo=None)
    if end is None or not _is_quiet_hour(clock, rhythm):
        return local
    days = 1 if clock >= end else 0  # over midnight
    return _at(local.date() + timedelta(days=days), end, local)


def _digest_at(rhythm: Rhythm) -> time:
    """In the morning; where that is quiet, when the quiet hours of that day end."""
    end = rhythm.quiet_until
    return end if end is not None and _is_quiet_hour(DIGEST_AT, rhythm) else DIGEST_AT


def _is_quiet_hour(clock: time, rhythm: Rhythm) -> bool:
    start, end = rhythm.quiet_from, rhythm.quiet_until
    if start is None or end is None or start == end:
        return False
    if start > end:  # over midnight
        return clock >= start or clock < end
    return start <= clock < end


def _at(day: date, clock: time, like: datetime) -> datetime:
    return datetime.combine(day, clock, tzinfo=like.tzinfo)
