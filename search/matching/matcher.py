"""Keeps the rows of matched pairs: candidates both ways, scored, the best kept."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.organisations.meeting import sides_met_by
from search.codes import gates
from search.documents import PUBLIC_TIER
from search.engines import get_engine
from search.indexed import document_in
from search.matching.apart import kept_apart
from search.matching.profiles import Bench, Side
from search.matching.ranking import ScoredPair, rank, score_pair
from search.matching.reasons import Sharing, reasons_of
from search.matching.weighing import current_weighing
from search.models import IndexedListing, Match, MatchRun
from search.needs import Need, need_in, offer_in
from search.queries import query_for

KEPT = 50


def refresh_matches(listing_id: int, bench: Bench | None = None) -> int:
    """Score a listing against all that may answer it; how many pairs are live after.

    Safe to run twice and at any time. A listing that is no longer live loses its
    matches at once.
    """
    bench = bench or Bench()
    sides = bench.sides_of([listing_id])
    if listing_id not in sides:
        drop_matches(listing_id)
        return 0
    own = sides[listing_id]
    candidates = bench.sides_of(candidates_for(own))
    pairs = best_pairs(own, candidates, bench)
    _write(own, candidates, pairs)
    MatchRun.objects.create(
        seeker_id=listing_id,
        candidates=sorted(candidates),
        ranked=[pair.other for pair in pairs],
    )
    return len(pairs)


def refresh_due() -> int:
    """Score every listing written to the index since it was last matched.

    Also withdraws pairs with an end that is no longer findable. Returns how many
    listings were scored; idempotent, and safe beside another run.
    """
    Match.objects.live().filter(
        Q(first__indexed__isnull=True) | Q(second__indexed__isnull=True)
    ).update(status=Match.Status.WITHDRAWN)
    due = list(
        IndexedListing.objects.filter(is_matched=False).values_list("pk", "version")
    )
    bench = Bench()
    for pk, version in due:
        refresh_matches(pk, bench)
        IndexedListing.objects.filter(pk=pk, version=version).update(is_matched=True)
    return len(due)


def drop_matches(listing_id: int) -> None:
    """Withdraw every pair of a listing."""
    _rows_of(listing_id).exclude(status=Match.Status.WITHDRAWN).update(
        status=Match.Status.WITHDRAWN
    )


def candidates_for(own: Side) -> set[int]:
    """Who offers what this one seeks, and who seeks what it offers, of other sides.

    Read from the row of the index, so that nothing is analysed twice.
    """
    listing = Listing.objects.select_related("organisation").get(pk=own.profile.id)
    gate = gates([PUBLIC_TIER], sides=sides_met_by(listing.organisation.side))
    document = document_in(own.row)
    ids: set[int] = set()
    for need in (need_in(document), offer_in(document)):
        ids.update(_ask(need, gate))
    ids.discard(own.profile.id)
    return ids - kept_apart(listing, ids)


def _ask(need: Need, gate: tuple[str, ...]) -> Sequence[int]:
    query = query_for(need, gates=gate)
    return () if query.is_empty else get_engine().search(query).ids


def best_pairs(
    own: Side, candidates: dict[int, Side], bench: Bench
) -> list[ScoredPair]:
    """The pairs that pass both ways, best first, no more than are kept."""
    others = [
        side
        for side in candidates.values()
        if side.profile.organisation != own.profile.organisation
    ]
    needs = bench.needs_of([own, *others])
    mine = needs[own.profile.id]
    by = current_weighing()
    pairs = (score_pair(mine, needs[side.profile.id], by) for side in others)
    return rank(pair for pair in pairs if pair and pair.passes)[:KEPT]


@transaction.atomic
def _write(own: Side, others: dict[int, Side], pairs: Sequence[ScoredPair]) -> None:
    now = timezone.now()
    sharing = Sharing.among([own, *(others[pair.other] for pair in pairs)])
    rows = [_row(own, others[pair.other], pair, sharing) for pair in pairs]
    Match.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=[
            "score",
            "p",
            "q",
            "reasons",
            "status",
            "first_version",
            "second_version",
            "weights_version",
            "scored_at",
        ],
    )
    kept = {(row.first_id, row.second_id) for row in rows}
    stale = [
        row.pk
        for row in _rows_of(own.profile.id).filter(scored_at__lt=now)
        if (row.first_id, row.second_id) not in kept
    ]
    Match.objects.filter(pk__in=stale).update(status=Match.Status.STALE)


def _row(own: Side, other: Side, pair: ScoredPair, sharing: Sharing) -> Match:
    there, back, one, two = pair.there, pair.back, own, other
    if other.profile.id < own.profile.id:
        there, back, one, two = back, there, other, own
    return Match(
        first_id=one.profile.id,
        second_id=two.profile.id,
        score=pair.score,
        p=there.chance,
        q=back.chance,
        reasons={
            "there": reasons_of(there, one, two, sharing),
            "back": reasons_of(back, two, one, sharing),
        },
        status=Match.Status.LIVE,
        first_version=one.row.version,
        second_version=two.row.version,
        weights_version=current_weighing().version,
    )


def _rows_of(listing_id: int):
    return Match.objects.filter(Q(first=listing_id) | Q(second=listing_id))
