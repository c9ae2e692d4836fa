"""The pages every installation starts with, linked across the three languages."""

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Locale, Page, Site

from cms.pages import DirectoryIntroPage, HomePage, StandardPage, StoryIndexPage
from cms.pages.base import EditorialPage

from .texts import body_of, read_texts

SOURCE = "en"
Translations = dict[str, EditorialPage]


@dataclass(frozen=True, slots=True)
class PageSpec:
    """Where one page of `cms/texts/` goes: its kind, and the menus that hold it."""

    key: str
    model: type[EditorialPage]
    in_head: bool = False
    in_foot: bool = False


PAGES = (
    PageSpec("themes", DirectoryIntroPage, in_head=True),
    PageSpec("stories", StoryIndexPage, in_head=True),
    PageSpec("how-it-works", StandardPage, in_head=True),
    PageSpec("how-ranking-works", StandardPage, in_foot=True),
    PageSpec("safety", StandardPage, in_foot=True),
    PageSpec("privacy", StandardPage, in_foot=True),
    PageSpec("terms", StandardPage, in_foot=True),
    PageSpec("accessibility", StandardPage, in_foot=True),
)


def set_up_tree() -> list[Translations]:
    """Each page in its languages, home first; pages that stand are left as they are."""
    locales = {code: _locale(code) for code, _ in settings.LANGUAGES}
    texts = {code: read_texts(code) for code in locales}
    homes = _homes(locales, texts)
    return [homes, *(_put(spec, homes, locales, texts) for spec in PAGES)]


def _locale(code: str) -> Locale:
    return Locale.objects.get_or_create(language_code=code)[0]


def _homes(locales: dict[str, Locale], texts: dict[str, dict]) -> Translations:
    root = Page.get_first_root_node() or _new_root(locales[SOURCE])
    homes: Translations = {}
    for code, locale in locales.items():
        home = HomePage.objects.child_of(root).filter(locale=locale).first()
        if home is None:
            _remove_welcome_page(root)
            slug = "home" if code == SOURCE else f"home-{code}"
            home = _new_page(HomePage, slug, "home", texts[code]["home"], locale)
            _link(home, homes.get(SOURCE))
            Page.objects.get(pk=root.pk).add_child(instance=home)
        homes[code] = home
    _site(homes[SOURCE])
    return homes


def _new_root(locale: Locale) -> Page:
    return Page.add_root(instance=Page(title="Root", slug="root", locale=locale))


def _remove_welcome_page(root: Page) -> None:
    """Wagtail's own first page; deleting it takes its site along."""
    welcome = root.get_children().filter(slug="home", content_type__model="page")
    for page in welcome:
        page.delete()
    root.refresh_from_db()


def _site(home: EditorialPage) -> None:
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", port=80, is_default_site=True
    )
    if site.root_page_id != home.pk:
        site.root_page = home
        site.site_name = settings.WAGTAIL_SITE_NAME
        site.save()


def _put(
    spec: PageSpec,
    homes: Translations,
    locales: dict[str, Locale],
    texts: dict[str, dict],
) -> Translations:
    pages: Translations = {}
    for code, home in homes.items():
        page = spec.model.objects.child_of(home).filter(slug=spec.key).first()
        if page is None:
            page = _new_page(
                spec.model, spec.key, spec.key, texts[code][spec.key], locales[code]
            )
            page.show_in_menus = spec.in_head
            if isinstance(page, StandardPage):
                page.in_footer = spec.in_foot
            _link(page, pages.get(SOURCE))
            type(home).objects.get(pk=home.pk).add_child(instance=page)
        pages[code] = page
    return pages


def _new_page(
    model: type[EditorialPage], slug: str, key: str, text: dict, locale: Locale
) -> EditorialPage:
    return model(
        slug=slug,
        title=text["title"],
        lead=text["lead"],
        body=body_of(key, text["body"]),
        locale=locale,
    )


def _link(page: EditorialPage, source: EditorialPage | None) -> None:
    if source is not None:
        page.translation_key = source.translation_key
