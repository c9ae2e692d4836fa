"""How long it is kept where and when two sides met."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from marketplace.introductions.models import Introduction, StageConsent

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
    ended_since = StageConsent.objects.filter(
        introduction=OuterRef("introduction"), withdrawn_at__gte=until
    )
    rows = Meeting.objects.filter(
        ~Exists(ended_since), introduction__status=Introduction.Status.CLOSED
    )
    gone = rows.count()
    rows.delete()
    return gone
