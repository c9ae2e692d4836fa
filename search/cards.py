"""A listing in a list, with why it matches the reader's own, ready for a template."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.expressions import Combinable

from marketplace.introductions.models import Introduction
from marketplace.listings.card_faces import (
    CardFace,
    Row,
    addresses,
    card_faces,
    card_rows,
)
from marketplace.listings.models import Listing, ListingQuerySet
from marketplace.listings.next_steps import Step, next_step
from marketplace.organisations.stage import standing_of
from marketplace.people.models import User
from marketplace.taxonomy.models import Place

from .matching.pairs import Pair
from .matching.wording import Reason, Why
from .models import SavedListing

CENTRE = {column: F(f"place__{column}") for column in ("slug", "latitude", "longitude")}


@dataclass(frozen=True, slots=True)
class Card:
    """One listing of a page: its face, and the match where there is one.

    `asked` is the reader's own introduction about it, where one is under way. The two
    addresses are where it is saved, and where an introduction is asked for. `changed`
    names the parts that are not what an investor was told; `distance` is how far it is
    from the place of the listing it is seen from, in words.
    """

    listing: CardFace
    save_url: str
    ask_url: str
    step: Step
    is_saved: bool
    asked: UUID | None
    score: int | None = None
    arc: str = ""
    reasons: tuple[Reason, ...] = ()
    gap: str = ""
    staff: str = ""
    is_lifted: bool = False
    changed: tuple[str, ...] = ()
    distance: str = ""


def cards_of(
    visible: ListingQuerySet,
    keys: Sequence[int],
    viewer: User | None,
    pairs: Mapping[int, Pair] | None = None,
    lifted: Collection[int] = (),
    seen_from: Listing | None = None,
) -> dict[int, Card]:
    """Cards by key, in the given order, of those that can be seen: constant queries.

    ``pairs`` are the matches of the reader's own listing, which they are seen from.
    """
    known = pairs or {}
    whys = {key: known[key].why() for key in keys if key in known}
    here = seen_from.place if seen_from else None
    return mandate_cards(visible, keys, viewer, whys, lifted, here)


def mandate_cards(
    visible: ListingQuerySet,
    keys: Sequence[int],
    viewer: User | None,
    whys: Mapping[int, Why],
    lifted: Collection[int] = (),
    here: Place | None = None,
) -> dict[int, Card]:
    """Cards with the reasons given for each, and how far it is from ``here``."""
    more = _dealings(viewer) | (CENTRE if here else {})
    found = card_rows(visible.filter(pk__in=list(keys)), **more)
    rows = {key: found[key] for key in keys if key in found}
    standing = standing_of(viewer, {row["organisation_id"] for row in rows.values()})
    save_url, ask_url = addresses("search:save"), addresses("introductions:ask")
    cards = {}
    for key, face in card_faces(rows, standing).items():
        row, asked = rows[key], rows[key].get("asked")
        card = Card(
            listing=face,
            save_url=save_url(face.public_id),
            ask_url=ask_url(face.public_id),
            step=next_step(standing, row["organisation_id"], has_asked=bool(asked)),
            is_saved=row.get("is_saved", False),
            asked=asked,
            is_lifted=key in lifted,
            distance=_distance(row, here) if here else "",
        )
        cards[key] = _with_match(card, whys.get(key))
    return cards


def _distance(row: Row, here: Place) -> str:
    there = Place(**{column: row[column] for column in CENTRE})
    band = here.distance_band(there)
    return str(band.label) if band else ""


def _dealings(viewer: User | None) -> dict[str, Combinable]:
    """Whether the reader has put each aside, and which own request about it runs."""
    if viewer is None or not viewer.is_authenticated:
        return {}
    saved = SavedListing.objects.filter(user=viewer, listing=OuterRef("pk"))
    asked = Introduction.objects.sent_for(viewer).filter(listing=OuterRef("pk"))
    return {
        "is_saved": Exists(saved),
        "asked": Subquery(asked.values("public_id")[:1]),
    }


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
    )
