"""Lines of listings and of mandates, as ``evaluate_matching`` takes them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .lines import BadLine, json_object, text_field

KINDS = ("offer", "need", "investment", "funding")
LARGEST_AMOUNT = 1e15
_COUNTRY = re.compile(r"[a-z]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Amount:
    """A range in major units of a currency; one end stands for both if alone."""

    low: float
    high: float
    currency: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing brought or needed: a capability code, words, or both."""

    capability: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing or a mandate of the files; what a line leaves out is empty.

    A mandate has ``kind`` "" and admits several sides, kinds, places and stages; a
    listing has one of each at most.
    """

    id: str
    title: str
    text: str
    language: str
    kind: str
    sides: frozenset[str]
    kinds: frozenset[str]
    sectors: tuple[str, ...]
    brings: tuple[Item, ...]
    needs: tuple[Item, ...]
    places: tuple[str, ...]
    stages: tuple[str, ...]
    languages: frozenset[str]
    amount: Amount | None
    published: datetime | None
    must: frozenset[str]

    @property
    def is_mandate(self) -> bool:
        return not self.kind


def listing_parser() -> Callable[[str], Entry]:
    """Reads lines of listings; an id that comes twice is a bad line."""
    return _parser(_listing)


def mandate_parser() -> Callable[[str], Entry]:
    """Reads lines of mandates; an id that comes twice is a bad line."""
    return _parser(_mandate)


def _parser(build: Callable[[dict[str, Any]], Entry]) -> Callable[[str], Entry]:
    seen: set[str] = set()

    def parse(line: str) -> Entry:
        record = json_object(line)
        if record["id"] in seen:
            raise BadLine(f"the id {record['id']} stands here a second time")
        entry = build(record)
        seen.add(entry.id)
        return entry

    return parse


def _listing(record: dict[str, Any]) -> Entry:
    kind = record.get("kind")
    if kind not in KINDS:
        raise BadLine(f"kind has to be one of {', '.join(KINDS)}")
    side = _country(text_field(record, "side"))
    return Entry(
        id=record["id"],
        title=text_field(record, "title", required=True),
        text=text_field(record, "summary"),
        language=text_field(record, "language").lower(),
        kind=kind,
        sides=frozenset({side} - {""}),
        kinds=frozenset({kind}),
        sectors=_texts(record, "sectors"),
        brings=_items(record, "brings"),
        needs=_items(record, "needs"),
        places=_one(text_field(record, "place").casefold().strip()),
        stages=_one(text_field(record, "stage").strip()),
        languages=_languages(record),
        amount=_amount(record.get("amount")),
        published=_moment(record.get("published_at")),
        must=frozenset(),
    )


def _mandate(record: dict[str, Any]) -> Entry:
    kinds = _texts(record, "kinds")
    if unknown := set(kinds) - set(KINDS):
        raise BadLine(f"unknown kind {min(unknown)!r}")
    must = _texts(record, "must")
    return Entry(
        id=record["id"],
        title=text_field(record, "title"),
        text=text_field(record, "text"),
        language=text_field(record, "language").lower(),
        kind="",
        sides=frozenset(map(_country, _texts(record, "sides"))),
        kinds=frozenset(kinds),
        sectors=_texts(record, "sectors"),
        brings=(),
        needs=tuple(Item(code) for code in _texts(record, "capabilities")),
        places=tuple(name.casefold() for name in _texts(record, "places")),
        stages=_texts(record, "stages"),
        languages=_languages(record),
        amount=_amount(record.get("amount")),
        published=_moment(record.get("published_at")),
        must=frozenset(must),
    )


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _list(record: dict[str, Any], name: str) -> list[Any]:
    value = record.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadLine(f"{name} has to be a list")
    return value


def _texts(record: dict[str, Any], name: str) -> tuple[str, ...]:
    values = _list(record, name)
    if not all(isinstance(value, str) for value in values):
        raise BadLine(f"{name} has to be a list of texts")
    cleaned = (text_field({name: value}, name).strip() for value in values)
    return tuple(dict.fromkeys(value for value in cleaned if value))


def _languages(record: dict[str, Any]) -> frozenset[str]:
    return frozenset(code.lower() for code in _texts(record, "languages"))


def _country(value: str) -> str:
    code = value.strip().lower()
    if code and not _COUNTRY.fullmatch(code):
        raise BadLine("a side is il, ps or another ISO 3166-1 code of two letters")
    return code


def _items(record: dict[str, Any], name: str) -> tuple[Item, ...]:
    return tuple(_item(value, name) for value in _list(record, name))


def _item(value: object, name: str) -> Item:
    """A bare text may be a code: whoever knows the codes decides."""
    if isinstance(value, str) and value.strip():
        return Item(text=text_field({name: value}, name))
    if not isinstance(value, dict):
        raise BadLine(f"{name} holds what is neither a text nor an object")
    item = Item(text_field(value, "capability"), text_field(value, "text"))
    if not (item.capability or item.text):
        raise BadLine(f"{name} holds an item without capability and text")
    return item


def _amount(value: object) -> Amount | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise BadLine("amount has to be an object")
    currency = value.get("currency")
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        raise BadLine("amount: currency has to be an ISO 4217 code")
    low, high = (_number(value.get(end)) for end in ("min", "max"))
    if low is None and high is None:
        raise BadLine("amount has neither min nor max")
    low, high = low if low is not None else high, high if high is not None else low
    assert low is not None  # noqa: S101
    assert high is not None  # noqa: S101
    if low > high:
        raise BadLine("amount: min is larger than max")
    return Amount(low, high, currency)


def _number(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadLine("amount: min and max have to be numbers")
    if not 0 <= value <= LARGEST_AMOUNT:
        raise BadLine("amount: below zero or too large")
    return float(value)


def _moment(value: object) -> datetime | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadLine("published_at has to be a text")
    try:
        moment = datetime.fromisoformat(value.strip())
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLine("published_at is no ISO 8601 time") from error
