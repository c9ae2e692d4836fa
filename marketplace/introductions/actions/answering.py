"""The side that was asked answers: yes, no with a reason, or one question first."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.facilitation.actions import keep_act
from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Introduction
from marketplace.introductions.permissions import can_answer, can_reply
from marketplace.introductions.signals import (
    introduction_accepted,
    introduction_declined,
)
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import User
from marketplace.refusals import require

from .parts import give_consent, lock_to_answer, open_both_ways, take_back, tell
from .pausing import pause_requests

Status = Introduction.Status
LEAST_LEFT = timedelta(days=2)  # after a reply there is always time to read it


@transaction.atomic
def accept_introduction(introduction: Introduction, *, by: User) -> Introduction:
    """The side that was asked agrees to talk; each now knows the other by alias.

    A yes to one asker waits for no yes to another: it locks the introduction alone.
    """
    introduction = Introduction.objects.locked(introduction.pk)
    _may_answer(introduction, by)
    Introduction.lifecycle.advance(introduction, to=Status.ACCEPTED, **_answer(by))
    give_consent(introduction, introduction.asked, by, Stage.INTERESTED)
    if not open_both_ways(introduction, Stage.INTERESTED, by):
        raise DomainError(_("One side has taken back its consent."))
    _stamp(introduction, introduction.asked, by, "accept")
    log(introduction, "introductions.accept", user=by)
    tell(introduction, introduction.asker, notice_kinds.ACCEPTED)
    introduction_accepted.send(sender=Introduction, introduction=introduction)
    return introduction


@transaction.atomic
def decline_introduction(
    introduction: Introduction,
    *,
    by: User,
    because: str,
    note: str = "",
    pause: bool = False,
) -> Introduction:
    """The side that was asked says no, politely and with a reason.

    With `pause` its alias takes no new requests from now on, in the same act.
    """
    introduction = lock_to_answer(introduction)
    require(can_answer(by, introduction))
    words = {"reason": because, "note": note}
    answer = words | _answer(by)
    Introduction.lifecycle.advance(introduction, to=Status.DECLINED, **answer)
    _stamp(introduction, introduction.asked, by, "decline")
    take_back(introduction, by)
    if pause:
        pause_requests(introduction.listing, by=by)
    log(introduction, "introductions.decline", user=by)
    tell(introduction, introduction.asker, notice_kinds.DECLINED)
    introduction_declined.send(sender=Introduction, introduction=introduction)
    return introduction


@transaction.atomic
def ask_question(introduction: Introduction, *, by: User, text: str) -> Introduction:
    """The side that was asked wants to know one thing more, and stays unnamed.

    Once in a request; the time to answer stands still until the reply.
    """
    introduction = lock_to_answer(introduction)
    _may_answer(introduction, by)
    if introduction.question_at is not None:
        raise DomainError(_("One question is all there is. You can accept or decline."))
    Introduction.lifecycle.advance(introduction, to=Status.QUESTION)
    now = timezone.now()
    introduction.question, introduction.question_at = text, now
    introduction.clock_left = (introduction.expires_at or now) - now
    introduction.expires_at = now + timedelta(days=settings.INTRODUCTION_LIFE_DAYS)
    introduction.save(
        update_fields=["question", "question_at", "clock_left", "expires_at"]
    )
    _stamp(introduction, introduction.asked, by, "question")
    log(introduction, "introductions.question", user=by)
    tell(introduction, introduction.asker, notice_kinds.QUESTION)
    return introduction


@transaction.atomic
def answer_question(introduction: Introduction, *, by: User, text: str) -> Introduction:
    """The side that asked replies, and the time to answer runs on."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_reply(by, introduction))
    _refuse_if_overdue(introduction)
    Introduction.lifecycle.advance(introduction, to=Status.ASKED)
    now = timezone.now()
    introduction.reply, introduction.replied_at = text, now
    left = max(introduction.clock_left or LEAST_LEFT, LEAST_LEFT)
    introduction.expires_at, introduction.clock_left = now + left, None
    introduction.save(update_fields=["reply", "replied_at", "expires_at", "clock_left"])
    _stamp(introduction, introduction.asker, by, "reply")
    log(introduction, "introductions.reply", user=by)
    tell(introduction, introduction.asked, notice_kinds.REPLY)
    return introduction


def _may_answer(introduction: Introduction, by: User) -> None:
    require(can_answer(by, introduction))
    _refuse_if_overdue(introduction)


def _refuse_if_overdue(introduction: Introduction) -> None:
    if introduction.is_overdue:
        raise DomainError(_("The time to answer this request has passed."))


def _answer(by: User) -> dict[str, object]:
    """By whom and when; how quickly that was, the clock looks at."""
    return {"answered_by": by, "answered_at": timezone.now(), "is_band_due": True}


def _stamp(introduction: Introduction, side: Organisation, by: User, act: str) -> None:
    """Where a facilitator did it, the client reads who did what for it."""
    keep_act(side, by=by, about=introduction.public_id, act=act)
