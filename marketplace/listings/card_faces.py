"""What a card of a list shows of a listing: no more is read than stands on it."""

import datetime
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from marketplace.organisations.faces_table import stage_of
from marketplace.organisations.models import Organisation
from marketplace.organisations.stage import Standing
from marketplace.taxonomy.models import reader_language

from .models import Brings, Listing, ListingQuerySet, Needs

KINDS = dict(Listing.Kind.choices)
NOBODY = UUID(int=0)
Address = Callable[[UUID], str]
MOST_TAGS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace:
    """What anyone may see, and the alias where this reader may.

    `alias_shown` is None where the owner hides it from this reader; `tags` are the few
    kinds of help it brings, or needs.
    """

    public_id: UUID
    url: str
    kind: str
    title: str
    summary: str
    written_in: str
    tags: tuple[str, ...]
    place: str
    verified: bool
    published_on: datetime.date | None
    alias_shown: str | None

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.kind])


Row = Mapping[str, Any]
_COLUMNS = (
    *("pk", "public_id", "organisation_id", "kind", "title", "summary", "written_in"),
    *("published_on", "anonymous", "alias", "place_text"),
)


def card_rows(listings: ListingQuerySet, **more: Any) -> dict[int, Row]:
    """The columns cards are made from, by the listings' keys; one query.

    ``more`` are expressions to read beside them.
    """
    rows = listings.order_by().values(
        *_COLUMNS,
        own_alias=F("organisation__alias"),
        verification=F("organisation__verification_state"),
        place_name=F(f"place__name_{reader_language()}"),
        **more,
    )
    return {row["pk"]: row for row in rows}


def addresses(name: str) -> Address:
    """The addresses of one kind of page; worked out once for a whole list."""
    pattern = reverse(name, args=[NOBODY])
    return lambda key: pattern.replace(str(NOBODY), str(key))


def card_faces(rows: Mapping[int, Row], standing: Standing) -> dict[int, CardFace]:
    """What a reader who stands so sees of these listings on cards; one query."""
    tags = _tags({key: row["kind"] for key, row in rows.items()})
    url_of = addresses("listings:detail")
    return {
        key: CardFace(
            public_id=row["public_id"],
            url=url_of(row["public_id"]),
            kind=row["kind"],
            title=row["title"],
            summary=row["summary"],
            written_in=row["written_in"],
            tags=tags.get(key, ()),
            place=row["place_name"] or row["place_text"],
            verified=row["verification"] == Organisation.Verification.VERIFIED,
            published_on=row["published_on"],
            alias_shown=_alias(row, standing),
        )
        for key, row in rows.items()
    }


def _alias(row: Row, standing: Standing) -> str | None:
    reached = standing.towards(row["organisation_id"], row["public_id"])
    field = "hidden_alias" if row["anonymous"] else "alias"
    if reached < stage_of("listing", field):
        return None
    return str(row["alias"] or row["own_alias"])


def _tags(kinds: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """Names of the first kinds of help: what a need needs, what all others bring."""
    needs = [key for key, kind in kinds.items() if kind == Listing.Kind.NEED]
    others = kinds.keys() - set(needs)
    parts = [
        _named(model, keys)
        for model, keys in ((Needs, needs), (Brings, others))
        if keys
    ]
    if not parts:
        return {}
    rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
    found: dict[int, dict[str, None]] = {}
    for key, _order, _pk, name in sorted(rows):
        found.setdefault(key, {})[name] = None
    return {key: tuple(names)[:MOST_TAGS] for key, names in found.items()}


def _named(model: type[Brings] | type[Needs], keys: Collection[int]) -> Any:
    rows = model.objects.filter(listing__in=keys, capability__isnull=False).order_by()
    name = f"capability__name_{reader_language()}"
    return rows.values_list("listing_id", "sort_order", "pk", name)
