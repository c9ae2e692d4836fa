"""What every page and mail about money says of itself while no real money moves."""

from django import template

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
