"""The same moment on the clocks of several people, and an hour read off one wall."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time, get_timezone_location
from django.utils.translation import gettext as _

from .languages import babel_locale


@dataclass(frozen=True, slots=True)
class ClockFace:
    """One stretch of time as one clock shows it; `last_on` is None within a day."""

    zone: str
    place: str
    whose: tuple[str, ...]
    is_mine: bool
    first_on: date
    from_hour: str
    last_on: date | None
    to_hour: str


def place_of(zone: str) -> str:
    """A zone by its city, in the reader's language."""
    if zone == "Asia/Hebron":  # the Arabic of the CLDR spells it as foreigners do
        return _("Hebron")
    return get_timezone_location(
        ZoneInfo(zone), locale=babel_locale(), return_city=True
    )


def clock_faces(
    begins_at: datetime,
    ends_at: datetime,
    whose: Mapping[str, Iterable[str]],
    mine: str,
) -> tuple[ClockFace, ...]:
    """One face for each zone of `whose`, in its order; `mine` is the reader's zone."""
    return tuple(
        _face(begins_at, ends_at, zone, tuple(names), is_mine=zone == mine)
        for zone, names in whose.items()
    )


def _face(
    begins_at: datetime,
    ends_at: datetime,
    zone: str,
    names: tuple[str, ...],
    *,
    is_mine: bool,
) -> ClockFace:
    begins = begins_at.astimezone(ZoneInfo(zone))
    ends = ends_at.astimezone(ZoneInfo(zone))
    return ClockFace(
        zone=zone,
        place=place_of(zone),
        whose=names,
        is_mine=is_mine,
        first_on=begins.date(),
        from_hour=_hour(begins),
        last_on=ends.date() if ends.date() != begins.date() else None,
        to_hour=_hour(ends),
    )


def _hour(moment: datetime) -> str:
    return format_time(moment.time(), format="HH:mm", locale="en")


class NoSuchHour(ValueError):
    """On this day the clocks are put forward over this hour."""


class HourComesTwice(ValueError):
    """On this day the clocks are put back, and this hour comes twice."""


def moment_on_wall(day: date, hour: time, zone: str) -> datetime:
    """The one moment, in UTC, at which a wall shows this day and hour.

    Raises `NoSuchHour` or `HourComesTwice` where a change of the clocks leaves none or
    two (PEP 495).
    """
    clock = ZoneInfo(zone)
    first = datetime.combine(day, hour, clock)
    later = first.replace(fold=1)
    moment = first.astimezone(UTC)
    if first.utcoffset() == later.utcoffset():
        return moment
    if moment.astimezone(clock).replace(tzinfo=None) != first.replace(tzinfo=None):
        raise NoSuchHour
    raise HourComesTwice


def stretch_in_words(face: ClockFace) -> str:
    """A stretch of time for a sentence: Thursday 5 November 2026 · 10:00–10:45.

    The hours are held together (U+2066, U+2069): a text that runs from right to left
    would turn them round.
    """
    first = format_date(face.first_on, format="full", locale=babel_locale())
    if face.last_on is None:
        hours = f"\u2066{face.from_hour}–{face.to_hour}\u2069"
        return f"{first} · {hours}"
    last = format_date(face.last_on, format="full", locale=babel_locale())
    return f"{first} \u2066{face.from_hour}\u2069 – {last} \u2066{face.to_hour}\u2069"
