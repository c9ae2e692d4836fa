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
    Q,
    QuerySet,
    When,
)

from marketplace.introductions.limits import is_resting
from marketplace.listings.card_faces import KINDS, Address, addresses
from marketplace.listings.models import Listing
from marketplace.people.models import User

from .models import Match

# The day in UTC, worked out by the database itself: Django's own truncation calls back
# into Python for each row on SQLite.
DAY = Func(F("scored_at"), function="DATE", output_field=DateField())
NEWEST = (DAY.desc(), "-score", "pk")
_COLUMNS = (
    "score",
    "first__organisation",
    *(
        f"{end}__{field}"
        for end in ("first", "second")
        for field in ("public_id", "title", "written_in", "kind")
    ),
)


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
    matches_url: str
    score: int


def newest_matches(
    viewer: User, organisations: Collection[int], limit: int
) -> list[MatchLine]:
    """What was scored last for listings of these organisations; one query.

    The newest day first, and within a day the best match first.
    """
    if not organisations:
        return []
    rows = Match.objects.filter(pk__in=_newest(viewer, organisations)[:limit])
    pages, lists = addresses("listings:detail"), addresses("search:matches")
    return [
        _line(row, organisations, pages, lists)
        for row in rows.order_by(*NEWEST).values(*_COLUMNS)
    ]


def _newest(viewer: User, organisations: Collection[int]) -> "QuerySet[Any]":
    """Keys of their matches in order, found from their own listings on.

    Either end is looked up by its key, for pairs of theirs alone: asked for pairs among
    all that can be seen, or of all own listings that stand, a database reads them all.
    """
    live = Match.objects.live().order_by()
    own = Listing.objects.filter(organisation__in=organisations).order_by().values("pk")
    near = live.filter(first__in=own).values("pk")
    near = near.union(live.filter(second__in=own).values("pk"), all=True)
    is_first = Q(first__organisation__in=organisations)
    standing = Listing.objects.live().order_by()
    seen = Listing.objects.visible_to(viewer).exclude(is_resting()).order_by()
    return (
        Match.objects.filter(pk__in=near)
        .annotate(
            own=Case(When(is_first, then=F("first")), default=F("second")),
            other=Case(When(is_first, then=F("second")), default=F("first")),
        )
        .filter(
            Exists(standing.filter(pk=OuterRef("own"))),
            Exists(seen.filter(pk=OuterRef("other"))),
        )
        .order_by(*NEWEST)
        .values("pk")
    )


def _line(
    row: dict[str, Any],
    organisations: Collection[int],
    pages: Address,
    lists: Address,
) -> MatchLine:
    own, other = "first", "second"
    if row["first__organisation"] not in organisations:
        own, other = other, own
    return MatchLine(
        url=pages(row[f"{other}__public_id"]),
        title=row[f"{other}__title"],
        language=row[f"{other}__written_in"],
        kind=row[f"{other}__kind"],
        kind_label=str(KINDS[row[f"{other}__kind"]]),
        own_title=row[f"{own}__title"],
        own_language=row[f"{own}__written_in"],
        matches_url=lists(row[f"{own}__public_id"]),
        score=round(100 * row["score"]),
    )
