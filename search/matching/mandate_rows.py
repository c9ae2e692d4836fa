"""Keeps what answers each mandate: by key when a listing comes, by listing when a
mandate changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate
from search.matching.mandate_past import facts_of, keep_revision, revision_of
from search.matching.mandates import (
    KIND,
    MandateEvaluator,
    Rules,
    bind_needs,
    sides_with_needs,
)
from search.matching.profiles import Bench, Side, current_rates
from search.matching.ranking import ScoredPair
from search.matching.reasons import Sharing
from search.models import (
    IndexedListing,
    MandateKey,
    MandateLetter,
    MandateMatch,
    MandateScan,
    MandateTelling,
    MatchRun,
)

MOST_LISTINGS = 2000
"""The newest investments a changed mandate is held against."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A listing that fits, with the pair it was judged by."""

    listing: Listing
    side: Side
    pair: ScoredPair


def set_keys(mandate: InvestorMandate) -> None:
    """The keys under which listings find a mandate; none while it rests or has ended."""
    mandate.keys.all().delete()
    if mandate.paused_at or mandate.ended_at:
        return
    evaluator = MandateEvaluator.of(mandate)
    keys = sorted(evaluator.sector_keys) or [MandateKey.ANY]
    MandateKey.objects.bulk_create(MandateKey(mandate=mandate, key=key) for key in keys)


@transaction.atomic
def look_anew(mandate: InvestorMandate) -> int:
    """Hold a changed mandate against the market; what stands there is no news.

    Its page shows what fits; letters tell of what comes after. Returns how many fit.
    """
    set_keys(mandate)
    mandate.matches.update(is_live=False)
    if mandate.ended_at or mandate.paused_at:
        return 0
    evaluator = MandateEvaluator.of(mandate)
    found = weigh([evaluator], _newest(), Bench())
    mandate.matches.live().update(changed=[])
    note_told(mandate.matches.live())
    return len(found)


def weigh_due(limit: int = 500) -> int:
    """Weigh every listing that came or changed since; returns how many.

    Safe to run twice and beside another run: rows are written by their unique key.
    A mandate without a sector is left to `weigh_broadly`.
    """
    due = list(_due()[:limit])
    bench, rates = Bench(), current_rates()
    evaluators: dict[int, MandateEvaluator] = {}
    for row in due:
        asking = _asking(row.offer_codes.split()) if row.kind == KIND else []
        new = [pk for pk in asking if pk not in evaluators]
        for evaluator in MandateEvaluator.of_all(new, rates):
            evaluators[evaluator.mandate.pk] = evaluator
        if row.kind == KIND:
            keep_revision(row)
        MandateMatch.objects.filter(listing=row.pk).update(is_live=False)
        weigh([evaluators[pk] for pk in asking if pk in evaluators], [row.pk], bench)
        MandateScan.objects.update_or_create(
            listing_id=row.pk,
            defaults={"version": row.version, "weighed_at": timezone.now()},
        )
    return len(due)


def note_told(
    matches: Iterable[MandateMatch], letter: MandateLetter | None = None
) -> None:
    """These stand as told of the revisions they have now; by a letter, or by a page."""
    MandateTelling.objects.bulk_create(
        [
            MandateTelling(
                match=row, revision=row.revision, facts=row.facts, letter=letter
            )
            for row in matches
        ],
        ignore_conflicts=letter is None,
    )


def weigh_broadly(mandate: InvestorMandate, *, since: datetime) -> None:
    """Hold a mandate without a sector against what was weighed since that moment."""
    evaluator = MandateEvaluator.of(mandate)
    fresh = MandateScan.objects.filter(weighed_at__gte=since).values("listing")
    weigh([evaluator], _newest(pk__in=fresh), Bench())


def weigh(
    evaluators: Sequence[MandateEvaluator], listings: Sequence[int], bench: Bench
) -> list[Fit]:
    """Hold listings against mandates, keep what fits, and log who was looked at.

    The listings are read once, however many mandates there are, and the words of
    the mandates together, where all that must hold does.
    """
    if not evaluators:
        return []
    rules = Rules.now()
    rows = {row.pk: row for row in _investments().filter(pk__in=listings)}
    read = sides_with_needs(rows, bench)
    bind_needs(
        evaluator
        for evaluator in evaluators
        if any(
            evaluator.admits(rows[pk], side, rules)
            for pk, (side, _need) in read.items()
        )
    )
    fitting: list[tuple[MandateEvaluator, Fit]] = []
    runs: list[MatchRun] = []
    for evaluator in evaluators:
        pairs = {
            pk: evaluator.decide(rows[pk], side, need, rules).pair
            for pk, (side, need) in read.items()
        }
        found = [Fit(rows[pk], read[pk][0], pair) for pk, pair in pairs.items() if pair]
        runs.append(_run_of(evaluator.mandate, rows, found))
        fitting += [(evaluator, fit) for fit in found]
    if fitting:
        _write(fitting)
    if rows:
        MatchRun.objects.bulk_create(runs)
    return [fit for _, fit in fitting]


def _run_of(
    mandate: InvestorMandate, rows: Iterable[int], found: Iterable[Fit]
) -> MatchRun:
    best_first = sorted(found, key=lambda fit: (-fit.pair.score, fit.listing.pk))
    return MatchRun(
        mandate_id=mandate.pk,
        candidates=sorted(rows),
        ranked=[fit.listing.pk for fit in best_first],
    )


def _investments() -> QuerySet[Listing]:
    """Live investments sought, newest first."""
    rows = Listing.objects.live().filter(kind=KIND).select_related("organisation")
    return rows.order_by("-published_on", "-pk")


def _newest(**which: object) -> list[int]:
    """The keys of the newest of them, so many as a mandate is held against at once."""
    rows = _investments().filter(**which).values_list("pk", flat=True)
    return list(rows[:MOST_LISTINGS])


def _due() -> QuerySet[IndexedListing]:
    """Index rows of a version that was not weighed yet."""
    scanned = MandateScan.objects.filter(listing=OuterRef("pk")).values("version")
    rows = IndexedListing.objects.annotate(weighed=Subquery(scanned[:1]))
    return rows.filter(Q(weighed__isnull=True) | Q(weighed__lt=F("version"))).order_by(
        "pk"
    )


def _asking(codes: Iterable[str]) -> list[int]:
    """The keys of mandates at work that stand under one of these codes."""
    keys = MandateKey.objects.filter(key__in=list(codes)).values("mandate")
    rows = InvestorMandate.objects.running().entitled().filter(pk__in=keys)
    return list(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _write(found: Sequence[tuple[MandateEvaluator, Fit]]) -> None:
    """Rows by their unique key; what was told stays told, and what differs is named.

    A listing in a common trade fits hundreds of mandates: all are asked for at once.
    """
    tellings = MandateTelling.objects.filter(
        match__listing__in={fit.listing.pk for _, fit in found}
    )
    mandates = {evaluator.mandate.pk for evaluator, _ in found}
    if len(mandates) == 1:
        tellings = tellings.filter(match__mandate__in=mandates)
    told = {
        (mandate, listing): facts
        for mandate, listing, facts in tellings.order_by("pk").values_list(
            "match__mandate", "match__listing", "facts"
        )
    }  # the last one stays
    sides = {id(side): side for one, fit in found for side in (one.side, fit.side)}
    sharing = Sharing.among(sides.values())
    rows = {fit.listing.pk: fit.side.row for _, fit in found}
    said = {pk: facts_of(row) for pk, row in rows.items()}
    revisions = {pk: revision_of(facts) for pk, facts in said.items()}
    MandateMatch.objects.bulk_create(
        [
            MandateMatch(
                mandate_id=evaluator.mandate.pk,
                listing_id=fit.listing.pk,
                score=fit.pair.score,
                p=fit.pair.there.chance,
                q=fit.pair.back.chance,
                reasons=evaluator.reasons(fit.pair, fit.side, sharing),
                is_live=True,
                revision=revisions[fit.listing.pk],
                facts=said[fit.listing.pk],
                changed=_differing(
                    said[fit.listing.pk],
                    told.get((evaluator.mandate.pk, fit.listing.pk), {}),
                ),
                scored_at=timezone.now(),
            )
            for evaluator, fit in found
        ],
        update_conflicts=True,
        unique_fields=["mandate", "listing"],
        update_fields=[
            *("score", "p", "q", "reasons", "is_live"),
            *("revision", "facts", "changed", "scored_at"),
        ],
    )


def _differing(facts: Mapping[str, str], told: Mapping[str, str]) -> list[str]:
    """The facts that are others than the ones last told; none where none were."""
    return [name for name in facts if told and told.get(name) != facts[name]]
