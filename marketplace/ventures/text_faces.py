"""The text of a venture as its partners read it: languages, versions, dissent."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.organisations.faces import face_of
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.organisations.stricter import Choices
from marketplace.people.models import LANGUAGE_CHOICES, User

from .models import JointVenture, VentureParty
from .partners import met_by
from .permissions import can_take_back, party_of

NAMES = dict(LANGUAGE_CHOICES)


@dataclass(frozen=True, slots=True)
class WordingFace:
    """The text in one language, under that language's own name for itself."""

    language: str
    language_name: str
    title: str
    purpose: str
    governs: bool


@dataclass(frozen=True, slots=True)
class VersionFace:
    """All that one version asked to be signed, and who signed it.

    `parties` are names and shares in percent; `is_current` is the one that stands.
    """

    number: int
    mark: str
    by: str
    written_at: datetime
    wordings: tuple[WordingFace, ...]
    starts_on: date | None
    ends_on: date | None
    fee_currency: str
    parties: tuple[tuple[str, str], ...]
    signed_by: tuple[str, ...]
    is_current: bool


@dataclass(frozen=True, slots=True)
class DissentFace:
    """One partner's note beside the agreement, and whether it was taken back."""

    public_id: UUID
    by: str
    text: str
    written_at: datetime
    withdrawn_at: datetime | None
    may_take_back: bool


def wording_faces(venture: JointVenture) -> tuple[WordingFace, ...]:
    """The governing words first, then the others; all of them are signed."""
    beside = {row.language: [row.title, row.purpose] for row in venture.wordings.all()}
    words = {venture.governing_language: [venture.title, venture.purpose]} | beside
    return _wordings(words, venture.governing_language)


def title_for(wordings: tuple[WordingFace, ...]) -> WordingFace:
    """The words in the reader's language where there are some, else what governs."""
    language = (get_language() or "en")[:2]
    return next((each for each in wordings if each.language == language), wordings[0])


def named_parties(venture: JointVenture, viewer: User) -> dict[int, str]:
    """The name of each partner by the key of its party, as far as the reader knows it.

    A text that all have signed names its partners for good. Before that a name rests
    on an introduction, and goes when either side takes its consent back.
    """
    parties = venture.parties.select_related("organisation")
    known = None if venture.agreed_at is not None else _known(venture, viewer)
    return {party.pk: name_of(party, known) for party in parties}


def dissent_faces(
    venture: JointVenture, viewer: User, names: dict[int, str] | None = None
) -> tuple[DissentFace, ...]:
    """In the order in which they came, those that were taken back among them."""
    names = names or named_parties(venture, viewer)
    return tuple(
        DissentFace(
            public_id=row.public_id,
            by=names[row.party_id],
            text=row.text,
            written_at=row.written_at,
            withdrawn_at=row.withdrawn_at,
            may_take_back=row.withdrawn_at is None and can_take_back(viewer, row),
        )
        for row in venture.dissents.select_related("party__organisation")
    )


def may_dissent(venture: JointVenture, viewer: User) -> bool:
    is_open = venture.status != JointVenture.Status.WITHDRAWN
    return is_open and party_of(viewer, venture) is not None


def version_faces(venture: JointVenture, viewer: User) -> tuple[VersionFace, ...]:
    """What stood from when on, newest first."""
    names = named_parties(venture, viewer)
    parties = list(venture.parties.select_related("organisation"))
    by_id = {str(each.organisation.public_id): names[each.pk] for each in parties}
    rows = list(venture.versions.order_by("-number"))
    stands = rows[0].text_hash if rows else ""
    signed: dict[str, list[str]] = {}
    for party in venture.parties.prefetch_related("signatures"):
        # An edit and its undoing void a signature under words that stand again.
        marks = Counter(
            mark
            for mark, _person in {
                (each.text_hash, each.signed_by_id)
                for each in party.signatures.all()
                if each.voided_at is None or each.text_hash != stands
            }
        )
        for mark, people in marks.items():
            if people >= party.signers:
                signed.setdefault(mark, []).append(names[party.pk])
    faces = []
    for row in rows:
        text = json.loads(row.text)
        faces.append(
            VersionFace(
                number=row.number,
                mark=row.text_hash[:12],
                by=names[row.party_id],
                written_at=row.written_at,
                wordings=_wordings(text["words"], text["governing_language"]),
                starts_on=parse_date(text["starts_on"]),
                ends_on=parse_date(text["ends_on"]) if text["ends_on"] else None,
                fee_currency=text["fee_currency"],
                parties=tuple(
                    (by_id[key], f"{share / 100:.2f}") for key, share in text["parties"]
                ),
                signed_by=tuple(signed.get(row.text_hash, ())),
                is_current=row is rows[0],
            )
        )
    return tuple(faces)


def _wordings(words: dict[str, list[str]], governing: str) -> tuple[WordingFace, ...]:
    return tuple(
        WordingFace(code, NAMES[code], title, purpose, governs=code == governing)
        for code, (title, purpose) in sorted(
            words.items(), key=lambda each: (each[0] != governing, each[0])
        )
    )


def _known(venture: JointVenture, viewer: User) -> set[int]:
    mine = Organisation.objects.of(viewer).filter(venture_parties__venture=venture)
    return {pk for own in mine for pk in (own.pk, *met_by(own))}


def name_of(
    party: VentureParty, known: set[int] | None, choices: Choices | None = None
) -> str:
    """A partner's name, unless it is not among the organisations that are known."""
    if known is not None and party.organisation_id not in known:
        return _("Name not shown")
    return face_of(party.organisation, Stage.ORGANISATION, choices).name
