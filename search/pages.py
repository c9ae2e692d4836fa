"""What the listing-search page shows: which listings, in which order, and why."""

from collections.abc import Sequence
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

from .cards import Card, cards_of
from .facets import Facets, facets_of
from .forms import Filters
from .matching.textsearch import search_text
from .models import Match

PAGE_SIZE = 20
DEEPEST_PAGE = 50
MOST_CHOICES = 20


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
    page: Page
    total: int
    facets: Facets
    own: Listing | None
    choices: tuple[Choice, ...]
    degraded: bool

    @property
    def shown(self) -> list[int]:
        """The ids on this page, in order."""
        return list(self.page.object_list)


def results_for(filters: Filters, viewer: User | None, page: int) -> Results:
    """The page a reader asked for; pages beyond the last give the last."""
    mine = own_listings(filters, viewer)
    own = mine[0] if mine else None
    visible = Listing.objects.visible_to(viewer)
    if own is not None:
        visible = visible.exclude(organisation=own.organisation_id)
    narrowed = narrow(visible, filters)
    ids, degraded = ordered_ids(narrowed, filters, viewer, own)
    paginator = Paginator(ids, PAGE_SIZE)
    shown = paginator.get_page(min(page, DEEPEST_PAGE))
    listings = in_order(visible, list(shown.object_list))
    return Results(
        cards=cards_of(listings, viewer, own),
        page=shown,
        total=paginator.count,
        # Words name a few hundred at most; all others are counted where they stand.
        facets=facets_of(
            visible.filter(pk__in=ids) if filters.q else narrowed, filters
        ),
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
    return list(rows.select_related("organisation")[:MOST_CHOICES])


def narrow(listings: ListingQuerySet, filters: Filters) -> ListingQuerySet:
    """Apply every filter but the words."""
    wanted = Q()
    if filters.kind:
        wanted &= Q(kind=filters.kind)
    if filters.sectors:
        wanted &= Q(pk__in=_in_sectors(filters.sectors))
    if filters.places:
        wanted &= Q(place__slug__in=filters.places)
    for code in filters.languages:
        # JSON as text: SQLite cannot ask whether a list contains a value.
        wanted &= Q(languages__icontains=f'"{code}"')
    return listings.filter(wanted & _trusted(filters))


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


def ordered_ids(
    listings: ListingQuerySet,
    filters: Filters,
    viewer: User | None,
    own: Listing | None,
) -> tuple[list[int], bool]:
    """Ids in the order asked for, and whether the search is resting."""
    if filters.q:
        found = search_text(filters.q, viewer, among=listings)
        if filters.sort == "best":
            return list(found.ids), found.degraded
        return list(_sorted(listings.filter(pk__in=found.ids), filters)), found.degraded
    newest = list(_sorted(listings, filters))
    if own is None or filters.sort != "best":
        return newest, False
    scores = {
        row.other_than(own): row.score
        for row in Match.objects.live().of(own).only("first_id", "second_id", "score")
    }
    return sorted(newest, key=lambda pk: -scores.get(pk, 0.0)), False


def _sorted(
    listings: "QuerySet[Listing]", filters: Filters
) -> "QuerySet[Listing, int]":
    """By day and then by chance: what was posted at one sitting does not stand together."""
    order = (
        ("expires_on", "public_id")
        if filters.sort == "closing"
        else ("-published_on", "public_id")
    )
    by_day = listings.annotate(expires_on=TruncDate("expires_at"))
    return by_day.order_by(*order).values_list("pk", flat=True)


def in_order(listings: ListingQuerySet, ids: Sequence[int]) -> list[Listing]:
    """These listings as far as they are still visible, in the given order."""
    rows = listings.with_face_parts().filter(pk__in=list(ids))
    found = {row.pk: row for row in rows}
    return [found[pk] for pk in ids if pk in found]
