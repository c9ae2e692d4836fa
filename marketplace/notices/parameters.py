"""Parameters of a notice: stored as plain JSON, written in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency
from django.utils import timezone

from marketplace.money import Money
from marketplace.people.languages import babel_locale, isolated


def encode(value: object) -> object:
    """Make a parameter storable; text that is already translated is refused.

    Accepts str, int, bool, UUID, date, datetime and `Money`; raises TypeError else.
    """
    if type(value) in (str, int, bool):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, Money):
        return {"money": [value.minor, value.currency]}
    raise TypeError(f"{type(value).__name__} cannot be told in the reader's language")


def decode(parameters: Mapping[str, object]) -> dict[str, object]:
    """The parameters as words of the active language and time zone."""
    return {name: _written(value) for name, value in parameters.items()}


def _written(value: object) -> object:
    locale = babel_locale()
    match value:
        case {"moment": str(text)}:
            moment = timezone.localtime(datetime.fromisoformat(text))
            return format_datetime(moment.replace(tzinfo=None), "medium", locale=locale)
        case {"day": str(text)}:
            return format_date(date.fromisoformat(text), "long", locale=locale)
        case {"money": [int(minor), str(currency)]}:
            amount = Money(minor, currency)
            return format_currency(
                amount.amount, currency, locale=locale, numbering_system="latn"
            )
    return isolated(value) if isinstance(value, str) else value
