"""A local arrangement as a file for a calendar."""

from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.calendar_file import Appointment, Repetition, calendar_file, uid_for
from marketplace.people.models import Discretion, User

from .clocks import clocks_of
from .models import Arrangement
from .occasions import Repeats, occasions

FREQUENCIES = {Repeats.DAILY: "DAILY", Repeats.WEEKLY: "WEEKLY"}


def file_of_arrangement(arrangement: Arrangement, reader: User) -> bytes:
    """One event with its repetitions, of which no two partners get the same name.

    Holds what all partners agreed to and no name of anybody. A calendar goes to other
    devices and clouds: unless the reader lets mails say more, it says only when, and
    that in UTC, as the name of a clock would say where a partner lives.
    """
    first, *others = occasions(arrangement.times)
    bare = Appointment(
        uid=uid_for(arrangement.public_id, reader.public_id),
        stamped_at=arrangement.agreed_at or timezone.now(),
        begins_at=first.begins_at,
        ends_at=first.ends_at,
        summary=_("Appointment"),
    )
    if reader.discretion == Discretion.OPEN:
        return calendar_file(_in_full(bare, arrangement, reader))
    # Each time by itself: a rule in UTC would miss the changes of the clock.
    again = tuple(each.begins_at for each in others)
    return calendar_file(replace(bare, again_at=again))


def _in_full(bare: Appointment, arrangement: Arrangement, reader: User) -> Appointment:
    """On the clock that counts, repeated by a rule, with its words."""
    first, *others = occasions(arrangement.times)
    parties = arrangement.venture.parties.select_related("organisation")
    clocks = clocks_of(first, arrangement.zone, parties, reader)
    lines = (f"{each.place}: {each.from_hour}–{each.to_hour}" for each in clocks)
    frequency = FREQUENCIES.get(Repeats(arrangement.repeats))
    last = others[-1] if others else first
    return replace(
        bare,
        summary=arrangement.what,
        place=arrangement.place,
        description="\n".join(lines),
        zone=arrangement.zone,
        clocks=tuple(each.zone for each in clocks),
        first_on=arrangement.first_on,
        last_on=arrangement.last_on,
        repetition=Repetition(frequency, last.begins_at) if frequency else None,
    )
