"""Lines of an import file: JSON in, a checked record or the reason why not out."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from marketplace.money import UNITS, Money
from marketplace.plain_text import clean_plain_text

from .models import Listing

LONGEST_LINE = 200_000
LONGEST = {"title": 200, "summary": 2000, "details": 5000, "text": 300, "place": 80}
LONGEST |= {"stage": 20, "quantity": 80, "evidence": 200}
LARGEST = Decimal(10) ** 15
MOST_ITEMS, MOST_SECTORS = 20, 20
_ID = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_COUNTRY = re.compile(r"[a-z]{2}")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class BadLine(Exception):
    """A line that cannot be taken; its text is the reason, for the operator."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One thing brought or needed. `capability` is a code, or empty."""

    capability: str
    text: str
    quantity: str = ""
    evidence: str = ""


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
    anonymous: bool
    published_on: date | None

    @property
    def digest(self) -> str:
        """The same for two lines that say the same."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


def read_line(raw: bytes) -> ListingLine:
    """Read one line of UTF-8 JSON; raises `BadLine`."""
    data = _object_in(raw)
    amount_min, amount_max, currency = _amounts(data.get("amount"))
    return ListingLine(
        id=_matching(data, "id", _ID, required=True),
        kind=_one_of(data, "kind", Listing.Kind.values, required=True),
        title=_text(data, "title", required=True),
        summary=_text(data, "summary"),
        details=_text(data, "details"),
        language=_matching(data, "language", _LANGUAGE) or "en",
        side=_matching(data, "side", _COUNTRY, lower=True),
        organisation=_matching(data, "organisation", _SLUG),
        place=_text(data, "place"),
        sectors=_strings(data, "sectors", MOST_SECTORS),
        brings=_items(data, "brings"),
        needs=_items(data, "needs"),
        amount_min=amount_min,
        amount_max=amount_max,
        currency=currency,
        stage=_text(data, "stage"),
        reach=_one_of(data, "reach", Listing.Reach.values) or Listing.Reach.REGION,
        languages=_languages(data),
        anonymous=_flag(data, "anonymous", default=True),
        published_on=_day(data.get("published_at")),
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


def _cleaned(value: object, name: str, longest: int) -> str:
    if not isinstance(value, str):
        raise BadLine(f"{name} is not text")
    try:
        value.encode()  # a lone surrogate is no text
        text = clean_plain_text(value)
    except UnicodeEncodeError:
        raise BadLine(f"{name} is not UTF-8") from None
    except ValidationError as error:
        raise BadLine(f"{name}: {error.messages[0]}") from None
    if len(text) > longest:
        raise BadLine(f"{name} is longer than {longest} characters")
    return text


def _text(data: dict[str, Any], name: str, *, required: bool = False) -> str:
    value = data.get(name)
    text = "" if value is None else _cleaned(value, name, LONGEST[name])
    if required and not text:
        raise BadLine(f"{name} is missing")
    return text


def _matching(
    data: dict[str, Any],
    name: str,
    pattern: re.Pattern[str],
    *,
    required: bool = False,
    lower: bool = False,
) -> str:
    value = data.get(name)
    if value is None or value == "":
        if required:
            raise BadLine(f"{name} is missing")
        return ""
    text = value.lower() if lower and isinstance(value, str) else value
    if not isinstance(text, str) or not pattern.fullmatch(text):
        raise BadLine(f"{name} is not valid: {_shown(value)}")
    return text


def _one_of(
    data: dict[str, Any], name: str, known: list[str], *, required: bool = False
) -> str:
    value = data.get(name)
    if value is None and not required:
        return ""
    if value is None:
        raise BadLine(f"{name} is missing")
    if value not in known:
        raise BadLine(f"unknown {name}: {_shown(value)}")
    return str(value)


def _shown(value: object) -> str:
    return repr(value)[:60]


def _list(data: dict[str, Any], name: str, most: int) -> list[Any]:
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadLine(f"{name} is not a list")
    if len(value) > most:
        raise BadLine(f"{name} holds more than {most}")
    return value


def _strings(data: dict[str, Any], name: str, most: int) -> tuple[str, ...]:
    values = [_cleaned(value, name, 64) for value in _list(data, name, most)]
    return tuple(dict.fromkeys(values))


def _languages(data: dict[str, Any]) -> tuple[str, ...]:
    codes = _strings(data, "languages", 20)
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            raise BadLine(f"languages: {_shown(code)} is no language code")
    return codes


def _items(data: dict[str, Any], name: str) -> tuple[ItemLine, ...]:
    return tuple(_item(value, name) for value in _list(data, name, MOST_ITEMS))


def _item(value: object, name: str) -> ItemLine:
    """A bare string may be a code or free text: the vocabulary decides later."""
    if isinstance(value, str):
        return ItemLine("", _cleaned(value, name, LONGEST["text"]))
    if not isinstance(value, dict):
        raise BadLine(f"{name} holds something that is neither text nor an object")
    capability = _matching(value, "capability", _SLUG)
    item = ItemLine(
        capability,
        _text(value, "text"),
        _text(value, "quantity"),
        _text(value, "evidence"),
    )
    if not (item.capability or item.text):
        raise BadLine(f"{name} holds an item without capability and text")
    return item


def _flag(data: dict[str, Any], name: str, *, default: bool) -> bool:
    value = data.get(name, default)
    if not isinstance(value, bool):
        raise BadLine(f"{name} is neither true nor false")
    return value


def _amounts(value: object) -> tuple[int | None, int | None, str]:
    if value is None:
        return None, None, ""
    if not isinstance(value, dict):
        raise BadLine("amount is not an object")
    currency = value.get("currency")
    if currency not in UNITS:
        raise BadLine(f"amount: unknown currency {_shown(currency)}")
    low, high = (_minor(value.get(end), end, currency) for end in ("min", "max"))
    if low is None and high is None:
        raise BadLine("amount has neither min nor max")
    if low is not None and high is not None and low > high:
        raise BadLine("amount: min is larger than max")
    return low, high, currency


def _minor(value: object, name: str, currency: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise BadLine(f"amount: {name} is not a number")
    if value < 0 or value > LARGEST:
        raise BadLine(f"amount: {name} is below zero or too large")
    try:
        return Money.from_major(Decimal(value), currency).minor
    except ValueError:
        raise BadLine(f"amount: {name} has too many decimals for {currency}") from None


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadLine(f"published_at is no ISO 8601 time: {_shown(value)}") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    day = moment.astimezone(UTC).date()
    if day > datetime.now(UTC).date():
        raise BadLine("published_at lies in the future")
    return day
