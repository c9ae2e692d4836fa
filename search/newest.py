"""The newest matches of a member's listings, in lines for the start page."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    QuerySet,
    When,
)

from marketplace.introductions.limits import resting_listings
from marketplace.listings.models import Listing
from marketplace.people.models import User

from .models import Match

# The day in UTC, worked out by the database itself: Django's own truncation calls back
# into Python for each row on SQLite.
DAY = Func(F("scored_at"), function="DATE", output_field=DateField())
NEWEST = (DAY.desc(), "-score", "pk")


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A listing that answers one of the reader's own; fields anyone may see."""

    url: str
    title: str
    language: str
    kind: str
    kind_label: str
    own_title: str
    own_language: str
    matches_of: str
    score: int


def newest_matches(
    viewer: User, organisations: Collection[int], limit: int
) -> list[MatchLine]:
    """What was scored last for listings of these organisations; one query.

    The newest day first, and within a day the best match first.
    """
    if not organisations:
        return []
    rows = (
        Match.objects.filter(pk__in=_newest(viewer, organisations)[:limit])
        .select_related("first", "second")
        .order_by(*NEWEST)
    )
    return [_line(row, organisations) for row in rows]


def _newest(viewer: User, organisations: Collection[int]) -> "QuerySet[Any]":
    """Keys of their matches in order, found from their own listings on.

    The other end is looked up by its key: asked for pairs among all that can be seen, a
    database tries every own listing with every other. What a reader may see is said
    once, for to say it costs Django more than to answer costs the database.
    """
    live, own = Match.objects.live().order_by(), _own_keys(organisations)
    near = live.filter(first__in=own).values("pk")
    near = near.union(live.filter(second__in=own).values("pk"), all=True)
    other = Case(When(first__in=own, then=F("second")), default=F("first"))
    seen = Listing.objects.visible_to(viewer).exclude(
        pk__in=resting_listings().values("pk")
    )
    return (
        Match.objects.filter(pk__in=near)
        .annotate(other=other)
        .filter(Exists(seen.order_by().filter(pk=OuterRef("other"))))
        .order_by(*NEWEST)
        .values("pk")
    )


def _own_keys(organisations: Collection[int]) -> "QuerySet[Any]":
    own = Listing.objects.live().filter(organisation__in=organisations)
    return own.order_by().values("pk")


def _line(row: Match, organisations: Collection[int]) -> MatchLine:
    own, other = row.first, row.second
    if own.organisation_id not in organisations:
        own, other = other, own
    return MatchLine(
        url=other.get_absolute_url(),
        title=other.title,
        language=other.written_in,
        kind=other.kind,
        kind_label=str(other.get_kind_display()),
        own_title=own.title,
        own_language=own.written_in,
        matches_of=str(own.public_id),
        score=round(100 * row.score),
    )
