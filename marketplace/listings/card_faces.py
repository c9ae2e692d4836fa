"""What a card of a list shows of a listing: no more is read than stands on it."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.urls import reverse

from marketplace.organisations.faces_table import stage_of
from marketplace.organisations.models import Organisation
from marketplace.organisations.stage import Standing
from marketplace.prepared import Reading
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


def _write_named(keys: Sequence[int], language: str) -> QuerySet:
    columns = (
        "listing_id",
        "is_need",
        "sort_order",
        "pk",
        f"capability__name_{language}",
    )

    def rows(model: type[Brings] | type[Needs], is_need: bool) -> QuerySet:
        named = model.objects.filter(listing__in=keys, capability__isnull=False)
        return named.annotate(is_need=Value(is_need)).values_list(*columns).order_by()

    return rows(Brings, False).union(rows(Needs, True), all=True)


NAMED = Reading(_write_named)


def _tags(kinds: Mapping[int, str]) -> dict[int, tuple[str, ...]]:
    """Names of the first kinds of help: what a need needs, what all others bring."""
    found: dict[int, dict[str, None]] = {}
    for key, is_need, _order, _pk, name in sorted(
        NAMED(list(kinds), reader_language())
    ):
        if bool(is_need) == (kinds[key] == Listing.Kind.NEED):
            found.setdefault(key, {})[name] = None
    return {key: tuple(names)[:MOST_TAGS] for key, names in found.items()}
