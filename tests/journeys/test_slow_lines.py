"""Pages on a bad line: script late or never there, stylesheets missing."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.looking import IS_TOO_WIDE, PHONE
from tests.journeys.person import PASSWORD, make_account

HTMX, SCRIPT, STYLES = "**/htmx*.js", "**/site.js", "**/*.css"
SEARCH = "/en/listings/"
IS_SAME_PAGE = "() => window.isSamePage === true"


def open_search(page: Page) -> None:
    page.goto(SEARCH)
    page.evaluate("() => { window.isSamePage = true }")


def narrow(page: Page) -> None:
    page.locator("label.switch", has=page.locator("[name=online]")).click()


def test_a_filter_narrows_the_results_in_their_place(site, browsers):
    page = browsers.open(site)
    open_search(page)

    narrow(page)

    expect(page.locator("#results .chip")).to_have_count(1)
    assert page.evaluate(IS_SAME_PAGE)
    assert "online=1" in page.url
    count = page.locator("#rh").inner_text()
    expect(page.locator("#announce")).to_have_text(count)
    expect(page.locator("[name=online]")).to_be_focused()


@pytest.mark.parametrize("control", ["#sort", ".seg-control"])
def test_what_stands_outside_the_form_narrows_too(site, browsers, control):
    page = browsers.open(site)
    open_search(page)

    if control == "#sort":
        page.locator(control).focus()
        page.locator(control).select_option(index=1)
        expect(page).to_have_url(re.compile("sort=(?!&|$)"))
    else:
        page.locator(control).locator("input").nth(1).click()
        expect(page).to_have_url(re.compile("kind=(?!&|$)"))

    assert page.evaluate(IS_SAME_PAGE)
    expect(page.locator("#announce")).not_to_be_empty()
    if control == "#sort":
        expect(page.locator(control)).to_be_focused()


def test_what_is_changed_while_htmx_is_on_its_way_is_not_lost(site, browsers):
    page = browsers.open(site)
    held: list[Route] = []
    page.route(HTMX, lambda route: held.append(route))
    open_search(page)

    narrow(page)
    expect(page.locator("[name=online]")).to_be_checked()
    page.wait_for_timeout(200)
    assert "online" not in page.url
    held[0].continue_()

    expect(page.locator("#results .chip")).to_have_count(1)
    assert page.evaluate(IS_SAME_PAGE)


def test_without_htmx_the_button_brings_a_whole_page(site, browsers):
    page = browsers.open(site)
    page.route(HTMX, lambda route: route.abort())
    open_search(page)

    narrow(page)
    with page.expect_navigation():
        page.locator(".filters__apply").click()

    expect(page.locator("#results .chip")).to_have_count(1)
    assert not page.evaluate(IS_SAME_PAGE)
    complaints = browsers.take_complaints()
    assert all("net::ERR_FAILED" in complaint for complaint in complaints)


def test_a_member_logs_in_while_the_script_never_comes(site, browsers):
    page = browsers.open(site)
    held: list[Route] = []
    page.route(SCRIPT, lambda route: held.append(route))
    member = make_account("en")
    page.goto("/en/accounts/login/?next=/en/listings/", wait_until="commit")

    page.locator("[name=login]").fill(member.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form.form .btn--primary").click(no_wait_after=True)

    expect(page.locator("#rh")).to_be_visible()
    assert len(held) == 2
    for route in held:
        route.fulfill(body="", content_type="text/javascript")


@pytest.mark.parametrize("path", ["/ar/", "/ar/listings/", "/en/accounts/login/"])
def test_a_page_without_stylesheets_is_read_from_top_to_end(site, browsers, path):
    page = browsers.open(site)
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.route(STYLES, lambda route: route.abort())

    page.goto(path)

    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate(IS_TOO_WIDE) is None
    icons = page.locator("svg.icon").evaluate_all(
        "(all) => Math.max(...all.map((icon) => icon.getBoundingClientRect().width))"
    )
    assert icons <= 24
    complaints = browsers.take_complaints()
    assert all("net::ERR_FAILED" in complaint for complaint in complaints)
