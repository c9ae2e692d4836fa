"""The frame of the site in a browser: menu, quick exit, the staff screens' policy."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from wagtail.models import Page as SitePage

from tests.factories import make_user
from tests.journeys.looking import PHONE

NEUTRAL = "/robots.txt"


def _signed_in(page: Page, site: str, **person: object) -> Page:
    client = Client()
    client.force_login(make_user(**person))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": site}]
    )
    return page


def _path(page: Page) -> str:
    return urlsplit(page.url).path


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_menu_opens_by_keyboard_and_closes_on_escape(site, browsers, language):
    page = browsers.open(site, language)
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(f"/{language}/")
    link = page.locator(".menu__nav a").first

    page.locator("details.menu > summary").focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Escape")

    expect(link).to_be_hidden()


def test_the_menu_opens_without_script(site, browsers):
    page = browsers.open(site, java_script_enabled=False)
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto("/he/")

    page.locator("details.menu > summary").click()

    expect(page.locator(".menu__nav a").first).to_be_visible()


def test_the_first_view_asks_for_little_and_from_nobody_else(site, browsers):
    page = browsers.open(site)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto("/en/", wait_until="networkidle")

    # Four stylesheets here; the static storage of production joins them into one.
    assert len([url for url in asked if not url.endswith(".css")]) <= 7
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site).netloc}


def test_p13_three_escapes_leave_quickly_and_back_shows_nothing(
    site, browsers, settings
):
    settings.QUICK_EXIT_URL = NEUTRAL
    page = _signed_in(browsers.open(site), site)
    page.goto("/en/dashboard/")
    assert _path(page) == "/en/dashboard/"

    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(f"**{NEUTRAL}")
    page.goto("/en/dashboard/")

    assert _path(page) == "/en/accounts/login/"


def test_p13_the_quick_exit_works_without_script(site, browsers, settings):
    settings.QUICK_EXIT_URL = NEUTRAL
    page = _signed_in(browsers.open(site, java_script_enabled=False), site)
    page.goto("/he/dashboard/")

    page.locator(".quick-exit button").click()
    page.wait_for_url(f"**{NEUTRAL}")
    page.goto("/he/dashboard/")

    assert _path(page) == "/he/accounts/login/"


def test_s02_staff_screens_keep_the_policy_and_their_pickers(site, browsers, settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    page = _signed_in(browsers.open(site), site, is_staff=True, is_superuser=True)
    stories = SitePage.objects.get(slug="stories", locale__language_code="en")
    home = SitePage.objects.get(slug="home")

    for address in ("", "pages/", f"pages/{home.pk}/edit/", "images/add/", "users/"):
        page.goto(f"/staff/{address}")
    page.goto(f"/staff/pages/add/cms/storypage/{stories.pk}/")
    page.locator("#id_told_on").click()

    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(1)
