"""The pages that anybody meets first."""

import pytest

from tests.journeys.looking import faults_of

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
