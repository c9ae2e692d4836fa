"""The same moment on the clock of each partner, and on the reader's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_time, get_timezone_location
from django.utils.translation import gettext as _

from marketplace.people.languages import babel_locale
from marketplace.people.models import User

from .models import VentureParty
from .occasions import Occasion
from .partners import partner_name


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


def zone_of(party: VentureParty) -> str:
    """The zone of whom partners meet as the contact person of an organisation."""
    person = party.organisation.contact
    return person.time_zone if person else "UTC"


def place_of(zone: str) -> str:
    """A zone by its city, in the reader's language."""
    if zone == "Asia/Hebron":  # the Arabic of the CLDR spells it as foreigners do
        return _("Hebron")
    return get_timezone_location(
        ZoneInfo(zone), locale=babel_locale(), return_city=True
    )


def clock_faces(
    occasion: Occasion, zone: str, parties: Iterable[VentureParty], viewer: User
) -> tuple[ClockFace, ...]:
    """The clock that counts first, then each partner's and the reader's, each once."""
    whose: dict[str, list[str]] = {zone: []}
    for party in parties:
        whose.setdefault(zone_of(party), []).append(partner_name(party))
    whose.setdefault(viewer.time_zone, [])
    return tuple(
        _face(occasion, each, names, is_mine=each == viewer.time_zone)
        for each, names in whose.items()
    )


def _face(
    occasion: Occasion, zone: str, names: list[str], *, is_mine: bool
) -> ClockFace:
    begins = occasion.begins_at.astimezone(ZoneInfo(zone))
    ends = occasion.ends_at.astimezone(ZoneInfo(zone))
    return ClockFace(
        zone=zone,
        place=place_of(zone),
        whose=tuple(names),
        is_mine=is_mine,
        first_on=begins.date(),
        from_hour=_hour(begins),
        last_on=ends.date() if ends.date() != begins.date() else None,
        to_hour=_hour(ends),
    )


def _hour(moment: datetime) -> str:
    return format_time(moment.time(), format="HH:mm", locale="en")
