"""Single values of an import line: checked and cleaned, or the reason why not."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from marketplace.money import UNITS, Money
from marketplace.plain_text import clean_plain_text

LONGEST = {"title": 200, "summary": 2000, "details": 5000, "text": 300, "place": 80}
LONGEST |= {"stage": 20, "quantity": 80, "evidence": 200}
LARGEST = Decimal(10) ** 15


class BadLine(Exception):
    """A line that cannot be taken; its text is the reason, for the operator."""


def cleaned(value: object, name: str, longest: int) -> str:
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


def text_of(data: dict[str, Any], name: str, *, required: bool = False) -> str:
    value = data.get(name)
    text = "" if value is None else cleaned(value, name, LONGEST[name])
    if required and not text:
        raise BadLine(f"{name} is missing")
    return text


def matching(
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
        raise BadLine(f"{name} is not valid: {shown(value)}")
    return text


def one_of(
    data: dict[str, Any], name: str, known: list[str], *, required: bool = False
) -> str:
    value = data.get(name)
    if value is None and not required:
        return ""
    if value is None:
        raise BadLine(f"{name} is missing")
    if value not in known:
        raise BadLine(f"unknown {name}: {shown(value)}")
    return str(value)


def shown(value: object) -> str:
    return repr(value)[:60]


def list_of(data: dict[str, Any], name: str, most: int) -> list[Any]:
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadLine(f"{name} is not a list")
    if len(value) > most:
        raise BadLine(f"{name} holds more than {most}")
    return value


def strings(data: dict[str, Any], name: str, most: int) -> tuple[str, ...]:
    values = [cleaned(value, name, 64) for value in list_of(data, name, most)]
    return tuple(dict.fromkeys(values))


def flag(data: dict[str, Any], name: str, *, default: bool) -> bool:
    value = data.get(name, default)
    if not isinstance(value, bool):
        raise BadLine(f"{name} is neither true nor false")
    return value


def amounts(value: object) -> tuple[int | None, int | None, str]:
    if value is None:
        return None, None, ""
    if not isinstance(value, dict):
        raise BadLine("amount is not an object")
    currency = value.get("currency")
    if currency not in UNITS:
        raise BadLine(f"amount: unknown currency {shown(currency)}")
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


def day(value: object) -> date | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadLine(f"published_at is no ISO 8601 time: {shown(value)}") from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    on = moment.astimezone(UTC).date()
    if on > datetime.now(UTC).date():
        raise BadLine("published_at lies in the future")
    return on


def start(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadLine(f"start_on is no ISO 8601 day: {shown(value)}") from None
