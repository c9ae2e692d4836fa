"""One appointment as a file for a calendar (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone


@dataclass(frozen=True, slots=True)
class Repetition:
    """A rule by which it comes again: DAILY or WEEKLY, the last time at `until`."""

    frequency: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Appointment:
    """All that the file says; times are aware.

    With `zone` they stand on that clock, else in UTC; the rules of it and of `clocks`
    are written beside them, from `first_on` to `last_on`. `again_at` are further begins
    without a rule. `version` rises with every change, so that a calendar takes the later
    one; a cancelled one keeps its name and takes itself out of the calendar.
    """

    uid: str
    stamped_at: datetime
    begins_at: datetime
    ends_at: datetime
    summary: str
    place: str = ""
    description: str = ""
    zone: str = ""
    clocks: tuple[str, ...] = ()
    first_on: date | None = None
    last_on: date | None = None
    repetition: Repetition | None = None
    again_at: tuple[datetime, ...] = ()
    version: int | None = None
    is_cancelled: bool = False


def uid_for(thing: UUID, reader: UUID) -> str:
    """A name that one reader's calendar knows again, and no other's does.

    A provider who keeps the calendars of two partners must not join them by it.
    """
    return str(uuid5(thing, reader.hex))


def calendar_file(appointment: Appointment) -> bytes:
    """The file, of one event."""
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.is_cancelled else "PUBLISH")
    for zone in dict.fromkeys(appointment.clocks):
        if zone != "UTC":
            calendar.add_component(_rules_of(zone, appointment))
    calendar.add_component(_event(appointment))
    return bytes(calendar.to_ical())


def _event(appointment: Appointment) -> Event:
    event = Event()
    event.add("uid", appointment.uid)
    event.add("dtstamp", _day_of(appointment.stamped_at))
    event.add("class", "PRIVATE")
    event.add("summary", appointment.summary)
    if appointment.place:
        event.add("location", appointment.place)
    if appointment.description:
        event.add("description", appointment.description)
    if appointment.version is not None:
        event.add("sequence", appointment.version)
        event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    _add_times(event, appointment)
    return event


def _day_of(moment: datetime) -> datetime:
    """No finer than a day: the second of the last yes would join two calendars."""
    day = moment.astimezone(UTC)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def _add_times(event: Event, appointment: Appointment) -> None:
    clock = ZoneInfo(appointment.zone) if appointment.zone else UTC
    event.add("dtstart", appointment.begins_at.astimezone(clock))
    event.add("dtend", appointment.ends_at.astimezone(clock))
    if appointment.repetition:
        again = appointment.repetition
        event.add("rrule", {"freq": again.frequency, "until": again.until})
    if appointment.again_at:
        event.add("rdate", list(appointment.again_at))


def _rules_of(zone: str, appointment: Appointment) -> Timezone:
    """The rules of one clock for as long as the appointment lasts."""
    first = appointment.first_on or appointment.begins_at.date()
    last = appointment.last_on or appointment.ends_at.date()
    return Timezone.from_tzid(
        zone,
        first_date=date(first.year - 1, 1, 1),
        last_date=date(last.year + 1, 1, 1),
    )
