"""The menus: pages that editors put in head or foot, and the way between languages."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, override
from wagtail.models import Page

MENU_SECONDS = 300
# Root, home of a language, its pages: menus hold the last of the three.
MENU_DEPTH = 3

Menu = dict[str, list[dict[str, str]]]


def _key(language: str) -> str:
    return f"menu:{language}"


def menu_of(language: str) -> Menu:
    """Head and foot of one language; kept for five minutes or until a change."""
    menu = cache.get(_key(language))
    if menu is None:
        menu = _read_menu(language)
        cache.set(_key(language), menu, MENU_SECONDS)
    return menu


def forget_menus() -> None:
    """Called when a page changes."""
    cache.delete_many([_key(code) for code, _ in settings.LANGUAGES])


def _read_menu(language: str) -> Menu:
    rows = (
        Page.objects.live()
        .filter(locale__language_code=language, depth=MENU_DEPTH)
        .order_by("path")
        .values_list("slug", "title", "show_in_menus", "standardpage__in_footer")
    )
    menu: Menu = {"head": [], "foot": []}
    with override(language):
        for slug, title, in_head, in_foot in rows:
            url = reverse("wagtail_serve", args=[f"{slug}/"])
            entry = {"url": url, "title": title, "slug": slug}
            menu["head"] += [entry] if in_head else []
            menu["foot"] += [entry] if in_foot else []
    return menu


def language_links(
    request: HttpRequest | None, page: object = None
) -> list[dict[str, object]]:
    """One entry a language: code, name, letters, address, and whether it is the current.

    Without a request (error pages) the addresses are the three home pages.
    """
    current = get_language()
    own = _addresses_of(page, request) if isinstance(page, Page) else {}
    links: list[dict[str, object]] = []
    for code, name in settings.LANGUAGES:
        address = own.get(code, "")
        if request is not None and not isinstance(page, Page):
            address = _same_address(request, code)
        links.append(
            {
                "code": code,
                "name": name,
                "letters": LETTERS[code],
                "url": address or _home(code),
                "current": code == current,
            }
        )
    return links


def _home(code: str) -> str:
    with override(code):
        return reverse("home")


LETTERS = {"en": "EN", "he": "עב", "ar": "ع"}


def _same_address(request: HttpRequest, code: str) -> str:
    """Addresses differ in their first part alone; one that leads nowhere has no other."""
    here, own = request.get_full_path(), f"/{get_language()}/"
    if request.resolver_match is None or not here.startswith(own):
        return ""
    return f"/{code}/{here.removeprefix(own)}"


def _addresses_of(page: Page, request: HttpRequest | None) -> dict[str, str]:
    translations = page.get_translations(inclusive=True).live().select_related("locale")
    return {
        translation.locale.language_code: translation.get_url(request) or ""
        for translation in translations
    }
