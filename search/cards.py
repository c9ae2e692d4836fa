"""A listing in a list, with why it matches the reader's own, ready for a template."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from marketplace.listings.faces import ListingFace, faces_of
from marketplace.listings.models import Listing
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
    """One listing of a page: its face, and the match where there is one."""

    listing: ListingFace
    is_saved: bool
    score: int | None = None
    arc: str = ""
    reasons: tuple[Reason, ...] = ()
    gap: str = ""
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
    saved = saved_among(viewer, listings)
    faces = faces_of(listings, viewer)
    return [
        replace(
            _card(face, listing.pk in saved, matches.get(listing.pk)),
            is_lifted=listing.pk in lifted,
        )
        for face, listing in zip(faces, listings, strict=True)
    ]


def matches_between(own: Listing, listings: Sequence[Listing]) -> dict[int, Why]:
    """Why each of these matches the reader's own listing, where it does."""
    ids = [listing.pk for listing in listings]
    rows = Match.objects.live().filter(
        Q(first=own, second__in=ids) | Q(second=own, first__in=ids)
    )
    return {row.other_than(own): why(row, own=own.pk) for row in rows}


def saved_among(viewer: User | None, listings: Sequence[Listing]) -> set[int]:
    """Which of these the reader has put aside."""
    if viewer is None or not viewer.is_authenticated:
        return set()
    rows = SavedListing.objects.filter(user=viewer, listing__in=listings)
    return set(rows.values_list("listing_id", flat=True))


def _card(face: ListingFace, is_saved: bool, match: Why | None) -> Card:
    if match is None:
        return Card(face, is_saved)
    return Card(
        listing=face,
        is_saved=is_saved,
        score=match.score,
        arc=f"{match.score} 100",
        reasons=match.reasons,
        gap=match.gap,
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
