"""What others may see of an organisation and its people, and from which stage on."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.taxonomy.constants import LANGUAGE_CHOICES

from .faces_table import FieldStage, declare, open_fields
from .models import Organisation, Trait
from .stages import Stage
from .stricter import Choices, choices_of
from .traits import shared_traits

declare(
    FieldStage("organisation", "alias", Stage.PUBLIC, _("Public alias")),
    FieldStage("organisation", "descriptor", Stage.PUBLIC, _("One line about it")),
    FieldStage("organisation", "sectors", Stage.PUBLIC, _("Sectors")),
    FieldStage("organisation", "traits", Stage.PUBLIC, _("Traits you chose to show")),
    FieldStage("organisation", "languages", Stage.PUBLIC, _("Working languages")),
    FieldStage("organisation", "verified_on", Stage.PUBLIC, _("Verified, and when")),
    FieldStage("organisation", "place", Stage.MEMBER, _("District")),
    FieldStage("organisation", "size", Stage.FACTS, _("How many people work in it")),
    FieldStage("organisation", "works_since", Stage.FACTS, _("Since when it works")),
    FieldStage("organisation", "trade_facts", Stage.FACTS, _("Facts of the trade")),
    FieldStage("organisation", "legal_name", Stage.ORGANISATION, _("Legal name")),
    FieldStage("person", "contact_name", Stage.PERSON, _("Name")),
    FieldStage("person", "contact_phone", Stage.PERSON, _("Telephone")),
    FieldStage("person", "contact_email", Stage.PERSON, _("E-mail")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFace:
    """What anyone may see."""

    public_id: UUID
    url: str
    stage: Stage
    alias: str
    descriptor: str
    sectors: tuple[str, ...]
    traits: tuple[str, ...]
    languages: tuple[str, ...]
    verified_on: datetime.date | None

    @property
    def name(self) -> str:
        """The name this reader knows it by."""
        return self.alias

    @property
    def verified(self) -> bool:
        return self.verified_on is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberOrganisationFace(OrganisationFace):
    """What signed-in members may see besides."""

    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsOrganisationFace(MemberOrganisationFace):
    """What a counterpart sees once both agreed to share facts."""

    size: str
    works_since: int | None
    trade_facts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOrganisationFace(FactsOrganisationFace):
    """What a partner sees once both agreed to share the organisation."""

    legal_name: str

    @property
    def name(self) -> str:
        return self.legal_name or self.alias


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactOrganisationFace(KnownOrganisationFace):
    """What a partner sees once both agreed to meet."""

    contact_name: str
    contact_phone: str
    contact_email: str


# The nearest rung first; each class holds exactly the fields its rung opens.
_FACE_FROM: tuple[tuple[Stage, type[OrganisationFace]], ...] = (
    (Stage.PERSON, ContactOrganisationFace),
    (Stage.ORGANISATION, KnownOrganisationFace),
    (Stage.FACTS, FactsOrganisationFace),
    (Stage.MEMBER, MemberOrganisationFace),
    (Stage.PUBLIC, OrganisationFace),
)


def face_of(
    organisation: Organisation, stage: Stage, choices: Choices | None = None
) -> OrganisationFace:
    """What a reader at this stage may see; closed fields are not even read.

    Those the owner holds back from this stage are empty. A list reads the owners'
    ``choices`` for all its rows at once.
    """
    kind = next(kind for rung, kind in _FACE_FROM if stage >= rung)
    names = open_fields("organisation", stage) | open_fields("person", stage)
    choices = choices or choices_of([organisation])
    later = choices.held_back(organisation.pk, "organisation", stage)
    held = {name: empty for name, empty in later.items() if name in names}
    return kind(
        public_id=organisation.public_id,
        url=reverse("organisations:detail", args=[organisation.public_id]),
        stage=stage,
        **held,  # type: ignore[arg-type]
        **{name: _READ[name](organisation) for name in names - set(held)},  # type: ignore[arg-type]
    )


def under_alias(face: OrganisationFace, alias: str, scope: UUID) -> OrganisationFace:
    """The same party under the alias of one listing, with nothing that leads elsewhere.

    What its own page shows to anyone would lead to that page by a search.
    """
    shut: dict[str, object] = {"alias": alias, "public_id": scope, "url": ""}
    shut |= {"descriptor": "", "traits": (), "verified_on": None}
    if face.stage < Stage.FACTS:
        shut |= {"sectors": (), "languages": (), "place": ""}
    held = {each.name for each in fields(face)}
    known = {name: value for name, value in shut.items() if name in held}
    return replace(face, **known)  # type: ignore[arg-type]


def _contact(organisation: Organisation, detail: str) -> str:
    person = organisation.contact
    if person is None:
        return ""
    if detail == "email":
        return person.email
    identity = getattr(person, "legal_identity", None)
    return str(getattr(identity, detail, "") or "")


def _traits(organisation: Organisation) -> tuple[str, ...]:
    """Traits that enough organisations share to point at none of them."""
    shown = [t for t in organisation.traits if t in shared_traits()]
    return tuple(str(Trait(trait).label) for trait in shown)


def _languages(organisation: Organisation) -> tuple[str, ...]:
    names = dict(LANGUAGE_CHOICES)
    return tuple(str(names[code]) for code in organisation.languages if code in names)


_READ: dict[str, Callable[[Organisation], object]] = {
    "alias": lambda organisation: organisation.alias,
    "descriptor": lambda organisation: organisation.descriptor,
    "sectors": lambda organisation: tuple(
        sector.name for sector in organisation.sectors.all()
    ),
    "traits": _traits,
    "languages": _languages,
    "verified_on": lambda organisation: (
        organisation.verified_on if organisation.is_verified else None
    ),
    "place": lambda organisation: organisation.place.name if organisation.place else "",
    "size": lambda organisation: str(organisation.get_size_display()),
    "works_since": lambda organisation: organisation.works_since,
    "trade_facts": lambda organisation: organisation.trade_facts,
    "legal_name": lambda organisation: organisation.legal_name,
    "contact_name": lambda organisation: _contact(organisation, "name"),
    "contact_phone": lambda organisation: _contact(organisation, "phone"),
    "contact_email": lambda organisation: _contact(organisation, "email"),
}
