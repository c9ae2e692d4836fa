"""Counts beside the filters, over what this reader may see, coarse enough to be safe.

A cell below five is left out and the rest are rounded down to fives, so that no two
counts subtracted from each other single out one listing (P-06).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet

from marketplace.listings.models import Listing
from marketplace.taxonomy.constants import LANGUAGE_CHOICES
from marketplace.taxonomy.models import Place, Sector

from .forms import Filters

MOST_OPTIONS = 8
STEP = 5


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter; ``bar`` is its length in percent, as text for SVG."""

    value: str
    name: str
    count: str
    bar: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """The options of the three counted filters, most frequent first."""

    sectors: tuple[Option, ...]
    places: tuple[Option, ...]
    languages: tuple[Option, ...]


def facets_of(listings: "QuerySet[Listing]", filters: Filters) -> Facets:
    """Count what stands among these listings; two queries and one for each filter."""
    listings = listings.order_by()
    return Facets(
        sectors=_sectors(listings, filters.sectors),
        places=_places(listings, filters.places),
        languages=_languages(listings, filters.languages),
    )


def coarse(count: int) -> int:
    """Rounded down to fives; nothing below the smallest count that may be shown."""
    return 0 if count < settings.SMALLEST_SHOWN_COUNT else count - count % STEP


def _sectors(
    listings: "QuerySet[Listing]", chosen: tuple[str, ...]
) -> tuple[Option, ...]:
    """By ISIC division: the first two digits of every class and group."""
    rows = listings.values_list("pk", "sectors__code")
    seen: dict[str, set[int]] = {}
    for pk, code in rows:
        if code and code[0].isdigit():
            seen.setdefault(code[:2], set()).add(pk)
    counts = {code: len(ids) for code, ids in seen.items()}
    names = {row.code: row.name for row in Sector.objects.filter(level="division")}
    return _options(counts, names, chosen)


def _places(
    listings: "QuerySet[Listing]", chosen: tuple[str, ...]
) -> tuple[Option, ...]:
    rows = listings.values_list("place__slug").annotate(n=Count("pk", distinct=True))
    counts = {slug: count for slug, count in rows if slug}
    wanted = {*counts, *chosen}
    names = {row.slug: row.name for row in Place.objects.filter(slug__in=wanted)}
    return _options(counts, names, chosen)


def _languages(
    listings: "QuerySet[Listing]", chosen: tuple[str, ...]
) -> tuple[Option, ...]:
    counts: dict[str, int] = {}
    for languages in listings.values_list("languages", flat=True):
        for code in languages:
            counts[code] = counts.get(code, 0) + 1
    names = {code: str(label) for code, label in LANGUAGE_CHOICES}
    return _options(counts, names, chosen)


def _options(
    counts: dict[str, int], names: dict[str, str], chosen: Iterable[str]
) -> tuple[Option, ...]:
    chosen = [value for value in chosen if value in names]
    shown = {
        value: coarse(count)
        for value, count in counts.items()
        if coarse(count) and value in names
    }
    most = max(shown.values(), default=1)
    best = sorted(shown, key=lambda value: (-shown[value], names[value]))
    values = dict.fromkeys([*best[:MOST_OPTIONS], *chosen])
    return tuple(
        Option(
            value=value,
            name=names[value],
            count=str(shown[value]) if value in shown else "",
            bar=str(round(100 * shown.get(value, 0) / most)),
            is_chosen=value in chosen,
        )
        for value in values
    )
