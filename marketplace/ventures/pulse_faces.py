"""How a venture goes, as its partners read it: the label, and each partner's word."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from .honesty import Stand, honest_stand
from .models import Confirmation, JointVenture, Pulse, VentureParty, WayOn
from .partners import partner_name


@dataclass(frozen=True, slots=True)
class WordFace:
    """One partner's last word; empty where it has said nothing yet."""

    name: str
    is_own: bool
    stand: str
    because: str
    said_at: datetime | None


@dataclass(frozen=True, slots=True)
class WayFace:
    """What a partner proposed to do."""

    name: str
    way: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class PulseFace:
    """`label` is empty where a partner has said nothing lately."""

    label: str
    is_standing_still: bool
    words: tuple[WordFace, ...]
    ways: tuple[WayFace, ...]
    every: int | None
    asked_on: date | None


def pulse_face(venture: JointVenture, own: VentureParty | None) -> PulseFace | None:
    """Nothing before all have signed: there is no venture to speak of."""
    if venture.status not in JointVenture.GOING_ON:
        return None
    parties = list(venture.parties.select_related("organisation", "pulse"))
    last = {party.pk: _last_word(party) for party in parties}
    heard = [_heard(last[party.pk]) for party in parties]
    stand = honest_stand(heard, timezone.now())
    pulse = next((_pulse(each) for each in parties if own and each == own), None)
    return PulseFace(
        label=str(stand.label) if stand else "",
        is_standing_still=stand in (None, Stand.STALLED) and any(heard),
        words=tuple(_word(party, last[party.pk], own) for party in parties),
        ways=tuple(_way(row) for row in venture.ways_on.select_related("party")),
        every=pulse.every if pulse else None,
        asked_on=pulse.ask_on if pulse else None,
    )


def _pulse(party: VentureParty) -> Pulse | None:
    return getattr(party, "pulse", None)


def _last_word(party: VentureParty) -> Confirmation | None:
    return party.confirmations.order_by("said_at", "pk").last()


def _heard(word: Confirmation | None) -> tuple[Stand, datetime] | None:
    return (Stand(word.stand), word.said_at) if word else None


def _word(
    party: VentureParty, word: Confirmation | None, own: VentureParty | None
) -> WordFace:
    return WordFace(
        name=partner_name(party),
        is_own=party == own,
        stand=str(word.get_stand_display()) if word else "",
        because=str(word.get_because_display()) if word and word.because else "",
        said_at=word.said_at if word else None,
    )


def _way(row: WayOn) -> WayFace:
    return WayFace(partner_name(row.party), str(row.get_way_display()), row.chosen_at)
