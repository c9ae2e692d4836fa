"""The newest matches of a member's listings, in lines for the start page."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import TruncDate

from marketplace.introductions.limits import resting_listings
from marketplace.listings.models import Listing
from marketplace.people.models import User

from .models import Match


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
    visible = Listing.objects.visible_to(viewer).values("pk")
    own = visible.filter(organisation__in=organisations)
    visible = visible.exclude(pk__in=resting_listings().values("pk"))
    rows = (
        Match.objects.live()
        .filter(
            Q(first__in=own, second__in=visible) | Q(second__in=own, first__in=visible)
        )
        .select_related("first", "second")
        .order_by(TruncDate("scored_at").desc(), "-score", "pk")[:limit]
    )
    return [_line(row, organisations) for row in rows]


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
