"""One side has left under one alias; for the other it ends on a day of its own."""

from datetime import datetime, timedelta
from secrets import SystemRandom

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.facilitation.actions import end_mandates
from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Introduction, StageConsent
from marketplace.introductions.signals import (
    introduction_closed,
    introduction_left,
    introduction_withdrawn,
)
from marketplace.organisations.models import Organisation
from marketplace.people.clock import clock_user

from .parts import lock_to_answer, take_back, tell

Status = Introduction.Status
_chance = SystemRandom()
HOURS = 2  # about the time of day at which its people are at work


def leave_introduction(introduction: Introduction, side: Organisation) -> None:
    """From the commit on nothing of it reaches a side, which says nothing more.

    The caller has locked it. The other side goes on to see its alias and what was open;
    no more opens: a yes of who left that the other has not answered yet is taken back.
    """
    if introduction.left_by_id is not None:
        return
    earliest, latest = settings.INTRODUCTION_PARTS_DAYS
    days = _chance.randint(earliest, latest - 1)  # the hours may add to the last
    hours = _chance.uniform(-HOURS, HOURS)
    introduction.left_by = side
    introduction.parts_at = timezone.now() + timedelta(days=days, hours=hours)
    introduction.save(update_fields=["left_by", "parts_at"])
    if introduction.is_open:
        ahead = StageConsent.objects.live().filter(
            introduction=introduction,
            organisation=side,
            stage__gt=introduction.stage,
        )
        ahead.update(withdrawn_at=timezone.now())
    end_mandates(introduction.public_id, of=side)
    introduction_left.send(sender=Introduction, introduction=introduction)


@transaction.atomic
def part_before(introduction: Introduction, moment: datetime) -> None:
    """End what one side has left in time for nobody to set out and wait for it.

    Half a day before the moment at least, or half of what is left until then.
    """
    introduction = Introduction.objects.locked(introduction.pk)
    if introduction.parts_at is None:
        return
    left = moment - timezone.now()
    latest = left - min(timedelta(hours=12), left / 2)
    parts_at = timezone.now() + latest * _chance.uniform(0.3, 1)
    introduction.parts_at = min(introduction.parts_at, parts_at)
    introduction.save(update_fields=["parts_at"])


def part_introductions() -> int:
    """End for the other side what one has left, each on its day; how many."""
    due = Introduction.objects.to_part().values_list("pk", flat=True)
    return sum(_part(pk) for pk in list(due))


@transaction.atomic
def _part(pk: int) -> bool:
    """As an ordinary act of the side that left: a request taken back, a thread closed."""
    introduction = lock_to_answer(Introduction.objects.get(pk=pk))
    if not Introduction.objects.to_part().filter(pk=pk).exists():
        return False
    clock = clock_user()
    if introduction.is_waiting:
        _end(introduction, Status.WITHDRAWN)
        log(introduction, "introductions.withdraw", user=clock)
        introduction_withdrawn.send(sender=Introduction, introduction=introduction)
    elif introduction.is_open:
        _end(introduction, Status.CLOSED)
        log(introduction, "introductions.close", user=clock)
        introduction_closed.send(sender=Introduction, introduction=introduction)
    introduction.left_by = introduction.parts_at = None
    introduction.save(update_fields=["left_by", "parts_at"])
    return True


def _end(introduction: Introduction, to: str) -> None:
    Introduction.lifecycle.advance(introduction, to=to)
    take_back(introduction, clock_user())
    is_closed = to == Status.CLOSED
    kind = notice_kinds.CLOSED if is_closed else notice_kinds.WITHDRAWN
    for side in introduction.both:  # the one that left hears nothing
        tell(introduction, side, kind)
