"""Counts beside the filters, over what this reader may see, coarse enough to be safe.

A cell below five is left out and the rest are rounded down to fives, so that no two
counts subtracted from each other single out one listing (P-06).
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import Count, F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Substr
from django.utils.translation import get_language

from marketplace.listings.models import Listing
from marketplace.taxonomy.constants import LANGUAGE_CHOICES
from marketplace.taxonomy.models import Place, Sector

from .forms import Filters

MOST_OPTIONS = 8
STEP = 5
NAMES_SECONDS = 300


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
    """The options of the three counted filters, most frequent first.

    ``total`` counts the listings themselves, exactly.
    """

    sectors: tuple[Option, ...]
    places: tuple[Option, ...]
    languages: tuple[Option, ...]
    total: int


def facets_of(listings: "QuerySet[Listing]", filters: Filters) -> Facets:
    """Count what stands among these listings; one query, however many there are."""
    counts, total = _counts(listings.order_by())
    languages = {code: str(label) for code, label in LANGUAGE_CHOICES}
    return Facets(
        sectors=_options(counts["sector"], _divisions(), filters.sectors),
        places=_options(counts["place"], _districts(), filters.places),
        languages=_options(counts["language"], languages, filters.languages),
        total=total,
    )


def _counts(listings: "QuerySet[Listing]") -> tuple[dict[str, Counter[str]], int]:
    """Listings by ISIC division (two digits of each class or group), place, language;
    and how many there are.

    Place and languages are grouped together: each listing stands in one such group,
    once, while several of its sectors may be of one division.
    """
    division, place = Substr("sectors__code", 1, 2), F("place__slug")
    divisions = _grouped(listings, division, Value(""), Count("pk", distinct=True))
    rest = _grouped(listings, place, Cast("languages", TextField()), Count("pk"))
    counts: dict[str, Counter[str]] = {
        what: Counter() for what in ("sector", "place", "language")
    }
    total = 0
    for key, languages, n in divisions.union(rest, all=True):
        counts["place" if languages else "sector"][key] += n
        if languages:
            total += n
            for language in json.loads(languages):
                counts["language"][language] += n
    return counts, total


def _grouped(
    listings: "QuerySet[Listing]", key: Combinable, languages: Combinable, count: Count
) -> "QuerySet[Listing, Any]":
    rows = listings.annotate(key=key, spoken=languages).values("key", "spoken")
    return rows.annotate(n=count).values_list("key", "spoken", "n")


def _divisions() -> dict[str, str]:
    """Names by code in the reader's language; staff's edits show after minutes."""
    rows = Sector.objects.filter(level="division")
    return _kept("division", lambda: {row.code: row.name for row in rows})


def _districts() -> dict[str, str]:
    rows = Place.objects.all()
    return _kept("place", lambda: {row.slug: row.name for row in rows})


def _kept(what: str, read: Callable[[], dict[str, str]]) -> dict[str, str]:
    key = f"facets.{what}.{get_language()}"
    names: dict[str, str] = cache.get_or_set(key, read, NAMES_SECONDS) or {}
    return names


def coarse(count: int) -> int:
    """Rounded down to fives; nothing below the smallest count that may be shown."""
    return 0 if count < settings.SMALLEST_SHOWN_COUNT else count - count % STEP


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
