"""Keeps the rows of matched pairs: candidates both ways, scored, the best kept."""

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.organisations.meeting import sides_met_by
from marketplace.progress import QUIET, Progress
from search.codes import gates
from search.documents import PUBLIC_TIER
from search.engines import get_engine
from search.indexed import document_in
from search.matching.apart import kept_apart
from search.matching.profiles import Bench, Side
from search.matching.ranking import ScoredPair, rank, score_pair, weigh_pair
from search.matching.reasons import Sharing, reasons_of
from search.matching.weighing import current_weighing
from search.models import IndexedListing, Match, MatchRun, partners_of
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
    named = candidates_for(own)
    curated = partners_of(listing_id)
    curated = {pk: curated[pk] for pk in curated.keys() - _apart(own, curated)}
    candidates = bench.sides_of({*named, *curated})
    pairs = best_pairs(own, candidates, bench, curated)
    _write(own, candidates, pairs, curated)
    MatchRun.objects.create(
        seeker_id=listing_id,
        candidates=sorted(named & candidates.keys()),
        ranked=[pair.other for pair in pairs if pair.passes],
    )
    return len(pairs)


def refresh_due(progress: Progress = QUIET) -> int:
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
    for pk, version in progress.over(due, "matching", len(due)):
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


def _apart(own: Side, others: Collection[int]) -> set[int]:
    """Of those suggested, the ones that may be no match any more."""
    if not others:
        return set()
    listing = Listing.objects.select_related("organisation").get(pk=own.profile.id)
    return kept_apart(listing, others)


def best_pairs(
    own: Side,
    candidates: dict[int, Side],
    bench: Bench,
    curated: Collection[int] = (),
) -> list[ScoredPair]:
    """The pairs that pass both ways, best first, no more than are kept.

    Those that staff suggest are kept whatever their score.
    """
    others = [
        side
        for side in candidates.values()
        if side.profile.organisation != own.profile.organisation
    ]
    needs = bench.needs_of([own, *others])
    mine = needs[own.profile.id]
    by = current_weighing()
    suggested = [
        weigh_pair(mine, needs[side.profile.id], by)
        for side in others
        if side.profile.id in curated
    ]
    pairs = (
        score_pair(mine, needs[side.profile.id], by)
        for side in others
        if side.profile.id not in curated
    )
    passing = rank(pair for pair in pairs if pair and pair.passes)
    return [*rank(suggested), *passing[: KEPT - len(suggested)]]


@transaction.atomic
def _write(
    own: Side,
    others: dict[int, Side],
    pairs: Sequence[ScoredPair],
    curated: Mapping[int, Mapping[str, str]],
) -> None:
    now = timezone.now()
    sharing = Sharing.among([own, *(others[pair.other] for pair in pairs)])
    rows = [
        _row(own, others[pair.other], pair, sharing, curated.get(pair.other))
        for pair in pairs
    ]
    Match.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=[
            "score",
            "p",
            "q",
            "reasons",
            "is_curated",
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


def _row(
    own: Side,
    other: Side,
    pair: ScoredPair,
    sharing: Sharing,
    staff: Mapping[str, str] | None,
) -> Match:
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
            **({"staff": staff} if staff else {}),
        },
        is_curated=bool(staff),
        status=Match.Status.LIVE,
        first_version=one.row.version,
        second_version=two.row.version,
        weights_version=current_weighing().version,
    )


def _rows_of(listing_id: int):
    return Match.objects.filter(Q(first=listing_id) | Q(second=listing_id))
