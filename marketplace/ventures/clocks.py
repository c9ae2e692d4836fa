"""A time of a venture on the clock of each partner, and on the reader's own."""

from collections.abc import Iterable

from marketplace.organisations.clocks import zone_of
from marketplace.people.clocks import ClockFace, clock_faces
from marketplace.people.models import User

from .models import VentureParty
from .occasions import Occasion
from .partners import partner_name


def clocks_of(
    occasion: Occasion, zone: str, parties: Iterable[VentureParty], viewer: User
) -> tuple[ClockFace, ...]:
    """The clock that counts first, then each partner's and the reader's, each once."""
    whose: dict[str, list[str]] = {zone: []}
    for party in parties:
        whose.setdefault(zone_of(party.organisation), []).append(partner_name(party))
    whose.setdefault(viewer.time_zone, [])
    return clock_faces(occasion.begins_at, occasion.ends_at, whose, viewer.time_zone)
