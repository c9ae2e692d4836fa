"""The editors' pages, as a reader of each language gets them."""

import re

import pytest
from django.utils.translation import override
from wagtail.models import Page

from cms.site_setup import set_up_site
from cms.site_setup.texts import read_texts
from cms.site_setup.tree import PAGES

LANGUAGES = {"en": "ltr", "he": "rtl", "ar": "rtl"}
SLUGS = ["", *(f"{spec.key}/" for spec in PAGES)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_stands_in_every_language(client, site_tree, language, slug):
    response = client.get(f"/{language}/{slug}")

    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{language}" dir="{LANGUAGES[language]}"' in html
    text = read_texts(language)[slug.rstrip("/") or "home"]
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == [text["title"]]
    assert f"<title>{text['title']}" in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_switch_keeps_the_page(client, site_tree, language):
    html = client.get(f"/{language}/safety/").content.decode()

    for other in LANGUAGES:
        assert f'href="/{other}/safety/" lang="{other}"' in html


def test_the_language_switch_follows_a_page_whose_address_was_translated(
    client, site_tree
):
    page = Page.objects.get(slug="safety", locale__language_code="he")
    page.slug = "בטיחות"
    page.save()

    html = client.get("/en/safety/").content.decode()

    assert 'href="/he/%D7%91%D7%98%D7%99%D7%97%D7%95%D7%AA/" lang="he"' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_menus_hold_the_pages_that_editors_put_there(client, site_tree, language):
    html = client.get(f"/{language}/").content.decode()
    head, foot = html.split("<main", 1)[0], html.split("<footer", 1)[1]

    for spec in PAGES:
        link = f'href="/{language}/{spec.key}/"'
        assert (link in head) == spec.in_head
        assert (link in foot) == spec.in_foot


def test_a_page_taken_out_of_the_menu_leaves_it_at_once(client, site_tree):
    assert 'href="/en/stories/"' in client.get("/en/").content.decode()
    page = Page.objects.get(slug="stories", locale__language_code="en").specific
    page.show_in_menus = False
    page.save()

    assert 'href="/en/stories/"' not in client.get("/en/").content.decode()


def test_setting_up_again_changes_nothing_that_editors_changed(site_tree):
    page = Page.objects.get(slug="safety", locale__language_code="en").specific
    page.lead = "Changed by an editor."
    page.save()
    before = Page.objects.count()

    set_up_site(vocabulary=False, translations=False)

    page.refresh_from_db()
    assert page.lead == "Changed by an editor."
    assert Page.objects.count() == before


def test_pages_of_the_three_languages_are_translations_of_each_other(site_tree):
    for spec in PAGES:
        pages = Page.objects.filter(slug=spec.key)
        assert pages.count() == 3
        assert pages.values("translation_key").distinct().count() == 1


def test_editors_find_the_translations_string_by_string(db):
    set_up_site(vocabulary=False)
    from wagtail_localize.models import Translation

    translations = Translation.objects.all()

    assert translations.count() == 2 * (len(PAGES) + 1)
    for translation in translations:
        total, done = translation.get_progress()
        assert total == done


def test_an_empty_list_of_stories_says_when_one_would_appear(client, site_tree):
    with override("he"):
        html = client.get("/he/stories/").content.decode()

    assert 'class="empty"' in html
