"""What every page and mail about money says of itself while no real money moves."""

from babel.numbers import format_currency
from django import template
from django.utils.translation import get_language

from marketplace.money import Money
from payments.modes import current_mode

register = template.Library()


@register.simple_tag
def mode_words() -> str:
    """The words "SANDBOX – no real money" in the reader's language; "" where money is real."""
    mode = current_mode()
    return "" if mode.is_live else str(mode.label)


@register.inclusion_tag("payments/_mode.html")
def mode_notice() -> dict[str, str]:
    """The same words as a strip at the head of a page."""
    return {"words": mode_words()}


@register.filter
def named(value: Money) -> str:
    """An amount with its currency by name, where a payer agrees to it: 5.00 US dollars.

    A sign as `$` or `د.أ.` is read quickly and mistaken easily; the name is neither.
    """
    language = get_language() or "en"
    return format_currency(
        value.amount,
        value.currency,
        locale=language,
        format_type="name",
        numbering_system="latn",
    )
