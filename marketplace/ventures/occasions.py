"""When a local arrangement takes place and when it is over: dates and clocks alone (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

LONGEST = timedelta(days=366)


class Repeats(TextChoices):
    """Once from the first day to the last, or between the same hours again and again."""

    ONCE = "once", _("once, from the first day to the last")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week, on the weekday of the first day")


class Phase(TextChoices):
    """Where an arrangement stands in time; nobody sets it."""

    AHEAD = "ahead", _("has not begun")
    IN_FORCE = "in_force", _("in force")
    LAPSED = "lapsed", _("lapsed")


@dataclass(frozen=True, slots=True)
class Times:
    """Days and hours on the one clock that counts; `zone` is its IANA name.

    `last_on` is included. Hours of a day end after they begin.
    """

    first_on: date
    last_on: date
    from_time: time
    to_time: time
    repeats: str
    zone: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """One stretch of time, both ends in UTC."""

    begins_at: datetime
    ends_at: datetime


def occasions(times: Times) -> Iterator[Occasion]:
    """Each time it takes place, in order.

    An hour that a change of the clocks leaves out is read on the clock before it
    (PEP 495, fold 0), so it falls as much later.
    """
    if times.repeats == Repeats.ONCE:
        yield _occasion(times, times.first_on, times.last_on)
        return
    day = times.first_on
    step = timedelta(days=7 if times.repeats == Repeats.WEEKLY else 1)
    while day <= times.last_on:
        yield _occasion(times, day, day)
        day += step


def lapses_at(times: Times) -> datetime:
    """The end of the last occasion, in UTC."""
    return max(occasion.ends_at for occasion in occasions(times))


def phase(times: Times, now: datetime) -> Phase:
    """Where it stands at this moment, by its dates alone."""
    if now < next(occasions(times)).begins_at:
        return Phase.AHEAD
    return Phase.IN_FORCE if now < lapses_at(times) else Phase.LAPSED


def next_occasion(times: Times, now: datetime) -> Occasion | None:
    """The one under way or the next to come; None once it has lapsed."""
    return next((each for each in occasions(times) if now < each.ends_at), None)


def _occasion(times: Times, first: date, last: date) -> Occasion:
    return Occasion(
        _moment(first, times.from_time, times.zone),
        _moment(last, times.to_time, times.zone),
    )


def _moment(day: date, hour: time, zone: str) -> datetime:
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(UTC)
