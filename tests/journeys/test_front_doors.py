"""The pages that anybody meets first, the pages of faults, and the mails."""

import pytest
from django.test import RequestFactory
from playwright.sync_api import Page

from cms.errors import server_error, unavailable
from marketplace.notices.letters import FOOTER, Letter
from tests.journeys.looking import faults_of
from tests.journeys.words import PRESS, WORDS

LANGUAGES = ("en", "he", "ar")
PAGES = {
    "home": "/{}/",
    "log-in": "/{}/accounts/login/",
    "sign-up": "/{}/accounts/signup/",
    "how-it-works": "/{}/how-it-works/",
    "themes": "/{}/themes/",
    "stories": "/{}/stories/",
    "privacy": "/{}/privacy/",
    "missing": "/{}/nothing-is-here/",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_the_first_pages_bar_nobody(site, browsers, name, language):
    page = browsers.open(site, language)

    page.goto(PAGES[name].format(language))

    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == language
    faults = faults_of(page, f"{language}-{name}")
    assert not faults, "\n".join(faults)


def open_fault(page: Page, view) -> None:
    """The page as a server sends it when nothing else works."""
    html = view(RequestFactory().get("/")).content.decode()
    page.route(
        "**/fault/", lambda route: route.fulfill(body=html, content_type="text/html")
    )
    page.goto("/fault/")


def letter_in(language: str) -> Letter:
    words = WORDS[PRESS, language]
    address = f"https://gesher.example/{language}/notices/"
    paragraphs = [words.summary, address, words.purpose, f"{address}habits/"]
    text = "\n\n".join(paragraphs) + FOOTER + words.brings
    return Letter(words.title, text, language, named=True)


def test_pages_of_faults_and_mails_bar_nobody(site, browsers):
    page, faults = browsers.open(site), []
    for view in (server_error, unavailable):
        open_fault(page, view)
        faults += faults_of(page, view.__name__)
        page.unroute_all()
    for language in LANGUAGES:
        mail = browsers.open(site, language)
        mail.set_content(letter_in(language).html)
        # What surrounds it is the mail program's page: headings and landmarks are there.
        faults += faults_of(mail, f"{language}-mail", part="body > div")
    assert not faults, "\n".join(faults)
