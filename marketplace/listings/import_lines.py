"""Lines of an import file: JSON in, a checked record or the reason why not out."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from marketplace.taxonomy.constants import INSTRUMENTS

from .import_cells import (
    LONGEST,
    BadLine,
    amounts,
    cleaned,
    day,
    flag,
    list_of,
    matching,
    one_of,
    shown,
    start,
    strings,
    text_of,
)
from .models import Listing

LONGEST_LINE = 200_000
MOST_ITEMS, MOST_SECTORS = 20, 20
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_COUNTRY = re.compile(r"[a-z]{2}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing brought or needed. `capability` is a code, or empty."""

    capability: str
    text: str
    quantity: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class FeasibilityLine:
    """What has to hold for a pair to work now, in the words of the listing form."""

    meets_online: bool
    neutral_place: bool
    permits: str
    goods_cross: bool
    perishable: str
    start_on: date | None


@dataclass(frozen=True, slots=True)
class ListingLine:
    """One listing of the file, its codes not looked up yet.

    Amounts are minor units of `currency`; `side` is a country code in small letters.
    """

    id: str
    kind: str
    title: str
    summary: str
    details: str
    language: str
    side: str
    organisation: str
    place: str
    sectors: tuple[str, ...]
    brings: tuple[ItemLine, ...]
    needs: tuple[ItemLine, ...]
    amount_min: int | None
    amount_max: int | None
    currency: str
    stage: str
    reach: str
    languages: tuple[str, ...]
    instruments: tuple[str, ...]
    anonymous: bool
    published_on: date | None
    feasibility: "FeasibilityLine"

    @property
    def digest(self) -> str:
        """The same for two lines that say the same."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def read_line(raw: bytes) -> ListingLine:
    """Read one line of UTF-8 JSON; raises `BadLine`."""
    data = _object_in(raw)
    amount_min, amount_max, currency = amounts(data.get("amount"))
    return ListingLine(
        id=matching(data, "id", _ID, required=True),
        kind=one_of(data, "kind", Listing.Kind.values, required=True),
        title=text_of(data, "title", required=True),
        summary=text_of(data, "summary"),
        details=text_of(data, "details"),
        language=matching(data, "language", _LANGUAGE) or "en",
        side=matching(data, "side", _COUNTRY, lower=True),
        organisation=matching(data, "organisation", _SLUG),
        place=text_of(data, "place"),
        sectors=strings(data, "sectors", MOST_SECTORS),
        brings=_items(data, "brings"),
        needs=_items(data, "needs"),
        amount_min=amount_min,
        amount_max=amount_max,
        currency=currency,
        stage=text_of(data, "stage"),
        reach=one_of(data, "reach", Listing.Reach.values) or Listing.Reach.REGION,
        languages=_languages(data),
        instruments=_instruments(data),
        anonymous=flag(data, "anonymous", default=True),
        published_on=day(data.get("published_at")),
        feasibility=_feasibility(data.get("feasibility")),
    )


def _object_in(raw: bytes) -> dict[str, Any]:
    if len(raw) > LONGEST_LINE:
        raise BadLine(f"longer than {LONGEST_LINE} bytes")
    try:
        data = json.loads(
            raw.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_constant
        )
    except UnicodeDecodeError:
        raise BadLine("not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise BadLine(f"broken JSON: {error}") from None
    if not isinstance(data, dict):
        raise BadLine("not a JSON object")
    return data


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _languages(data: dict[str, Any]) -> tuple[str, ...]:
    codes = strings(data, "languages", 20)
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            raise BadLine(f"languages: {shown(code)} is no language code")
    return codes


def _instruments(data: dict[str, Any]) -> tuple[str, ...]:
    codes = strings(data, "instruments", len(INSTRUMENTS))
    for code in codes:
        if code not in INSTRUMENTS:
            raise BadLine(f"instruments: {shown(code)} is no form of funding")
    return codes


def _items(data: dict[str, Any], name: str) -> tuple[ItemLine, ...]:
    return tuple(_item(value, name) for value in list_of(data, name, MOST_ITEMS))


def _item(value: object, name: str) -> ItemLine:
    """A bare string may be a code or free text: the vocabulary decides later."""
    if isinstance(value, str):
        return ItemLine("", cleaned(value, name, LONGEST["text"]))
    if not isinstance(value, dict):
        raise BadLine(f"{name} holds something that is neither text nor an object")
    capability = matching(value, "capability", _SLUG)
    item = ItemLine(
        capability,
        text_of(value, "text"),
        text_of(value, "quantity"),
        text_of(value, "evidence"),
    )
    if not (item.capability or item.text):
        raise BadLine(f"{name} holds an item without capability and text")
    return item


def _feasibility(value: object) -> FeasibilityLine:
    """What a line leaves unsaid stands as it does in an untouched form."""
    data = {} if value is None else value
    if not isinstance(data, dict):
        raise BadLine("feasibility is not an object")
    permits = one_of(data, "permits", Listing.Permits.values)
    return FeasibilityLine(
        meets_online=flag(data, "meets_online", default=True),
        neutral_place=flag(data, "neutral_place", default=False),
        permits=permits or Listing.Permits.UNKNOWN,
        goods_cross=flag(data, "goods_cross", default=False),
        perishable=one_of(data, "perishable", Listing.Perishable.values)
        or Listing.Perishable.NO,
        start_on=start(data.get("start_on")),
    )
