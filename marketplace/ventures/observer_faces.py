"""The observer, as partners and as the third party itself read it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from marketplace.organisations.faces import face_of
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .faces import PartyFace, party_faces
from .models import JointVenture, Observer
from .partners import partner_names, possible_observers
from .permissions import party_of
from .pulse_faces import PulseFace, pulse_face
from .text_faces import DissentFace, WordingFace, dissent_faces, wording_faces


@dataclass(frozen=True, slots=True)
class ObserverFace:
    """The observer for the partners: who, who has still to agree, what the reader can do."""

    public_id: UUID
    name: str
    waiting_for: tuple[str, ...]
    has_joined: bool
    may_agree: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a third party knows before it says yes: who asks."""

    public_id: UUID
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ObservedFace:
    """What a third party reads: the text and how it goes; no plan, no place, no money."""

    public_id: UUID
    wordings: tuple[WordingFace, ...]
    status: str
    status_label: str
    parties: tuple[PartyFace, ...]
    dissents: tuple[DissentFace, ...]
    pulse: PulseFace | None
    agreed_at: datetime | None


def observer_face(venture: JointVenture, viewer: User) -> ObserverFace | None:
    """None where there is none, and for who is no partner."""
    own = party_of(viewer, venture)
    observers = Observer.objects.standing().select_related("organisation")
    observer = observers.filter(venture=venture).first()
    if observer is None or own is None:
        return None
    said = set(observer.words.values_list("party", flat=True))
    names = partner_names(venture)
    return ObserverFace(
        public_id=observer.public_id,
        name=_name_of(observer.organisation),
        waiting_for=tuple(name for key, name in names.items() if key not in said),
        has_joined=observer.joined_at is not None,
        may_agree=own.pk not in said,
    )


def observer_lines(venture: JointVenture, viewer: User) -> list[dict[str, str]]:
    """Whom a partner could invite: third parties that all partners know."""
    if venture.status in JointVenture.OVER or party_of(viewer, venture) is None:
        return []
    return [
        {"id": str(row.public_id), "name": _name_of(row)}
        for row in possible_observers(venture)
    ]


def invitation(observer: Observer) -> Invitation:
    names = partner_names(observer.venture).values()
    return Invitation(public_id=observer.public_id, partners=tuple(names))


def observed_face(observer: Observer, viewer: User) -> ObservedFace:
    """It knows every partner, or it would not stand."""
    venture = observer.venture
    names = partner_names(venture)
    return ObservedFace(
        public_id=observer.public_id,
        wordings=wording_faces(venture),
        status=venture.status,
        status_label=venture.get_status_display(),
        parties=party_faces(venture, None, names, venture.text_hash()),
        dissents=dissent_faces(venture, viewer, names),
        pulse=pulse_face(venture, None),
        agreed_at=venture.agreed_at,
    )


def _name_of(organisation: Organisation) -> str:
    return face_of(organisation, Stage.ORGANISATION).name
