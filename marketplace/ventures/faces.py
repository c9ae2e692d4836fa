"""What a partner sees of a venture: the same for every partner."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.faces import face_of
from marketplace.organisations.faces_table import FieldStage, declare
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .models import JointVenture, VentureParty
from .partners import met_by
from .permissions import party_of
from .pulse_faces import PulseFace, pulse_face


def _row(field: str, stage: Stage, label: str | Promise) -> FieldStage:
    return FieldStage("venture", field, stage, label)


declare(
    _row("text", Stage.PERSON, _("The text proposed to the partners")),
    _row("parties", Stage.PERSON, _("The partners and their shares")),
    _row("signatures", Stage.PERSON, _("Who has signed")),
    _row("stand", Stage.VENTURE, _("How each partner says it goes")),
    _row("milestones", Stage.VENTURE, _("Next steps and milestones")),
    _row("arrangements", Stage.VENTURE, _("Local arrangements")),
    _row("closing", Stage.VENTURE, _("The closing note")),
    _row("clocks", Stage.VENTURE, _("The time zone of each contact person")),
)


@dataclass(frozen=True, slots=True)
class PartyFace:
    """One partner: its name, its share in percent, whether it has signed this text."""

    name: str
    ownership: Decimal
    is_own: bool
    has_signed: bool


@dataclass(frozen=True, slots=True)
class VentureFace:
    """A venture as its partners see it."""

    public_id: UUID
    url: str
    title: str
    purpose: str
    starts_on: date
    ends_on: date | None
    fee_currency: str
    status: str
    status_label: str
    text_hash: str
    parties: tuple[PartyFace, ...]
    agreed_at: datetime | None
    activated_at: datetime | None
    may_edit: bool
    may_sign: bool
    may_withdraw: bool
    may_plan: bool
    pulse: PulseFace | None


def percent(ownership: int) -> Decimal:
    """Hundredths of a percent as a percentage with two decimals."""
    return Decimal(ownership).scaleb(-2)


def venture_face(venture: JointVenture, viewer: User) -> VentureFace:
    own = party_of(viewer, venture)
    text_hash = venture.text_hash()
    rows = venture.parties.select_related("organisation").prefetch_related("signatures")
    named = _named(venture, viewer)
    parties = tuple(
        _party_face(
            row,
            text_hash,
            is_own=own is not None and row.pk == own.pk,
            is_named=named is None or row.organisation_id in named,
        )
        for row in rows
    )
    proposed = venture.status == JointVenture.Status.PROPOSED and own is not None
    signed = any(party.is_own and party.has_signed for party in parties)
    return VentureFace(
        public_id=venture.public_id,
        url=venture.get_absolute_url(),
        title=venture.title,
        purpose=venture.purpose,
        starts_on=venture.starts_on,
        ends_on=venture.ends_on,
        fee_currency=venture.fee_currency,
        status=venture.status,
        status_label=venture.get_status_display(),
        text_hash=text_hash,
        parties=parties,
        agreed_at=venture.agreed_at,
        activated_at=venture.activated_at,
        may_edit=proposed,
        may_sign=proposed and not signed,
        may_withdraw=proposed,
        may_plan=own is not None and venture.status in JointVenture.GOING_ON,
        pulse=pulse_face(venture, own),
    )


def _named(venture: JointVenture, viewer: User) -> set[int] | None:
    """Keys of the organisations whose names stand open; None for all of them.

    A text that all have signed names its partners for good. Before that a name rests
    on an introduction, and goes when either side takes its consent back.
    """
    if venture.agreed_at is not None:
        return None
    mine = Organisation.objects.of(viewer).filter(venture_parties__venture=venture)
    return {pk for own in mine for pk in (own.pk, *met_by(own))}


def _party_face(
    row: VentureParty, text_hash: str, *, is_own: bool, is_named: bool
) -> PartyFace:
    signed = any(
        signature.voided_at is None and signature.text_hash == text_hash
        for signature in row.signatures.all()
    )
    return PartyFace(
        name=(
            face_of(row.organisation, Stage.ORGANISATION).name
            if is_named
            else str(_("Name not shown"))
        ),
        ownership=percent(row.ownership),
        is_own=is_own,
        has_signed=signed,
    )
