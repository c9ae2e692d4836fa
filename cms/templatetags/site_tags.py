"""What every template of the site may lean on besides Django's own tags."""

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import uuid4

from babel import Locale
from babel.dates import format_date, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.base import Node, TextNode
from django.templatetags.static import static
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext, ngettext, pgettext

from cms.icons import shapes_of
from cms.menus import language_links, menu_of
from marketplace.money import Money
from marketplace.people.languages import babel_locale

register = template.Library()

STYLESHEETS = ("tokens", "base", "components", "layout")
LETTERS_BEFORE_DIGITS = re.compile(r"([A-Z])(?=\d)")
FLAGS = ("True", "False")


def _is_rtl() -> bool:
    return get_language() in ("ar", "he")


NO_BREAK = "\u00a0"
# A telephone number as people write it: with a plus or a zero in front.
TELEPHONE = re.compile(r"(?<![\w.,/])(?:\+|0)\d[\d ()-]{6,}\d")


# -- values -------------------------------------------------------------------


@register.filter
def money(value: Money | None) -> str:
    """An amount in the reader's language; the template wraps it in <bdi>."""
    return "" if value is None else _money(value)


@register.filter
def round_money(value: Money | None) -> str:
    """The same without decimals where they say nothing: what a listing seeks or gives."""
    if value is None or value.amount != value.amount.to_integral_value():
        return money(value)
    pattern = Locale.parse(babel_locale()).currency_formats["standard"].pattern
    return _money(value, format=pattern.replace(".00", ""), currency_digits=False)


def _money(value: Money, **how: Any) -> str:
    written = format_currency(
        value.amount,
        value.currency,
        locale=babel_locale(),
        numbering_system="latn",
        **how,
    )
    # Babel lacks the rule that a currency's letters stand apart from its digits.
    written = LETTERS_BEFORE_DIGITS.sub("\\1\u00a0", written)
    # Left alone, the sign of "US$" wanders to its other side in Arabic.
    return written.replace("US$", "\u2066US$\u2069") if _is_rtl() else written


@register.filter
def telephones(text: str) -> str:
    """What people wrote; telephone numbers keep their order among RTL words, on one line.

    A number that went on in the next line would begin there at the other end.
    """
    return TELEPHONE.sub(_held_together, text)


def _held_together(number: re.Match[str]) -> str:
    return f"\u2066{number[0].replace(' ', NO_BREAK)}\u2069"


@register.filter
def number(value: int | float | None) -> str:
    """A whole or broken number with the reader's separators."""
    if value is None:
        return ""
    return format_decimal(value, locale=babel_locale(), numbering_system="latn")


@register.filter
def day(value: date | datetime | None) -> str:
    """A day, written out: 5 November 2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return format_date(value, format="long", locale=babel_locale())


@register.filter
def percent(value: float) -> str:
    """A part of one as whole hundredths: 25 %."""
    return format_percent(value, locale=babel_locale(), numbering_system="latn")


@register.filter
def month(value: date | None) -> str:
    """A month, written out: November 2026."""
    if value is None:
        return ""
    return format_date(value, format="LLLL y", locale=babel_locale())


@register.filter
def moment(value: datetime | None) -> str:
    """A day and the time of day in the reader's time zone."""
    if value is None:
        return ""
    local = timezone.localtime(value)
    time = format_time(
        local, format="HH:mm", tzinfo=local.tzinfo, locale=babel_locale()
    )
    return f"{day(value)}{'،' if get_language() == 'ar' else ','} {time}"


@register.filter
def ago(value: date | datetime | None) -> str:
    """How long ago in whole days, weeks or months: never finer than a day."""
    if value is None:
        return ""
    today = timezone.localdate()
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    days = (today - value).days
    if days <= 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    if days < 7:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    if days < 31:
        weeks = days // 7
        return ngettext("%(n)d week ago", "%(n)d weeks ago", weeks) % {"n": weeks}
    months = max(1, days // 30)
    return ngettext("%(n)d month ago", "%(n)d months ago", months) % {"n": months}


@register.filter
def until(value: date | datetime | None) -> str:
    """How many days are left; nothing once the day has passed."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    days = (value - timezone.localdate()).days
    if days < 0:
        return ""
    if days == 0:
        return gettext("last day today")
    return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}


@register.filter
def language_name(code: str) -> str:
    """A language in the reader's words."""
    names = {
        "en": pgettext("language", "English"),
        "he": pgettext("language", "Hebrew"),
        "ar": pgettext("language", "Arabic"),
    }
    return names.get(code, code)


@register.filter
def in_words(values: list[str]) -> str:
    """Several words as one list of the reader's language: a, b and c."""
    return format_list([str(value) for value in values], locale=babel_locale())


# -- pieces of the page --------------------------------------------------------


@lru_cache(maxsize=256)
def _drawn(name: str, kind: str) -> str:
    """The icon with the attributes that the stylesheet does not say already."""
    head = f'<svg class="{kind}" viewBox="0 0 24 24" width="20" height="20"'
    drawn = f'{head} aria-hidden="true" focusable="false">{shapes_of(name)}'
    return " ".join(drawn.split()).replace("> <", "><").replace(" />", "/>")


@register.simple_tag
def fresh_mark() -> str:
    """A mark that no other form carries, so that a copy of this one is recognised."""
    return str(uuid4())


@register.simple_tag
def icon(name: str, dir: bool = False, extra: str = "") -> str:
    """A Lucide icon; `dir=True` mirrors it where the text runs right to left."""
    kind = "icon icon--dir" if dir else "icon"
    return mark_safe(_drawn(str(name), f"{kind} {extra}".strip()))  # noqa: S308


_icon_of_a_page = register.tags["icon"]


@register.tag("icon")
def icon_in_the_text(parser: template.base.Parser, token: template.base.Token) -> Node:
    """An icon named by the template itself is drawn once, when the template is read."""
    node = _icon_of_a_page(parser, token)
    given = [*node.args, *node.kwargs.values()]
    if node.target_var or any(
        str(value) not in FLAGS and value.is_var for value in given
    ):
        return node
    return TextNode(node.render(template.Context()))


@register.simple_tag
def stylesheets() -> list[str]:
    """The one joined stylesheet, or its four parts where nothing joins them."""
    joined = getattr(staticfiles_storage, "joined_stylesheet", "")
    if joined:
        return [static(joined)]
    return [static(f"cms/css/{name}.css") for name in STYLESHEETS]


@register.simple_tag(takes_context=True)
def languages_of_page(context: template.Context) -> list[dict[str, object]]:
    """Where the same page stands in each language."""
    request = context.get("request")
    return language_links(request, context.get("page"))


@register.simple_tag
def neutral_address() -> str:
    """Where the quick exit leads."""
    return settings.QUICK_EXIT_URL


@register.simple_tag
def site_menu() -> dict[str, list[dict[str, str]]]:
    """The editors' pages of head and foot, in the reader's language."""
    return menu_of(get_language() or "en")


@register.simple_tag
def pages_of(page_obj: object) -> list[int]:
    """The page numbers a pager shows; 0 stands for a gap."""
    paginator = page_obj.paginator  # type: ignore[attr-defined]
    shown = paginator.get_elided_page_range(
        page_obj.number,  # type: ignore[attr-defined]
        on_each_side=1,
        on_ends=1,
    )
    return [number if isinstance(number, int) else 0 for number in shown]
