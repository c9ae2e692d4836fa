"""How long it is kept where and when two sides met."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from marketplace.introductions.models import Introduction

from .models import Meeting, Proposal


@transaction.atomic
def forget_meetings() -> int:
    """Forget the places of meetings long over, and all of introductions long ended.

    Both after `MEETINGS_KEPT_DAYS`, as the files that two sides sent each other; how
    many meetings were deleted. What both confirmed stays while the introduction stands.
    """
    until = timezone.now() - timedelta(days=settings.MEETINGS_KEPT_DAYS)
    past = Meeting.objects.exclude(status__in=Meeting.GOING_ON).filter(
        Q(ends_at__lt=until) | Q(ends_at__isnull=True, created_at__lt=until)
    )
    past.exclude(place="").update(place="")
    words = Proposal.objects.filter(meeting__in=past)
    words.exclude(place="", note="").update(place="", note="")
    ended = (
        Introduction.objects.filter(status=Introduction.Status.CLOSED)
        .annotate(end=Max("consents__withdrawn_at"))
        .filter(Q(end__lt=until) | Q(end__isnull=True))
    )
    rows = Meeting.objects.filter(introduction__in=ended.values("pk"))
    gone = rows.count()
    rows.delete()
    return gone
