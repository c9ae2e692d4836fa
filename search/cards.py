"""A listing in a list, with why it matches the reader's own, ready for a template."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from marketplace.introductions.models import Introduction
from marketplace.listings.faces import ListingFace, faces_from, standing_towards
from marketplace.listings.models import Listing
from marketplace.listings.next_steps import Step, next_step
from marketplace.people.models import User

from .matching.wording import Reason, Why, why
from .models import Match, SavedListing


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the score's bar: SVG attributes, as text in every language."""

    family: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Card:
    """One listing of a page: its face, and the match where there is one.

    `asked` is the reader's own introduction about it, where one is under way.
    """

    listing: ListingFace
    step: Step
    is_saved: bool
    asked: UUID | None
    score: int | None = None
    arc: str = ""
    reasons: tuple[Reason, ...] = ()
    gap: str = ""
    staff: str = ""
    bar: tuple[Segment, ...] = ()
    is_lifted: bool = False


def cards_of(
    listings: Sequence[Listing],
    viewer: User | None,
    own: Listing | None,
    lifted: Collection[int] = (),
) -> list[Card]:
    """Cards in the given order; a constant number of queries."""
    matches = matches_between(own, listings) if own else {}
    return _cards(listings, viewer, matches, lifted)


def mandate_cards(
    listings: Sequence[Listing],
    viewer: User,
    whys: Mapping[int, Why],
    lifted: Collection[int] = (),
) -> list[Card]:
    """Cards of what fits a mandate, with the reasons given for each."""
    return _cards(listings, viewer, whys, lifted)


def _cards(
    listings: Sequence[Listing],
    viewer: User | None,
    matches: Mapping[int, Why],
    lifted: Collection[int],
) -> list[Card]:
    dealings = dealings_with(viewer, listings)
    standing = standing_towards(listings, viewer)
    cards = []
    for face, listing in zip(faces_from(listings, standing), listings, strict=True):
        is_saved, asked = dealings.get(listing.pk, (False, None))
        step = next_step(standing, listing, has_asked=asked is not None)
        card = Card(face, step, is_saved, asked, is_lifted=listing.pk in lifted)
        cards.append(_with_match(card, matches.get(listing.pk)))
    return cards


def matches_between(own: Listing, listings: Sequence[Listing]) -> dict[int, Why]:
    """Why each of these matches the reader's own listing, where it does."""
    ids = [listing.pk for listing in listings]
    rows = Match.objects.live().filter(
        Q(first=own, second__in=ids) | Q(second=own, first__in=ids)
    )
    return {row.other_than(own): why(row, own=own.pk) for row in rows}


def dealings_with(
    viewer: User | None, listings: Sequence[Listing]
) -> dict[int, tuple[bool, UUID | None]]:
    """Whether the reader has put each aside, and which own request about it runs."""
    if viewer is None or not viewer.is_authenticated:
        return {}
    saved = SavedListing.objects.filter(user=viewer, listing=OuterRef("pk"))
    asked = Introduction.objects.sent_for(viewer).filter(listing=OuterRef("pk"))
    rows = Listing.objects.filter(pk__in=[listing.pk for listing in listings])
    found = rows.values_list(
        "pk", Exists(saved), Subquery(asked.values("public_id")[:1])
    )
    return {pk: (is_saved, request) for pk, is_saved, request in found.order_by()}


def _with_match(card: Card, match: Why | None) -> Card:
    if match is None:
        return card
    return replace(
        card,
        score=match.score,
        arc=f"{match.score} 100",
        reasons=match.reasons,
        gap=match.gap,
        staff=match.staff,
        bar=bar_of(match.reasons),
    )


def bar_of(reasons: Sequence[Reason]) -> tuple[Segment, ...]:
    """The points laid end to end on a line of 100, a hair apart."""
    segments, before = [], 0
    for reason in reasons:
        width = max(reason.points - 0.6, 0.4)
        segments.append(Segment(reason.family, str(before), f"{width:.1f}"))
        before += reason.points
    return tuple(segments)
