"""From a mandate in Hebrew to a listing in Arabic, its mail, the ladder and the founder."""

import re
from datetime import timedelta

from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from marketplace.interests.actions import note_interest
from marketplace.interests.faces import FEWEST_SHOWN
from marketplace.interests.models import Interest
from marketplace.listings.actions import submit_listing
from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate
from marketplace.people.models import Discretion
from marketplace.taxonomy.models import Place, Sector
from tests.factories import make_listing, make_member, make_organisation
from tests.journeys.looking import faults_of
from tests.journeys.test_money import sign_in
from tests.journeys.test_the_core import approve
from tests.mandates import make_seat

TITLE = "عشر محطات لتنقية المياه في القرى"


def make_investor(language: str = "he"):
    fund = make_organisation(side="il", place=Place.objects.get(slug="haifa"))
    person = make_member(fund, language=language, discretion=Discretion.OPEN)
    make_seat(fund)
    return fund, person


def make_draft() -> Listing:
    firm = make_organisation(side="ps", place=Place.objects.get(slug="nablus"))
    make_member(firm, language="ar")
    return make_listing(
        firm,
        kind="investment",
        title=TITLE,
        summary="نبحث عن تمويل لمحطات صغيرة لها زبائن يدفعون",
        written_in="ar",
        languages=["ar", "en"],
        stage="growth",
        instruments=["loan"],
        amount_min=100_000_00,
        amount_max=200_000_00,
        amount_currency="USD",
        sectors=[Sector.objects.get(code="3600")],
        live=False,
    )


def write_mandate(page, address: str) -> None:
    page.goto(address)
    page.fill("[name=name]", "מים לכפרים")
    page.fill("[name=words]", "תחנות קטנות לטיהור מים בכפרים")
    water = Sector.objects.get(code="3600")
    page.select_option("[name=sector_1]", str(water.pk))
    for name, value in (("stages", "growth"), ("instruments", "loan")):
        page.check(f"[name={name}][value={value}]")
    page.check("[name=musts][value=instruments]")
    page.check("[name=cadence][value=at_once]")
    page.locator("main button[name=preview]").click()
    expect(page.locator("#preview")).to_be_visible()
    page.locator("main form.form .btn--primary").click()
    page.wait_for_url(lambda url: "new" not in url)


def test_an_investor_hears_of_a_listing_and_the_founder_of_a_count(site, browsers):
    fund, investor = make_investor()
    page = sign_in(browsers, site, investor, "he")
    with translation.override("he"):
        write_mandate(page, reverse("matching:mandate_new"))
    mandate = InvestorMandate.objects.get()

    draft = make_draft()
    founder = draft.owner
    approve(submit_listing(draft, by=founder))

    letters = [m for m in mail.outbox if m.to == [investor.email]]
    assert len(letters) == 1
    assert TITLE in letters[0].body
    assert "לפרופיל ההשקעה שלכם" in letters[0].body
    assert re.search(r"\+\d+ [^\n]*[א-ת]{2}", letters[0].body)  # reasons, in Hebrew

    page.goto(mandate.get_absolute_url())
    faults = faults_of(page, "he-mandate")
    page.locator(".card__title a", has_text=TITLE).click()
    page.locator(f"main a[href$='/interests/{draft.public_id}/']").click()
    faults += faults_of(page, "he-interest")
    page.check("[name=level][value=soft]")
    page.locator("main form.form .btn--primary").click()
    expect(page.locator("main")).to_contain_text(TITLE)
    assert Interest.objects.get().organisation == fund

    for _number in range(FEWEST_SHOWN - 1):
        other, person = make_investor()
        note_interest(draft, "soft", organisation=other, by=person)
    Interest.objects.update(due_since=timezone.now() - timedelta(days=1))
    call_command("count_interests", verbosity=0)

    page = sign_in(browsers, site, founder, "ar")
    with translation.override("ar"):
        page.goto(draft.get_absolute_url())
        page.locator(f"main a[href$='{draft.public_id}/counts/']").click()
    expect(page.locator("main dl")).to_contain_text("4 مؤسسات")
    faults += faults_of(page, "ar-counts")
    assert faults == []
