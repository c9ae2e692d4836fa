"""What a partner sees of a venture: the same for every partner."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.faces_table import FieldStage, declare
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .models import JointVenture, VentureParty
from .permissions import party_of
from .pulse_faces import PulseFace, pulse_face
from .text_faces import WordingFace, named_parties, title_for, wording_faces


def _row(field: str, stage: Stage, label: str | Promise) -> FieldStage:
    return FieldStage("venture", field, stage, label)


declare(
    _row("text", Stage.PERSON, _("The text proposed to the partners")),
    _row("parties", Stage.PERSON, _("The partners and their shares")),
    _row("signatures", Stage.PERSON, _("Who has signed")),
    _row("versions", Stage.PERSON, _("Earlier versions of the text")),
    _row("dissent", Stage.PERSON, _("Notes of dissent")),
    _row("observer", Stage.PERSON, _("An observer")),
    _row("stand", Stage.VENTURE, _("How each partner says it goes")),
    _row("milestones", Stage.VENTURE, _("Next steps and milestones")),
    _row("arrangements", Stage.VENTURE, _("Local arrangements")),
    _row("closing", Stage.VENTURE, _("The closing note")),
    _row(
        "clocks",
        Stage.VENTURE,
        _("Each contact person’s clock, beside the times of an arrangement"),
    ),
)


@dataclass(frozen=True, slots=True)
class PartyFace:
    """One partner: its name, its share in percent, and how many have signed this text."""

    name: str
    ownership: Decimal
    is_own: bool
    signatures: int
    signers: int

    @property
    def has_signed(self) -> bool:
        """All of its people who have to."""
        return self.signatures >= self.signers


@dataclass(frozen=True, slots=True)
class VentureFace:
    """A venture as its partners see it."""

    public_id: UUID
    url: str
    title: str
    title_language: str
    wordings: tuple[WordingFace, ...]
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
    wordings = wording_faces(venture)
    text_hash = venture.text_hash()
    parties = party_faces(venture, own, named_parties(venture, viewer), text_hash)
    proposed = venture.status == JointVenture.Status.PROPOSED and own is not None
    signed = any(party.is_own and party.has_signed for party in parties) or (
        own is not None
        and own.signatures.filter(voided_at=None, signed_by=viewer).exists()
    )
    return VentureFace(
        public_id=venture.public_id,
        url=venture.get_absolute_url(),
        title=title_for(wordings).title,
        title_language=title_for(wordings).language,
        wordings=wordings,
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


def party_faces(
    venture: JointVenture,
    own: VentureParty | None,
    names: dict[int, str],
    text_hash: str,
) -> tuple[PartyFace, ...]:
    """Every partner in their order, under the names a reader may know."""
    rows = venture.parties.prefetch_related("signatures")
    return tuple(
        PartyFace(
            name=names[row.pk],
            ownership=percent(row.ownership),
            is_own=own is not None and row.pk == own.pk,
            signatures=sum(
                signature.voided_at is None and signature.text_hash == text_hash
                for signature in row.signatures.all()
            ),
            signers=row.signers,
        )
        for row in rows
    )
