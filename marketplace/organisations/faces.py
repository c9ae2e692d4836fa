"""What others may see of an organisation and its people, and from which stage on.

This module also gathers the table field × stage of all rooms: each room declares its
rows when it is loaded, faces are built from them, and the page "who sees what" and the
leak tests read them.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.taxonomy.constants import LANGUAGE_CHOICES

from .models import Organisation, Trait
from .stages import Stage
from .traits import shared_traits


@dataclass(frozen=True, slots=True)
class FieldStage:
    """From which stage one field of one kind of thing is open to others."""

    subject: str
    field: str
    stage: Stage
    label: str | Promise


FIELDS: dict[tuple[str, str], FieldStage] = {}


def declare(*rows: FieldStage) -> None:
    """Add a room's rows to the table; a field declared otherwise before is an error."""
    for row in rows:
        key = (row.subject, row.field)
        if FIELDS.setdefault(key, row) != row:
            raise ValueError(f"{row.subject}.{row.field} already has a stage")


def open_fields(subject: str, stage: Stage) -> frozenset[str]:
    """The fields of such a thing that are open at a stage."""
    return frozenset(
        row.field
        for row in FIELDS.values()
        if row.subject == subject and row.stage <= stage
    )


def stage_of(subject: str, field: str) -> Stage:
    """From which stage a field is open; KeyError for a field nobody declared."""
    return FIELDS[subject, field].stage


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


def face_of(organisation: Organisation, stage: Stage) -> OrganisationFace:
    """What a reader at this stage may see; closed fields are not even read."""
    kind = next(kind for rung, kind in _FACE_FROM if stage >= rung)
    fields = open_fields("organisation", stage) | open_fields("person", stage)
    return kind(
        public_id=organisation.public_id,
        url=reverse("organisations:detail", args=[organisation.public_id]),
        stage=stage,
        **{field: _READ[field](organisation) for field in fields},  # type: ignore[arg-type]
    )


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
