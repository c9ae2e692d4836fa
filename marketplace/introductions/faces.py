"""What one side of an introduction sees of it and of the other side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.faces import (
    FieldStage,
    OrganisationFace,
    declare,
    face_of,
)
from marketplace.organisations.models import Membership, Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .models import Introduction, Message
from .permissions import can_answer, can_close, can_withdraw, can_write
from .step_faces import StepFace, step_faces
from .steps import FIRST


def _row(field: str, stage: Stage, label: str | Promise) -> FieldStage:
    return FieldStage("introduction", field, stage, label)


declare(
    _row("answers", FIRST, _("The five sentences of a request")),
    _row("question", FIRST, _("The one question and its answer")),
    _row("reason", FIRST, _("The reason and note of an answer")),
    _row("messages", FIRST, _("Messages, once a request is accepted")),
)


@dataclass(frozen=True, slots=True)
class MessageFace:
    """One message as its reader sees it; the author by alias, empty where one has left."""

    text: str
    author: str
    is_mine: bool
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class IntroductionFace:
    """An introduction as one side may see it: the other side only as far as agreed."""

    public_id: UUID
    url: str
    status: str
    status_label: str
    is_asker: bool
    listing_title: str
    listing_url: str
    listing_language: str
    counterpart: OrganisationFace | None
    answers: tuple[tuple[str, str], ...]
    language: str
    question: str
    reply: str
    reason: str
    note: str
    asked_at: datetime | None
    expires_at: datetime | None
    messages: tuple[MessageFace, ...]
    steps: tuple[StepFace, ...]
    may_answer: bool
    may_question: bool
    may_reply: bool
    may_withdraw: bool
    may_close: bool
    may_write: bool
    may_propose: bool


def counterpart_face(
    introduction: Introduction, own: Organisation
) -> OrganisationFace | None:
    """The other side, or None where it is not, or no longer, shown.

    To the asker an unnamed listing stays unnamed until both agree; to the side that
    was asked the asker's alias goes with its consent.
    """
    is_asker = own.pk == introduction.asker_id
    shown = not introduction.listing.anonymous if is_asker else introduction.is_readable
    if not (shown or introduction.is_open):
        return None
    return face_of(introduction.other_than(own), introduction.stage)


ANSWERS = ("i_bring", "i_need", "why_you", "first_step", "constraints")


def _answers(
    introduction: Introduction, own: Organisation
) -> tuple[tuple[str, str], ...]:
    """The asker's own words; the other side reads them while the consent stands."""
    if own.pk != introduction.asker_id and not introduction.is_readable:
        return ()
    pairs = ((name, getattr(introduction, name)) for name in ANSWERS)
    return tuple((_label(name), text) for name, text in pairs if text)


def _label(name: str) -> str:
    return str(getattr(Introduction._meta.get_field(name), "verbose_name", name))


def _messages(introduction: Introduction, own: Organisation) -> tuple[MessageFace, ...]:
    if not introduction.is_open:
        return ()
    rows: list[Message] = list(introduction.messages.select_related("author"))
    here = _still_here(introduction)
    return tuple(
        MessageFace(
            text=row.text,
            author=str(row.author) if row.author_id in here else "",
            is_mine=row.organisation_id == own.pk,
            sent_at=row.sent_at,
        )
        for row in rows
    )


def _still_here(introduction: Introduction) -> set[int]:
    """Keys of the people of both sides; who has left is named no longer."""
    both = Membership.objects.filter(organisation__in=introduction.both)
    return set(both.filter(user__is_active=True).values_list("user", flat=True))


def introduction_face(introduction: Introduction, viewer: User) -> IntroductionFace:
    """The whole introduction for its page; the viewer is on one of its sides."""
    own = introduction.side_of(viewer)
    waiting = introduction.is_waiting
    asked_one = introduction.status == Introduction.Status.QUESTION
    may_answer = waiting and can_answer(viewer, introduction)
    return IntroductionFace(
        **_outline(introduction, own),
        answers=_answers(introduction, own),
        messages=_messages(introduction, own),
        steps=step_faces(introduction, viewer),
        may_answer=may_answer,
        may_question=may_answer and introduction.question_at is None,
        may_reply=asked_one and can_withdraw(viewer, introduction),
        may_withdraw=waiting and can_withdraw(viewer, introduction),
        may_close=introduction.is_open and can_close(viewer, introduction),
        may_write=can_write(viewer, introduction),
        may_propose=(
            introduction.stage >= Stage.PERSON and can_close(viewer, introduction)
        ),
    )


def _outline(introduction: Introduction, own: Organisation) -> dict[str, Any]:
    declined = introduction.status == Introduction.Status.DECLINED
    readable = introduction.is_readable
    listing = introduction.listing
    is_readable = listing.is_public or own.pk == listing.organisation_id
    return {
        "public_id": introduction.public_id,
        "url": introduction.get_absolute_url(),
        "status": introduction.status,
        "status_label": introduction.get_status_display(),
        "is_asker": own.pk == introduction.asker_id,
        "listing_title": introduction.listing_title_for(own),
        "listing_url": listing.get_absolute_url() if is_readable else "",
        "listing_language": listing.written_in,
        "counterpart": counterpart_face(introduction, own),
        "language": introduction.language,
        "question": introduction.question if readable else "",
        "reply": introduction.reply if readable else "",
        "reason": introduction.get_reason_display() if declined else "",
        "note": introduction.note if declined else "",
        "asked_at": introduction.asked_at,
        "expires_at": introduction.expires_at,
    }


@dataclass(frozen=True, slots=True)
class IntroductionLine:
    """One row of the list: enough to choose, nothing that identifies."""

    url: str
    status: str
    status_label: str
    is_asker: bool
    is_own_turn: bool
    listing_title: str
    counterpart_name: str
    asked_at: datetime | None
    expires_at: datetime | None


def introduction_line(
    introduction: Introduction, own: Organisation
) -> IntroductionLine:
    face = counterpart_face(introduction, own)
    is_asker = own.pk == introduction.asker_id
    turn = Introduction.Status.QUESTION if is_asker else Introduction.Status.ASKED
    return IntroductionLine(
        url=introduction.get_absolute_url(),
        status=introduction.status,
        status_label=introduction.get_status_display(),
        is_asker=is_asker,
        is_own_turn=introduction.status == turn,
        listing_title=introduction.listing_title_for(own),
        counterpart_name=face.name if face else "",
        asked_at=introduction.asked_at,
        expires_at=introduction.expires_at,
    )


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A request not sent yet, and where it is written on."""

    public_id: UUID
    listing_id: UUID
    listing_title: str
    language: str
    begun_at: datetime


def draft_line(draft: Introduction) -> DraftLine:
    return DraftLine(
        public_id=draft.public_id,
        listing_id=draft.listing.public_id,
        listing_title=draft.listing.title,
        language=draft.listing.written_in,
        begun_at=draft.created_at,
    )
