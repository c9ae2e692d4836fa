"""What time does to a request: two gentle reminders, then an end without blame."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Introduction
from marketplace.introductions.signals import introduction_expired
from marketplace.people.clock import clock_user

from .brokering import release_overdue
from .parting import part_introductions
from .parts import lock_to_answer, take_back, tell

Status = Introduction.Status


def expire_introductions() -> int:
    """Close, without blame, each request whose time has passed; the number closed.

    Holds that have lasted long enough end first, and their clocks run on; what one side
    has left ends for the other on its day.
    """
    release_overdue()
    parted = part_introductions()
    overdue = Introduction.objects.overdue().values_list("pk", flat=True)
    return parted + sum(_expire(pk) for pk in list(overdue))


def remind_introductions() -> int:
    """Remind, twice at most, whoever is to write; the number of requests touched.

    Idempotent: a request keeps how many reminders it has had. Days left are set in
    `INTRODUCTION_REMINDERS`, the first reminder first.
    """
    now = timezone.now()
    pks: list[int] = []
    for told, days in enumerate(settings.INTRODUCTION_REMINDERS):
        due = Introduction.objects.awaiting_reply().filter(
            reminders__lte=told,
            expires_at__gt=now,
            expires_at__lte=now + timedelta(days=days),
        )
        pks += due.values_list("pk", flat=True)
    return sum(_remind(pk) for pk in dict.fromkeys(pks))


@transaction.atomic
def _expire(pk: int) -> bool:
    introduction = lock_to_answer(Introduction.objects.get(pk=pk))
    if not introduction.is_overdue:
        return False
    clock = clock_user()
    was_asked = introduction.silenced_at is None and introduction.clock_left is None
    Introduction.lifecycle.advance(
        introduction, to=Status.EXPIRED, is_band_due=was_asked
    )
    take_back(introduction, clock)
    log(introduction, "introductions.expire", user=clock)
    for organisation in introduction.both:
        tell(introduction, organisation, notice_kinds.EXPIRED)
    if introduction.silenced_at is None:  # nobody was silent: nobody was asked
        introduction_expired.send(sender=Introduction, introduction=introduction)
    return True


@transaction.atomic
def _remind(pk: int) -> bool:
    introduction = Introduction.objects.locked(pk)
    if introduction.is_overdue or not introduction.is_waiting:
        return False
    if introduction.status == Status.HELD or introduction.expires_at is None:
        return False
    left = introduction.expires_at - timezone.now()
    due = sum(left <= timedelta(days=days) for days in settings.INTRODUCTION_REMINDERS)
    if introduction.reminders >= due or introduction.is_overdue:
        return False
    introduction.reminders = due
    introduction.save(update_fields=["reminders"])
    asked = introduction.status == Status.ASKED
    whom = introduction.asked if asked else introduction.asker
    once = f"{introduction.public_id}:{introduction.status}:{due}"
    tell(introduction, whom, notice_kinds.REMINDER, once=once)
    return True
