"""A local arrangement as a file for a calendar (RFC 5545)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from marketplace.people.models import Discretion, User

from .clocks import clock_faces
from .models import Arrangement
from .occasions import Occasion, Repeats, occasions

FREQUENCIES = {Repeats.DAILY: "DAILY", Repeats.WEEKLY: "WEEKLY"}


def calendar_file(arrangement: Arrangement, reader: User) -> bytes:
    """One event with its repetitions, on the clock that counts.

    Holds what all partners agreed to and no name of anybody. A calendar goes to other
    devices and clouds: unless the reader lets mails say more, it says only when.
    """
    first = next(occasions(arrangement.times))
    parties = arrangement.venture.parties.select_related("organisation")
    clocks = clock_faces(first, arrangement.zone, parties, reader)
    event = _event(arrangement, first)
    if reader.discretion == Discretion.OPEN:
        event.add("summary", arrangement.what)
        event.add("location", arrangement.place)
        lines = (f"{each.place}: {each.from_hour}–{each.to_hour}" for each in clocks)
        event.add("description", "\n".join(lines))
    else:
        event.add("summary", _("Appointment"))
    calendar = Calendar()
    calendar.add("prodid", "-//calendar//calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for zone in dict.fromkeys(each.zone for each in clocks):
        if zone != "UTC":
            calendar.add_component(_zone(zone, first.begins_at, arrangement))
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(arrangement: Arrangement, first: Occasion) -> Event:
    clock = ZoneInfo(arrangement.zone)
    event = Event()
    event.add("uid", str(arrangement.public_id))
    event.add("dtstamp", arrangement.agreed_at or timezone.now())
    event.add("dtstart", first.begins_at.astimezone(clock))
    event.add("dtend", first.ends_at.astimezone(clock))
    event.add("class", "PRIVATE")
    if arrangement.repeats in FREQUENCIES:
        last = [each.begins_at for each in occasions(arrangement.times)][-1]
        rule = {"freq": FREQUENCIES[Repeats(arrangement.repeats)], "until": last}
        event.add("rrule", rule)
    return event


def _zone(zone: str, since: datetime, arrangement: Arrangement) -> Timezone:
    """The rules of one clock for as long as the arrangement lasts."""
    year = since.astimezone(UTC).year
    return Timezone.from_tzid(
        zone,
        first_date=datetime(year, 1, 1, tzinfo=UTC).date(),
        last_date=datetime(arrangement.last_on.year + 1, 1, 1, tzinfo=UTC).date(),
    )
