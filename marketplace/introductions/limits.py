"""How many requests may be open, and when one may ask again.

All is counted by alias: a hidden listing for itself, the named listings of an
organisation together. Were hidden listings counted together, a limit reached on one
would show on the other, and who watches would know that they belong together.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from marketplace.listings.models import Listing, named
from marketplace.organisations.models import Organisation
from marketplace.prepared import Condition, Rule

from .models import ARRIVED, STANDING, Introduction, Pause

Status = Introduction.Status


def of_alias(listing: Listing) -> Q:
    """Introductions over listings that show the same alias as this one."""
    if listing.is_hidden:
        return Q(listing=listing)
    return Q(listing__in=Listing.objects.named_of(listing.organisation_id))


def sent_by(organisation: Organisation) -> int:
    """How many requests of an organisation wait for their end."""
    waiting = Introduction.objects.awaiting_reply().filter(STANDING, asker=organisation)
    return waiting.count()


def has_room_to_ask(organisation: Organisation) -> bool:
    return sent_by(organisation) < settings.INTRODUCTIONS_OPEN_SENT


def takes_requests(listing: Listing) -> bool:
    """Whether its owner has paused it, or as many wait as anybody can answer."""
    if Pause.objects.live().filter(paused_with(listing)).exists():
        return False
    waiting = Introduction.objects.awaiting_reply().filter(ARRIVED, of_alias(listing))
    return waiting.count() < settings.INTRODUCTIONS_OPEN_RECEIVED


def paused_with(listing: Listing) -> Q:
    """The pause that rests this listing."""
    alone = listing if listing.is_hidden else None
    return Q(organisation=listing.organisation_id, listing=alone)


def may_ask_again_on(listing: Listing, asker: Organisation) -> datetime | None:
    """From when on an asker may ask under this alias anew; None if it may now.

    After a refusal, and after asking and taking back as often as anybody may: each time
    the other side had a letter.
    """
    cool_down = timedelta(days=settings.INTRODUCTION_COOL_DOWN_DAYS)
    since = timezone.now() - cool_down
    sent = Introduction.objects.filter(of_alias(listing), asker=asker)
    declined = sent.filter(status=Status.DECLINED, answered_at__gt=since)
    taken_back = sent.filter(status=Status.WITHDRAWN, asked_at__gt=since)
    most = settings.INTRODUCTIONS_TAKEN_BACK
    refused = declined.order_by("-answered_at").values_list("answered_at", flat=True)
    asked = taken_back.order_by("-asked_at").values_list("asked_at", flat=True)
    found = [*refused[:1], *asked[most - 1 : most]]
    times = [each for each in found if each is not None]
    return max(times) + cool_down if times else None


def _rests(model: type[Listing], full: int) -> Q:
    """As many requests wait as anybody can answer, or its owner has paused it."""
    waiting = Introduction.objects.awaiting_reply().filter(ARRIVED).order_by()
    # From the few requests on: hidden listings are half of all there are.
    hidden = waiting.exclude(named("listing__")).values("listing")
    shown = waiting.filter(named("listing__")).values("asked")
    pauses = Pause.objects.live()
    alone = pauses.filter(listing__isnull=False)
    whole = pauses.filter(listing__isnull=True)

    def crowded(requests: QuerySet) -> QuerySet:
        counted = requests.annotate(n=Count("pk")).filter(n__gte=full)
        return counted.values(*requests.query.values_select)

    return (
        Q(pk__in=crowded(hidden))
        | Q(pk__in=alone.values("listing"))
        | (named() & Q(organisation__in=crowded(shown)))
        | (named() & Q(organisation__in=whole.values("organisation")))
    )


RESTING = Rule(_rests, {"full": int})


def is_resting() -> Condition:
    """Takes no more requests: out of lists nobody asked for, but findable."""
    return RESTING(full=settings.INTRODUCTIONS_OPEN_RECEIVED)
