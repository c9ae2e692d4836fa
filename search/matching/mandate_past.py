"""What a mandate would have told of: each revision judged as it was when it came out."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.organisations.meeting import may_meet
from marketplace.people.models import User
from search.codes import is_read
from search.indexed import fill_vectors
from search.matching.mandates import MandateEvaluator, Rules
from search.matching.profiles import Side, needs_of, past_sides_of
from search.matching.ranking import ScoredPair
from search.models import IndexedListing, MandateMatch, PublishedRevision
from search.models.index import IndexColumns

PREVIEW_DAYS = 90
MOST_REVISIONS = 2000
ENOUGH_TO_JUDGE = 10
BROAD = 0.8
"""From this share of all that came out on, a mandate fits nearly everything."""
_NEWEST_FIRST = ("-seen_on", "-pk")
_FACTS = {
    "words": ("offer_terms", "need_terms"),
    "sectors": ("offer_codes", "need_codes"),
    "amount": ("amount_min", "amount_max", "amount_currency"),
    "stage": ("stage",),
    "instruments": ("instruments",),
    "place": ("place", "reach"),
    "languages": ("languages",),
}


@dataclass(frozen=True, slots=True)
class PastFit:
    """A listing that would have been told, by the last revision of it that fitted."""

    listing: Listing
    side: Side
    pair: ScoredPair
    is_changed: bool

    def reasons(self, evaluator: MandateEvaluator) -> dict[str, Any]:
        """As for a match; words that may stand there no longer are not repeated."""
        found = evaluator.reasons(self.pair, self.side)
        if not self.is_changed:
            return found
        return {
            way: said | ({"words": []} if "words" in said else {})
            for way, said in found.items()
        }


@dataclass(frozen=True, slots=True)
class Preview:
    """What would have been sent, best first, of so many that came out."""

    fits: tuple[PastFit, ...]
    seen: int

    @property
    def is_broad(self) -> bool:
        """Whether nearly everything would have been sent."""
        return self.seen >= ENOUGH_TO_JUDGE and len(self.fits) >= BROAD * self.seen


def keep_revision(row: IndexedListing) -> None:
    """An investment sought says something new: kept for previews, once a revision.

    One that comes back is the newest again.
    """
    columns = {each.name: getattr(row, each.name) for each in IndexColumns._meta.fields}
    today = timezone.localdate()
    kept = PublishedRevision.objects.filter(listing=row.pk)
    newest = kept.order_by(*_NEWEST_FIRST).first()
    revision = revision_of(facts_of(row))
    if newest is None or newest.revision != revision:
        first = row.published_on if row.published_on and newest is None else today
        kept.filter(revision=revision).delete()
        PublishedRevision.objects.get_or_create(
            listing_id=row.pk,
            revision=revision,
            defaults=columns | {"seen_on": min(first, today)},
        )
    PublishedRevision.objects.filter(seen_on__lt=_since(today)).delete()


def forget_revisions(listing: Listing) -> None:
    """Its owner or staff took a listing back: nobody is told what it had said."""
    PublishedRevision.objects.filter(listing=listing).delete()


def preview(evaluator: MandateEvaluator, reader: User) -> Preview:
    """What would have been told in the last 90 days; nothing is written.

    Earlier revisions are read without the words that their owners have taken out.
    Listings that have run out since count; those this reader may not find do not.
    """
    rows = list(_revisions(reader)[:MOST_REVISIONS])
    own, rules = evaluator.mandate.organisation, Rules.now()
    rows = [
        row for row in rows if may_meet(own, row.listing.organisation, rules.meetings)
    ]
    newest: dict[int, PublishedRevision] = {}
    for row in rows:
        _forget_words(row, newest.setdefault(row.listing_id, row))
    fits: dict[int, PastFit] = {}
    for row, side, pair in _judged(evaluator, rows, rules):
        is_changed = newest[row.listing_id] is not row
        fits.setdefault(row.listing_id, PastFit(row.listing, side, pair, is_changed))
    best = sorted(fits.values(), key=lambda fit: (-fit.pair.score, fit.listing.pk))
    return Preview(tuple(best), len(newest))


def _forget_words(row: PublishedRevision, newest: PublishedRevision) -> None:
    """Of an earlier text, unsaved, only the words and trade terms that stand there now.

    Else whoever guesses a word could ask whether it ever stood there.
    """
    if row is newest:
        return
    words = {*newest.offer_terms.split(), *newest.need_terms.split()}
    codes = {*newest.offer_codes.split(), *newest.need_codes.split()}
    for half in ("offer", "need"):
        said = getattr(row, f"{half}_terms").split()
        setattr(row, f"{half}_terms", " ".join(w for w in said if w in words))
        chosen = getattr(row, f"{half}_codes").split()
        kept = (c for c in chosen if c in codes or not is_read(c))
        setattr(row, f"{half}_codes", " ".join(kept))
    fill_vectors(row)


def _judged(
    evaluator: MandateEvaluator, rows: list[PublishedRevision], rules: Rules
) -> Iterable[tuple[PublishedRevision, Side, ScoredPair]]:
    """Those good enough for a letter, in the order given."""
    sides = past_sides_of(rows)
    needs = needs_of(sides.values())
    for row in rows:
        side = sides[row.pk]
        pair = evaluator.decide(row.listing, side, needs[row.pk], rules).pair
        if pair is not None and pair.score >= MandateMatch.TOLD_FROM:
            yield row, side, pair


def _revisions(reader: User) -> QuerySet[PublishedRevision]:
    """Newest first, with listings and organisations."""
    visible = Listing.objects.visible_to(reader).values("pk")
    over = Listing.objects.filter(expired=True, withdrawn_at__isnull=True).values("pk")
    rows = PublishedRevision.objects.filter(
        Q(listing__in=visible) | Q(listing__in=over),
        seen_on__gte=_since(timezone.localdate()),
    )
    return rows.select_related("listing__organisation").order_by(*_NEWEST_FIRST)


def _since(today: date) -> date:
    return today - timedelta(days=PREVIEW_DAYS)


def revision_of(facts: Mapping[str, str]) -> str:
    """One name for all that others can see of a listing; a renewal keeps it."""
    return hashlib.sha256(
        "".join(f"{name}:{facts[name]};" for name in sorted(facts)).encode()
    ).hexdigest()


def facts_of(row: IndexColumns) -> dict[str, str]:
    """A short hash of each part of a listing, by the part's name."""
    return {
        name: hashlib.sha256(
            repr([getattr(row, field) for field in fields]).encode()
        ).hexdigest()[:16]
        for name, fields in _FACTS.items()
    }
