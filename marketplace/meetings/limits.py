"""How often one side may propose times: each proposal writes to the other."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from marketplace.introductions.models import Introduction
from marketplace.organisations.models import Organisation

from .models import Proposal


def has_room_to_propose(introduction: Introduction, organisation: Organisation) -> bool:
    """So many in so many days, counted for each side by itself.

    Under the lock of the introduction, so that two clicks are counted one by one.
    """
    since = timezone.now() - timedelta(days=settings.MEETINGS_PROPOSED_DAYS)
    lately = Proposal.objects.filter(
        meeting__introduction=introduction,
        organisation=organisation,
        proposed_at__gt=since,
    )
    return lately.count() < settings.MEETINGS_PROPOSED
