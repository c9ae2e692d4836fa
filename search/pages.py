"""What the listing-search page shows: which listings, in which order, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.db.models.functions import TruncDate

from marketplace.listings.models import Listing, ListingQuerySet
from marketplace.organisations.models import Organisation, Trait
from marketplace.organisations.traits import shared_traits
from marketplace.people.models import User
from marketplace.taxonomy.distance import DistanceBand
from marketplace.taxonomy.models import districts_around

from .cards import Card, cards_of
from .facets import Facets, facets_of
from .forms import Filters
from .matching.pairs import Pair, pairs_of
from .matching.textsearch import search_text

PAGE_SIZE = 20
DEEPEST_PAGE = 50
MOST_CHOICES = 20
CHOICE_COLUMNS = (
    *("public_id", "title", "written_in", "organisation__alias"),
    *("place__slug", "place__latitude", "place__longitude"),
)
NEWEST = ("-published_on", "public_id")


@dataclass(frozen=True, slots=True)
class Choice:
    """A listing of the reader's own that the others can be matched against."""

    public_id: UUID
    title: str
    written_in: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of listings, with the options that narrow them."""

    cards: list[Card]
    shown: list[int]
    page: Page
    facets: Facets
    own: Listing | None
    choices: tuple[Choice, ...]
    degraded: bool

    @property
    def total(self) -> int:
        """How many there are on all pages."""
        return self.page.paginator.count


def results_for(filters: Filters, viewer: User | None, page: int) -> Results:
    """The page a reader asked for; pages beyond the last give the last."""
    mine = own_listings(filters, viewer)
    own = mine[0] if mine else None
    visible = Listing.objects.visible_to(viewer)
    if own is not None:
        visible = visible.exclude(organisation=own.organisation_id)
    narrowed = narrow(visible, filters)
    pairs = pairs_of(own) if own else {}
    order, degraded = ordered(narrowed, filters, viewer, pairs)
    # Words name a few hundred at most; all others are counted where they stand.
    counted = visible.filter(pk__in=list(order)) if filters.q else narrowed
    facets = facets_of(counted, filters)
    paginator = Paginator(order, PAGE_SIZE)
    paginator.count = len(order) if filters.q else facets.total
    shown = paginator.get_page(min(page, DEEPEST_PAGE))
    cards = cards_of(visible, list(shown.object_list), viewer, pairs, seen_from=own)
    return Results(
        cards=list(cards.values()),
        shown=list(cards),
        page=shown,
        facets=facets,
        own=own,
        choices=tuple(
            Choice(each.public_id, each.title, each.written_in) for each in mine
        ),
        degraded=degraded,
    )


def own_listings(filters: Filters, viewer: User | None) -> list[Listing]:
    """The reader's listings that others can be matched against; the one that is, first.

    That is the chosen one, else the newest.
    """
    if viewer is None or not viewer.is_authenticated:
        return []
    mine = Listing.objects.live().filter(
        organisation__in=Organisation.objects.of(viewer)
    )
    chosen = Q(public_id=filters.matching_for) if filters.matching_for else Q(pk=None)
    mine = mine.annotate(is_chosen=ExpressionWrapper(chosen, BooleanField()))
    rows = mine.order_by("-is_chosen", *Listing._meta.ordering)
    # Whoever has thousands would have all their texts sorted.
    shown = rows.select_related("organisation", "place").only(*CHOICE_COLUMNS)
    return list(shown[:MOST_CHOICES])


def narrow(listings: ListingQuerySet, filters: Filters) -> ListingQuerySet:
    """Apply every filter but the words."""
    wanted = Q()
    if filters.kind:
        wanted &= Q(kind=filters.kind)
    if filters.sectors:
        wanted &= Q(pk__in=_in_sectors(filters.sectors))
    if filters.places:
        wanted &= Q(place__slug__in=_districts(filters))
    for code in filters.languages:
        # JSON as text: SQLite cannot ask whether a list contains a value.
        wanted &= Q(languages__icontains=f'"{code}"')
    return listings.filter(wanted & _trusted(filters))


def _districts(filters: Filters) -> Sequence[str]:
    """The districts asked for, and those around them where the reader wants these too."""
    if not filters.around:
        return filters.places
    farthest = list(DistanceBand).index(DistanceBand(filters.around))
    return districts_around(filters.places, list(DistanceBand)[: farthest + 1])


def _trusted(filters: Filters) -> Q:
    """What the switches "trust and safety" ask for."""
    wanted = Q()
    if filters.verified:
        state = Organisation.Verification.VERIFIED
        wanted &= Q(organisation__verification_state=state)
    if filters.online:
        wanted &= Q(meets_online=True)
    if filters.women_led and Trait.WOMEN_LED in shared_traits():
        wanted &= Q(organisation__traits__icontains='"women_led"')
    return wanted


def _in_sectors(codes: Sequence[str]) -> "QuerySet[Listing, Any]":
    """Listings of these divisions, groups or classes, as a subquery without doubles."""
    sectors = Q()
    for code in codes:
        sectors |= Q(sectors__code__startswith=code)
    return Listing.objects.filter(sectors).order_by().values("pk")


def ordered(
    listings: ListingQuerySet,
    filters: Filters,
    viewer: User | None,
    pairs: Mapping[int, Pair],
) -> tuple[Sequence[int], bool]:
    """Ids in the order asked for, and whether the search is resting.

    Without words no more of them is read than the page that is asked for.
    """
    if filters.q:
        found = search_text(filters.q, viewer, among=listings)
        if filters.sort == "best":
            return list(found.ids), found.degraded
        return list(_sorted(listings.filter(pk__in=found.ids), filters)), found.degraded
    best = _best(listings, pairs) if pairs and filters.sort == "best" else []
    rest = listings.exclude(pk__in=best) if best else listings
    return BestFirst(best, _sorted(rest, filters)), False


class BestFirst(Sequence[int]):
    """Ids of the best, and behind them all others, read from the database by the slice."""

    def __init__(self, best: list[int], rest: "QuerySet[Listing, int]") -> None:
        self.best, self.rest = best, rest

    def __len__(self) -> int:
        return len(self.best) + self.rest.count()

    def __getitem__(self, part: Any) -> Any:
        first, last = part.start, part.stop
        shown, before = self.best[first:last], len(self.best)
        if last > before:
            shown = [*shown, *self.rest[max(first - before, 0) : last - before]]
        return shown


def _best(listings: ListingQuerySet, pairs: Mapping[int, Pair]) -> list[int]:
    """What matches the reader's own listing, best first, alike ones by day."""
    newest = listings.filter(pk__in=list(pairs)).order_by(*NEWEST)
    keys = newest.values_list("pk", flat=True)
    return sorted(keys, key=lambda pk: -pairs[pk].score)


def _sorted(
    listings: "QuerySet[Listing]", filters: Filters
) -> "QuerySet[Listing, int]":
    """By day and then by chance: what was posted at one sitting does not stand together."""
    if filters.sort == "closing":
        by_day = listings.annotate(expires_on=TruncDate("expires_at"))
        return by_day.order_by("expires_on", "public_id").values_list("pk", flat=True)
    return listings.order_by(*NEWEST).values_list("pk", flat=True)
