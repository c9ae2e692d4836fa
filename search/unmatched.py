"""After three weeks without a match an owner is told once what may help.

Nobody is rejected by a timer: the listing stays as it is, and matching goes on.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from marketplace.introductions.models import Introduction
from marketplace.listings.actions.telling import tell_owner
from marketplace.listings.models import Listing

from .models import FollowUp, MandateMatch, Match
from .notice_kinds import UNMATCHED

AFTER = timedelta(days=21)
MET = [
    Introduction.Status.ASKED,
    Introduction.Status.QUESTION,
    Introduction.Status.ACCEPTED,
    Introduction.Status.CLOSED,
]


def follow_up(now: datetime | None = None) -> int:
    """Tell the owners whose listing nobody matched; returns how many. Safe to repeat."""
    now = now or timezone.now()
    return sum(
        _tell(pk, now) for pk in list(unmatched(now).values_list("pk", flat=True))
    )


def unmatched(now: datetime) -> "QuerySet[Listing]":
    """Live for three weeks, compared with all others, and without anybody so far."""
    live = Match.objects.live()
    taken = Q(Exists(live.filter(first=OuterRef("pk"))))
    taken |= Q(Exists(live.filter(second=OuterRef("pk"))))
    taken |= Q(Exists(MandateMatch.objects.live().filter(listing=OuterRef("pk"))))
    # What a block has silenced is not told of, not even by a hint that stays away.
    met = Introduction.objects.filter(status__in=MET, silenced_at__isnull=True)
    taken |= Q(Exists(met.filter(listing=OuterRef("pk"))))
    taken |= Q(Exists(met.filter(own_listing=OuterRef("pk"))))
    told = FollowUp.objects.values("listing")
    waiting = Listing.objects.live().filter(first_published_at__lte=now - AFTER)
    # Where matching has not looked yet, nobody can say that there is no match.
    return waiting.filter(indexed__is_matched=True).exclude(taken).exclude(pk__in=told)


@transaction.atomic
def _tell(pk: int, now: datetime) -> bool:
    listing = Listing.objects.locked(pk)
    if not unmatched(now).filter(pk=pk).exists():  # meanwhile matched, or told
        return False
    FollowUp.objects.create(listing=listing, told_at=now)
    url = reverse("search:matches", args=[listing.public_id])
    tell_owner(listing, UNMATCHED, url=url)
    return True
