"""A form that is refused keeps what was typed and says beside each field what is wrong."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from marketplace.introductions.actions import ask_introduction
from marketplace.introductions.models import Introduction
from marketplace.listings.models import Listing
from marketplace.taxonomy.models import Capability, Place
from marketplace.ventures.models import JointVenture
from tests.factories import make_listing, make_member, make_organisation
from tests.introducing import introduce
from tests.journeys.looking import faults_of
from tests.journeys.person import PRESSER, Person
from tests.journeys.words import LETTERS
from tests.marketplace.introductions.words import FIVE

LANGUAGES = ("en", "he", "ar")
# What stands in the form, but for secrets, which no page gives back.
TYPED = """() => [...new FormData(document.querySelector("main form.form"))]
  .filter(([name]) => !/^csrf|^password|^once$/.test(name))"""
HAS_FOCUS = "(element) => element === document.activeElement"


@pytest.fixture(params=LANGUAGES)
def person(request, site, browsers) -> Person:
    return Person(browsers.open(site, request.param), request.param, PRESSER)


def refuse(page: Page, button: str = "main form.form .btn--primary") -> None:
    """Send the form of the page, which comes back with the very same values."""
    typed: Any = page.evaluate(TYPED)
    with page.expect_navigation():
        page.locator(button).click()
    assert page.evaluate(TYPED) == typed


def sees_what_is_wrong(person: Person, *names: str) -> None:
    """The summary has the focus, names each field and leads to it; axe agrees."""
    page = person.page
    summary = page.locator("#form-errors")
    assert summary.evaluate(HAS_FOCUS)
    assert summary.locator("li").count() == len(names)
    for name in names:
        field = page.locator(f"main [name='{name}']")
        ident = field.get_attribute("id")
        said = page.locator(f"#{ident}_error")
        assert re.search(LETTERS[person.language], said.inner_text())
        assert field.get_attribute("aria-invalid") == "true"
        assert f"{ident}_error" in str(field.get_attribute("aria-describedby"))
        summary.locator(f"a[href='#{ident}']").press("Enter")
        assert field.evaluate(HAS_FOCUS)
    faults = faults_of(page, f"{person.language}-refused-{names[0]}")
    assert not faults, "\n".join(faults)


def test_a_refused_sign_up(person):
    person.go("account_signup")
    person.fill(email="nobody at home", password1="olive trees and stone")
    person.fill(password2="olive trees and stone")

    refuse(person.page)

    sees_what_is_wrong(person, "email")


def test_a_refused_listing(person):
    organisation = make_organisation()
    join(person, organisation)
    person.sign_in()
    person.go("listings:create")
    words = person.words
    person.tick("kind", "offer")
    person.fill(title=words.title, summary=words.summary, details=words.message)
    place = Place.objects.get(slug="nablus")
    person.choose(place=place.pk, reach="cross_border", amount_currency="ILS")
    person.fill(amount_from="900", amount_to="100", start_on="2031-05-01")
    help_given = Capability.objects.get(slug="bottling")
    person.choose(**{"brings-0-capability": help_given.pk})
    with person.page.expect_navigation():
        person.page.locator("button[name=add_row][value=brings]").click()
    person.fill(**{"brings-1-text": words.brings, "needs-0-text": words.needs})

    person.page.locator("[name=meets_online]").uncheck()

    refuse(person.page, "main button[name=submit]")

    sees_what_is_wrong(person, "sector_1", "amount_to", "meets_online")
    assert not Listing.objects.exists()


def test_a_refused_venture(person):
    mine, theirs = make_organisation(side="ps"), make_organisation(side="il")
    join(person, mine)
    introduction = known_to_each_other(person, mine, theirs)
    person.sign_in()
    person.go("ventures:propose", introduction.public_id)
    person.fill_words_of_venture()
    person.fill(starts_on="2031-05-01", ends_on="2030-05-01")
    shares = [f"share_{each.public_id.hex}" for each in (mine, theirs)]
    person.fill(**dict(zip(shares, ("60", "30.5"), strict=True)))

    refuse(person.page)

    last = person.page.locator("main [name^=share_]").last.get_attribute("name")
    sees_what_is_wrong(person, "ends_on", str(last))
    assert not JointVenture.objects.exists()


def join(person: Person, organisation) -> None:
    organisation.memberships.create(user=person.user, role="owner", is_contact=True)


def known_to_each_other(person: Person, mine, theirs) -> Introduction:
    other = make_member(theirs)
    listing = make_listing(theirs, owner=other)
    asked = ask_introduction(listing, by=person.user, asker=mine, **FIVE)
    return introduce(asked, person.user, other)
