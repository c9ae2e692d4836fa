"""The matches of one listing, read at once: scores for the order, reasons where shown."""

import json
from dataclasses import dataclass, replace

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language

from marketplace.listings.models import Listing, ListingQuerySet
from search.models import Match

from .wording import Why, why_between


@dataclass(frozen=True, slots=True)
class Pair:
    """One match from the end of the reader's own listing.

    ``reasons`` are JSON as the row holds it, for most pairs are ordered and not shown;
    ``is_first`` says that the reader's own is the first of the row.
    """

    other: int
    score: float
    is_first: bool
    reasons: str

    def why(self) -> Why:
        """The match as the owner of the own listing reads it; the other end is mirrored."""
        reasons = json.loads(self.reasons)
        mine, theirs = reasons["there"], reasons["back"]
        if not self.is_first:
            mine, theirs = theirs, mine
        staff = reasons.get("staff", {}).get((get_language() or "en")[:2], "")
        return replace(why_between(self.score, mine, theirs), staff=staff)


def pairs_of(own: Listing, among: ListingQuerySet | None = None) -> dict[int, Pair]:
    """Its live matches by the other end: what staff suggest, then best first; one query.

    ``among`` narrows them to listings that a reader may find.
    """
    live = Match.objects.live()
    pairs = live.of(own) if among is None else live.among(among, own)
    rows = pairs.annotate(written=Cast("reasons", TextField()))
    found = rows.values_list("first_id", "second_id", "score", "written")
    return {
        (second if first == own.pk else first): Pair(
            other=second if first == own.pk else first,
            score=score,
            is_first=first == own.pk,
            reasons=reasons,
        )
        for first, second, score, reasons in found
    }
