"""What one side of an introduction sees of it and of the other side."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.facilitation.faces import DoneFace, done_for
from marketplace.organisations.faces import OrganisationFace, face_of, under_alias
from marketplace.organisations.faces_table import FieldStage, declare
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .message_faces import MessageFace, message_faces
from .models import Introduction
from .onlookers import Onlooker, onlooker_of
from .permissions import (
    can_add_context,
    can_answer,
    can_close,
    can_give_mandate,
    can_hold,
    can_reply,
    can_take_out,
    can_withdraw,
    can_write,
)
from .step_faces import StepFace, step_faces
from .steps import FIRST


def _row(field: str, stage: Stage, label: str | Promise) -> FieldStage:
    return FieldStage("introduction", field, stage, label)


declare(
    _row("answers", FIRST, _("The five sentences of a request")),
    _row("question", FIRST, _("The one question and its answer")),
    _row("context", FIRST, _("What a facilitator adds")),
    _row("reason", FIRST, _("The reason and note of an answer")),
    _row("messages", FIRST, _("Messages, once a request is accepted")),
)


Status = Introduction.Status


@dataclass(frozen=True, slots=True)
class ContextFace:
    """A line a facilitator added, by whom and whether for the reader's own side."""

    facilitator: str
    text: str
    is_mine: bool


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
    context: tuple[ContextFace, ...]
    done_for_us: tuple[DoneFace, ...]
    may_hold: bool
    may_release: bool
    may_add_context: bool
    may_give_mandate: bool
    may_report: bool
    may_take_out: bool
    is_helping: bool
    is_waiting: bool


def counterpart_face(
    introduction: Introduction, own: Organisation, nearest: Stage = Stage.VENTURE
) -> OrganisationFace | None:
    """The other side, or None where it is not, or no longer, shown.

    `nearest` is as far as this reader ever comes.

    To the asker an unnamed listing stays unnamed until both agree; to the side that
    was asked the asker's alias goes with its consent.
    """
    is_asker = own.pk == introduction.asker_id
    shown = not introduction.listing.anonymous if is_asker else introduction.is_readable
    if not (shown or introduction.is_open):
        return None
    other = introduction.other_than(own)
    stage = min(introduction.stage, nearest)
    face = face_of(other, stage)
    alias = introduction.alias_of(other)
    if alias != other.alias and stage < Stage.ORGANISATION:
        return under_alias(face, alias, introduction.listing.public_id)
    return face


def name_of_counterpart(
    introduction: Introduction, own: Organisation, *, is_named: bool
) -> str:
    """What the other side of a standing introduction is called, as its face says it.

    For lists, which ask for all their rows at once whether its organisation is open.
    """
    other = introduction.other_than(own)
    return (is_named and other.legal_name) or introduction.alias_of(other)


def nearest_of(*, is_helping: bool) -> Stage:
    """A facilitator comes to the facts: the other side agreed to be shown to no more."""
    return Stage.FACTS if is_helping else Stage.VENTURE


ANSWERS = ("i_bring", "i_need", "why_you", "first_step", "constraints")


def _answers(
    introduction: Introduction, own: Organisation
) -> tuple[tuple[str, str], ...]:
    """The asker's own words; the other side reads them while the consent stands."""
    if own.pk != introduction.asker_id and not introduction.is_readable:
        return ()
    pairs = ((name, getattr(introduction, name)) for name in ANSWERS)
    return tuple((label_of(name), text) for name, text in pairs if text)


def label_of(name: str) -> str:
    """What a sentence of a request is called."""
    return str(getattr(Introduction._meta.get_field(name), "verbose_name", name))


def introduction_face(
    introduction: Introduction, viewer: User | Onlooker
) -> IntroductionFace:
    """The whole introduction for its page; the viewer is on one of its sides."""
    viewer = onlooker_of(introduction, viewer)
    own, is_helping = viewer.own, not viewer.is_own
    waiting = introduction.is_waiting
    asked_one = introduction.status == Introduction.Status.QUESTION
    may_answer = waiting and can_answer(viewer, introduction)
    return IntroductionFace(
        **_outline(introduction, own, is_helping=is_helping),
        context=_context(introduction, own),
        done_for_us=done_for(own, introduction.public_id),
        may_hold=(
            introduction.status == Status.ASKED
            and introduction.held_at is None
            and can_hold(viewer, introduction)
        ),
        may_release=(
            introduction.status == Status.HELD and can_hold(viewer, introduction)
        ),
        may_add_context=can_add_context(viewer, introduction),
        may_give_mandate=not is_helping and can_give_mandate(viewer, introduction),
        may_report=not is_helping,
        may_take_out=can_take_out(viewer, introduction),
        is_helping=is_helping,
        is_waiting=waiting,
        answers=_answers(introduction, own),
        messages=() if is_helping else message_faces(introduction, own, viewer.user),
        steps=step_faces(introduction, viewer),
        may_answer=may_answer,
        may_question=may_answer and introduction.question_at is None,
        may_reply=asked_one and can_reply(viewer, introduction),
        may_withdraw=waiting and can_withdraw(viewer, introduction),
        may_close=introduction.is_open and can_close(viewer, introduction),
        may_write=can_write(viewer, introduction),
        may_propose=(
            introduction.stage >= Stage.PERSON and can_close(viewer, introduction)
        ),
    )


def _context(introduction: Introduction, own: Organisation) -> tuple[ContextFace, ...]:
    if not introduction.is_readable:
        return ()
    rows = introduction.context.select_related("facilitator__user")
    return tuple(
        ContextFace(str(row.facilitator), row.text, row.organisation_id == own.pk)
        for row in rows
    )


def _outline(
    introduction: Introduction, own: Organisation, *, is_helping: bool = False
) -> dict[str, Any]:
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
        "counterpart": counterpart_face(
            introduction, own, nearest_of(is_helping=is_helping)
        ),
        "language": introduction.language,
        "question": introduction.question if readable else "",
        "reply": introduction.reply if readable else "",
        "reason": introduction.get_reason_display() if declined else "",
        "note": introduction.note if declined else "",
        "asked_at": introduction.asked_at,
        "expires_at": introduction.expires_at,
    }
