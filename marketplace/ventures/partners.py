"""What partners are called, and who else could join: whom both sides have met."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from marketplace.exceptions import NotAllowed
from marketplace.introductions.models import Introduction
from marketplace.organisations.faces import face_of
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage

from .models import JointVenture, VentureParty


def partner_name(party: VentureParty) -> str:
    """The name under which partners read of each other."""
    return face_of(party.organisation, Stage.ORGANISATION).name


def partner_names(venture: JointVenture) -> dict[int, str]:
    """Every partner's name by the key of its party, in their order, each read once."""
    parties = venture.parties.select_related("organisation")
    return {party.pk: partner_name(party) for party in parties}


def met_by(organisation: Organisation) -> set[int]:
    """Keys of the organisations whose people this one knows by both wills."""
    open_ones = Introduction.objects.known()
    asked = open_ones.filter(asker=organisation).values_list("asked_id", flat=True)
    askers = open_ones.filter(asked=organisation).values_list("asker_id", flat=True)
    return {*asked, *askers}


def possible_partners(introduction: Introduction) -> "QuerySet[Organisation]":
    """Third organisations that both sides of this introduction already know."""
    common = met_by(introduction.asker) & met_by(introduction.asked)
    return Organisation.objects.filter(pk__in=common)


def possible_observers(venture: JointVenture) -> "QuerySet[Organisation]":
    """Third organisations whose people every partner already knows."""
    own = list(venture.parties.select_related("organisation"))
    common = set.intersection(*(met_by(party.organisation) for party in own))
    keys = common - {party.organisation_id for party in own}
    return Organisation.objects.filter(pk__in=keys).order_by("pk")


def knows_all(venture: JointVenture) -> bool:
    """Whether every two partners still know each other by both wills."""
    keys = set(venture.parties.values_list("organisation", flat=True))
    parties = venture.parties.select_related("organisation")
    return all(
        keys - {each.organisation_id} <= met_by(each.organisation) for each in parties
    )


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """A partner by name, and the introduction on which one can agree on a meeting."""

    name: str
    introduction_id: UUID


def met_over(
    venture: JointVenture, party: VentureParty | None
) -> tuple[Acquaintance, ...]:
    """Each other partner whom this one still knows, in their order.

    Times are proposed to one side: with three partners it is said to which.
    """
    if party is None:
        return ()
    own = party.organisation_id
    met: dict[int, UUID] = {}
    for row in _known_among(venture, party.organisation):
        other = row.asked_id if row.asker_id == own else row.asker_id
        met.setdefault(other, row.public_id)
    return tuple(
        Acquaintance(partner_name(each), met[each.organisation_id])
        for each in venture.parties.select_related("organisation")
        if each.organisation_id in met
    )


def introduction_among(
    venture: JointVenture, organisation: Organisation
) -> Introduction:
    """One by which this partner knows another partner still.

    Not always the one the venture began with: a third partner was no side of that, and
    two who parted may have met again. Raises `NotAllowed` where there is none.
    """
    introduction = _known_among(venture, organisation).first()
    if introduction is None:
        raise NotAllowed
    return introduction


def _known_among(
    venture: JointVenture, organisation: Organisation
) -> "QuerySet[Introduction]":
    partners = venture.parties.values("organisation")
    known = Introduction.objects.known()
    met = known.filter(asker=organisation, asked__in=partners) | known.filter(
        asked=organisation, asker__in=partners
    )
    return met.order_by("pk")
