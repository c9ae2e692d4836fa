"""What a facilitator may do for one side beside answering: hold, and add context."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.facilitation.actions import keep_act
from marketplace.facilitation.models import Facilitator
from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Context, Introduction
from marketplace.introductions.permissions import can_add_context, can_hold
from marketplace.people.models import User
from marketplace.refusals import require

from .parts import lock_to_answer, tell

Status = Introduction.Status


@transaction.atomic
def hold_introduction(introduction: Introduction, *, by: User) -> Introduction:
    """A facilitator of the asked side needs time to talk to it; the clock stands.

    Once for a request: held again and again, it would never end.
    """
    introduction = lock_to_answer(introduction)
    require(can_hold(by, introduction) and not introduction.is_overdue)
    if introduction.held_at is not None:
        raise DomainError(_("This request was held once already."))
    Introduction.lifecycle.advance(introduction, to=Status.HELD)
    now = timezone.now()
    introduction.clock_left = (introduction.expires_at or now) - now
    introduction.expires_at = now + timedelta(days=settings.INTRODUCTION_HOLD_DAYS)
    introduction.held_at = now
    introduction.save(update_fields=["clock_left", "expires_at", "held_at"])
    _keep(introduction, by, "hold")
    tell(introduction, introduction.asker, notice_kinds.HELD)
    return introduction


@transaction.atomic
def release_introduction(introduction: Introduction, *, by: User) -> Introduction:
    """The clock runs on with what was left of it."""
    introduction = lock_to_answer(introduction)
    require(can_hold(by, introduction))
    Introduction.lifecycle.advance(introduction, to=Status.ASKED)
    let_run(introduction)
    _keep(introduction, by, "release")
    return introduction


def release_overdue() -> int:
    """Holds that lasted as long as a hold may; the number released."""
    rows = Introduction.objects.held_too_long().values_list("pk", flat=True)
    return sum(_release(pk) for pk in list(rows))


@transaction.atomic
def _release(pk: int) -> bool:
    introduction = lock_to_answer(Introduction.objects.get(pk=pk))
    if not Introduction.objects.held_too_long().filter(pk=pk).exists():
        return False
    Introduction.lifecycle.advance(introduction, to=Status.ASKED)
    let_run(introduction)
    return True


def let_run(introduction: Introduction) -> None:
    left = introduction.clock_left or timedelta(days=1)
    introduction.expires_at = timezone.now() + max(left, timedelta(days=1))
    introduction.clock_left = None
    introduction.save(update_fields=["expires_at", "clock_left"])


@transaction.atomic
def add_context(introduction: Introduction, *, by: User, text: str) -> Context:
    """A facilitator says something that helps the other side to understand."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_add_context(by, introduction))
    require(introduction.is_waiting or introduction.is_open)
    own = introduction.side_of(by)
    context = Context.objects.create(
        introduction=introduction,
        organisation=own,
        facilitator=Facilitator.objects.get(user=by),
        text=text,
    )
    _keep(introduction, by, "context")
    other = introduction.other_than(own)
    tell(introduction, other, notice_kinds.CONTEXT, is_paced=True)
    return context


def _keep(introduction: Introduction, by: User, act: str) -> None:
    own = introduction.side_of(by)
    keep_act(own, by=by, about=introduction.public_id, act=act)
    log(introduction, f"introductions.{act}", user=by)
