"""The core of the site by keys alone, and with script switched off.

Sign in, register, post a listing, search, ask for an introduction, accept.
"""

from typing import Any

import pytest
from playwright.sync_api import expect

from marketplace.introductions.models import Introduction
from marketplace.listings.models import Listing
from tests.journeys.keyboard import MOST_STOPS, AtTheKeyboard
from tests.journeys.person import PRESSER, SELLER, Person
from tests.reviewing import approve_by_both

MANNERS: dict[str, tuple[type[Person], dict[str, Any]]] = {
    "keys": (AtTheKeyboard, {}),
    "no-script": (Person, {"java_script_enabled": False}),
}


@pytest.mark.parametrize(
    ("manner", "asks", "is_asked"), [("keys", "he", "en"), ("no-script", "ar", "he")]
)
def test_two_people_meet(site, browsers, manner, asks, is_asked):
    kind, options = MANNERS[manner]
    press = kind(browsers.open(site, asks, **options), asks, PRESSER)
    shop = kind(browsers.open(site, is_asked, **options), is_asked, SELLER)
    for person in (press, shop):
        person.sign_in()
        person.register_organisation()
        person.post_listing()
        approve(person.listing)

    press.search()
    press.ask_for_introduction(press.card_of(shop.listing), press.listing)
    introduction = Introduction.objects.get()
    shop.go("introductions:list")
    shop.press(
        f"main a[href='{shop.address('introductions:detail', introduction.public_id)}']"
    )
    shop.accept_introduction()
    shop.write(shop.words.message)
    press.go("introductions:detail", introduction.public_id)

    expect(press.page.locator("aside")).to_contain_text(shop.words.alias)
    expect(press.page.locator(".thread")).to_contain_text(shop.words.message)
    assert getattr(press, "faults", set()) | getattr(shop, "faults", set()) == set()


def approve(listing: Listing) -> None:
    """As two reviewers do; the screens for it are walked elsewhere."""
    approve_by_both(listing)


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_the_first_key_leads_past_the_head(site, browsers, language):
    page = browsers.open(site, language)
    page.goto(f"/{language}/how-it-works/")

    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("(link) => link === document.activeElement")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    inside = "() => document.getElementById('main').contains(document.activeElement)"
    assert page.evaluate(inside)


NUMBER_OF_STOP = """() =>
  [...document.body.querySelectorAll("*")].indexOf(document.activeElement)"""
PAGES = ("/{}/", "/{}/listings/", "/{}/accounts/login/", "/{}/how-it-works/")


@pytest.mark.parametrize("path", PAGES)
def test_keys_go_once_round_the_page_in_its_order_and_out_again(site, browsers, path):
    page = browsers.open(site, "ar")
    page.goto(path.format("ar"))

    walked: list[int] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(NUMBER_OF_STOP)
        if stop < 0:
            break
        walked.append(stop)

    assert stop < 0, "the keyboard is caught"
    assert len(walked) > 5
    assert walked == sorted(set(walked))
