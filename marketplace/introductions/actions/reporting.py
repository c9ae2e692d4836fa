"""A member tells staff about a thread; staff answer."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.introductions import notice_kinds
from marketplace.introductions.models import Concern, Introduction
from marketplace.introductions.permissions import can_report, can_settle
from marketplace.notices.actions import notify
from marketplace.people.models import User
from marketplace.people.permissions import holders_of
from marketplace.refusals import require

QUOTED = 10


@transaction.atomic
def report_thread(
    introduction: Introduction, *, because: str, by: User, note: str = ""
) -> Concern:
    """Staff are told at once, the other side never; a second report adds its words."""
    introduction = Introduction.objects.locked(introduction.pk)
    require(can_report(by, introduction))
    other = introduction.other_than(introduction.side_of(by))
    concern, is_new = Concern.objects.get_or_create(
        introduction=introduction,
        raised_by=by,
        closed_at=None,
        defaults={"reason": because, "note": note, "about": other},
    )
    if not is_new:
        concern.reason = because
        concern.note = f"{concern.note}\n{note}".strip()[-1000:]
    if introduction.is_open:
        theirs = introduction.messages.filter(organisation=other)
        concern.quotes = list(theirs.values_list("text", flat=True))[-QUOTED:]
    concern.save()
    if is_new:
        # The log is read by many staff; who reported stands in the row alone.
        log(introduction, "introductions.report", data={"because": because})
        for person in holders_of("introductions.change_concern"):
            notify(person, notice_kinds.REPORTED, url="/staff/")
    return concern


@transaction.atomic
def close_concern(concern: Concern, *, outcome: str, by: User) -> Concern:
    """Staff say what came of it, and whoever reported is told that it was looked at."""
    require(can_settle(by))
    concern = Concern.objects.select_for_update().get(pk=concern.pk)
    if concern.closed_at:
        return concern
    concern.closed_at, concern.outcome = timezone.now(), outcome
    concern.save(update_fields=["closed_at", "outcome"])
    log(concern.introduction, "introductions.close_report", user=by)
    if concern.raised_by:
        notify(concern.raised_by, notice_kinds.REPORT_CLOSED)
    return concern
