"""Attention that listings had, counted by the day; orders of pages lean on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Avg, Min, Subquery, Value
from django.utils import timezone

from search.matching.exposure import reordered, weight_of
from search.models import ListingExposure, MandateMatch, Match, MatchEvent, MatchRun

DAYS = 30
KEPT_DAYS = 92
"""So long the log of runs is kept: a quarter of weekly figures can be made anew."""


@dataclass(frozen=True, slots=True)
class Order:
    """Ids as a page shows them, and those that stand higher than by their score."""

    ids: tuple[int, ...]
    lifted: frozenset[int] = frozenset()


def count_exposure() -> int:
    """Count the thirty days before today anew; how many listings. Safe to repeat."""
    today = timezone.localdate()
    MatchRun.objects.filter(happened_on__lt=today - timedelta(days=KEPT_DAYS)).delete()
    places = _best_places(today - timedelta(days=DAYS), today)
    rows = [
        ListingExposure(
            listing_id=pk,
            weight=sum(map(weight_of, places[pk])),
            times=len(places[pk]),
            counted_on=today,
        )
        for pk in sorted(_in_some_list())
    ]
    with transaction.atomic():
        ListingExposure.objects.all().delete()
        ListingExposure.objects.bulk_create(rows, batch_size=1_000)
    return len(rows)


def attention(since: date, until: date) -> dict[int, float]:
    """What was shown from a day on until before another, weighed by its place."""
    places = _best_places(since, until)
    return {pk: sum(map(weight_of, found)) for pk, found in places.items()}


def _best_places(since: date, until: date) -> Mapping[int, list[int]]:
    """The places a listing was shown at from a day on until before another.

    Once a day for each listing or mandate it was shown to, at its best place: nobody
    is buried by a page loaded again and again.
    """
    shown = MatchEvent.objects.filter(
        kind=MatchEvent.Kind.SHOWN,
        happened_on__gte=since,
        happened_on__lt=until,
        place__isnull=False,
    )
    places: dict[int, list[int]] = defaultdict(list)
    readings = shown.values_list("shown", "seeker", "mandate", "happened_on")
    for pk, *_reading, place in readings.annotate(best=Min("place")).iterator():
        places[pk].append(place)
    return places


def fair_order(
    ranking: Sequence[tuple[int, float]],
    length: int,
    groups: Mapping[int, str] | None = None,
) -> Order:
    """The first page with those seldom shown moved up; all others as they stood.

    With ``groups`` that page is also shared out among them.
    """
    plain = [pk for pk, _score in ranking]
    everything = ListingExposure.objects.values(all=Value(1)).annotate(
        mean=Avg("weight")
    )
    counted = list(
        ListingExposure.objects.filter(listing__in=plain)
        .annotate(mean=Subquery(everything.values("mean")))
        .values_list("listing", "weight", "mean")
    )
    weights = {pk: weight for pk, weight, _mean in counted}
    target = counted[0][2] if counted else 0.0
    first = reordered(ranking, weights, target, length, groups)
    places = {pk: place for place, pk in enumerate(plain)}
    # All alike, whatever raised them: a mark for some would tell what the others are.
    lifted = {pk for place, pk in enumerate(first) if place < places[pk]}
    on_page = set(first)
    rest = [pk for pk in plain if pk not in on_page]
    return Order((*first, *rest), frozenset(lifted))


def _in_some_list() -> set[int]:
    live = Match.objects.live()
    found = set(live.values_list("first", flat=True))
    found |= set(live.values_list("second", flat=True))
    return found | set(MandateMatch.objects.live().values_list("listing", flat=True))
