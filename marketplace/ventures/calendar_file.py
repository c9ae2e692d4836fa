"""A local arrangement as a file for a calendar (RFC 5545)."""

from datetime import UTC, date
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from marketplace.people.models import Discretion, User

from .clocks import ClockFace, clock_faces
from .models import Arrangement
from .occasions import Repeats, occasions

FREQUENCIES = {Repeats.DAILY: "DAILY", Repeats.WEEKLY: "WEEKLY"}


def calendar_file(arrangement: Arrangement, reader: User) -> bytes:
    """One event with its repetitions, of which no two partners get the same name.

    Holds what all partners agreed to and no name of anybody. A calendar goes to other
    devices and clouds: unless the reader lets mails say more, it says only when, and
    that in UTC, as the name of a clock would say where a partner lives.
    """
    event = _event(arrangement, reader)
    clocks: tuple[ClockFace, ...] = ()
    if reader.discretion == Discretion.OPEN:
        first = next(occasions(arrangement.times))
        parties = arrangement.venture.parties.select_related("organisation")
        clocks = clock_faces(first, arrangement.zone, parties, reader)
        _add_words(event, arrangement, clocks)
        _add_times(event, arrangement)
    else:
        event.add("summary", _("Appointment"))
        _add_times_in_utc(event, arrangement)
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for zone in dict.fromkeys(each.zone for each in clocks):
        if zone != "UTC":
            calendar.add_component(_zone(zone, arrangement))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(arrangement: Arrangement, reader: User) -> Event:
    """An event that its reader's calendar knows again, and no other's does.

    A provider who keeps the calendars of two partners must not join them by its name or
    by the second at which the last of them agreed.
    """
    agreed_at = (arrangement.agreed_at or timezone.now()).astimezone(UTC)
    event = Event()
    event.add("uid", str(uuid5(arrangement.public_id, reader.public_id.hex)))
    event.add("dtstamp", agreed_at.replace(hour=0, minute=0, second=0, microsecond=0))
    event.add("class", "PRIVATE")
    return event


def _add_words(
    event: Event, arrangement: Arrangement, clocks: tuple[ClockFace, ...]
) -> None:
    event.add("summary", arrangement.what)
    event.add("location", arrangement.place)
    lines = (f"{each.place}: {each.from_hour}–{each.to_hour}" for each in clocks)
    event.add("description", "\n".join(lines))


def _add_times(event: Event, arrangement: Arrangement) -> None:
    """On the clock that counts, repeated by a rule."""
    clock = ZoneInfo(arrangement.zone)
    first, *others = occasions(arrangement.times)
    event.add("dtstart", first.begins_at.astimezone(clock))
    event.add("dtend", first.ends_at.astimezone(clock))
    if arrangement.repeats in FREQUENCIES:
        last = others[-1] if others else first
        rule = {
            "freq": FREQUENCIES[Repeats(arrangement.repeats)],
            "until": last.begins_at,
        }
        event.add("rrule", rule)


def _add_times_in_utc(event: Event, arrangement: Arrangement) -> None:
    """Each time by itself: a rule in UTC would miss the changes of the clock."""
    first, *others = occasions(arrangement.times)
    event.add("dtstart", first.begins_at)
    event.add("dtend", first.ends_at)
    if others:
        event.add("rdate", [each.begins_at for each in others])


def _zone(zone: str, arrangement: Arrangement) -> Timezone:
    """The rules of one clock for as long as the arrangement lasts."""
    return Timezone.from_tzid(
        zone,
        first_date=date(arrangement.first_on.year - 1, 1, 1),
        last_date=date(arrangement.last_on.year + 1, 1, 1),
    )
