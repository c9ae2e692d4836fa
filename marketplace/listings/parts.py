"""The many small things that belong to listings, read for all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet, Value

from marketplace.prepared import Reading
from marketplace.taxonomy.models import Sector, reader_language

from .models import Brings, Listing, ListingPhoto, Needs


@dataclass(frozen=True, slots=True)
class Item:
    """One thing brought or needed; `capability` in the reader's language, or empty."""

    capability: str
    text: str
    quantity: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Photo:
    """Where a picture is fetched, and how large its sizes are, in pixels."""

    public_id: UUID
    description: str
    small_width: int
    small_height: int
    width: int
    height: int


@dataclass(slots=True)
class Parts:
    """What belongs to one listing, in the owner's order."""

    sectors: tuple[str, ...] = ()
    brings: tuple[Item, ...] = ()
    needs: tuple[Item, ...] = ()
    photos: tuple[Photo, ...] = field(default_factory=tuple)


def parts_of(listings: Sequence[Listing], *, with_photos: bool) -> dict[int, Parts]:
    """The parts by the listings' keys; two queries, with photos three.

    Items of both kinds come by one query, so that a public page stays at three.
    """
    parts = {listing.pk: Parts() for listing in listings}
    keys = list(parts)
    if not keys:
        return parts
    _fill(parts, "brings", "needs", _items(keys))
    _fill(parts, "sectors", "", _sectors(keys))
    if with_photos:
        _fill(parts, "photos", "", _photos(keys))
    return parts


def _fill(
    parts: dict[int, Parts],
    name: str,
    other: str,
    rows: Iterable[tuple[int, bool, object]],
) -> None:
    found: dict[tuple[int, bool], list[object]] = defaultdict(list)
    for key, is_other, value in rows:
        found[key, is_other].append(value)
    for (key, is_other), values in found.items():
        setattr(parts[key], other if is_other else name, tuple(values))


def _write_items(keys: Sequence[int], language: str) -> QuerySet:
    name = f"capability__name_{language}"
    columns: tuple[str, ...] = ("listing_id", "is_need", "sort_order", "pk", name)
    columns += ("text", "quantity", "evidence")

    def rows(model: type[Brings] | type[Needs], is_need: bool) -> QuerySet:
        chosen = model.objects.filter(listing__in=keys).order_by()
        return chosen.annotate(is_need=Value(is_need)).values_list(*columns)

    return rows(Brings, False).union(rows(Needs, True), all=True)


def _write_sectors(keys: Sequence[int], language: str) -> QuerySet:
    rows = Sector.objects.filter(listing__in=keys)
    return rows.values_list("listing", "code", f"name_{language}")


ITEMS, SECTORS = Reading(_write_items), Reading(_write_sectors)


def _items(keys: list[int]) -> Iterable[tuple[int, bool, Item]]:
    rows = ITEMS(keys, reader_language())
    for row in sorted(rows, key=lambda row: row[:4]):
        yield row[0], bool(row[1]), Item(row[4] or "", *row[5:])


def _sectors(keys: list[int]) -> Iterable[tuple[int, bool, str]]:
    for key, _code, sector in sorted(SECTORS(keys, reader_language())):
        yield key, False, sector


def _photos(keys: list[int]) -> Iterable[tuple[int, bool, Photo]]:
    rows = ListingPhoto.objects.filter(listing__in=keys, approved_at__isnull=False)
    for photo in rows:
        yield (
            photo.listing_id,
            False,
            Photo(
                photo.public_id,
                photo.description,
                photo.small_width,
                photo.small_height,
                photo.width,
                photo.height,
            ),
        )
