"""How often one side may propose to another what is not signed."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from marketplace.introductions.models import Introduction
from marketplace.organisations.models import Organisation

from .models import JointVenture


def has_room_to_propose(introduction: Introduction, organisation: Organisation) -> bool:
    """Each proposal writes to the other side, so there are only so many in a month.

    Counted for each side by itself: nobody can use up what the other may propose. Under
    the lock of both sides, so that two clicks are counted one after the other.
    """
    since = timezone.now() - timedelta(days=settings.VENTURES_PROPOSED_DAYS)
    unsigned = JointVenture.objects.filter(
        agreed_at__isnull=True,
        created_at__gt=since,
        proposed_by__memberships__organisation=organisation,
    )
    for side in introduction.both:
        unsigned = unsigned.filter(parties__organisation=side)
    return unsigned.distinct().count() < settings.VENTURES_PROPOSED
