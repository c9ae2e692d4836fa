"""A member's pages in three languages: they bar nobody, fit, and speak one language."""

import os
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import Page

from marketplace.facilitation.models import Facilitator
from marketplace.introductions.actions import ask_introduction
from marketplace.introductions.models import Introduction
from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate
from marketplace.organisations.models import Membership, Organisation
from marketplace.ventures.actions import (
    VentureText,
    Words,
    propose_venture,
    sign_venture,
)
from marketplace.ventures.models import Arrangement, JointVenture, Observer
from payments.models import Share
from tests.factories import make_member, make_user
from tests.introducing import introduce
from tests.journeys.homes import make_home, make_post, make_seat
from tests.journeys.looking import faults_of
from tests.journeys.person import PASSWORD, make_account
from tests.journeys.plans import plan
from tests.journeys.untranslated import english_on
from tests.journeys.words import PRESS, SHOP, WORDS
from tests.mandates import make_mandate
from tests.payments.rows import make_schedule

# A hundred seconds a language: the gate looks in one that runs right to left, the
# deep gate in all. The pages of the whole way are looked at in all three in both.
LANGUAGES = ("en", "he", "ar") if os.environ.get("LOOK_AT") == "all" else ("ar",)


@dataclass(frozen=True)
class Affairs:
    """What the member of this test has under way, all in one language."""

    own: Listing
    other: Listing
    asked: Introduction
    venture: JointVenture
    share: Share
    mandate: InvestorMandate
    seat: Observer

    @property
    def arrangement(self) -> Arrangement:
        return self.venture.arrangements.get()

    def addresses_of_care(self) -> dict[str, str]:
        """Where one stays apart, shows later, is helped, or funds."""
        home = self.own.organisation.public_id
        asked, met = self.asked.public_id, self.venture.introduction.public_id
        return {
            "apart": reverse("organisations:apart", args=[home]),
            "stages": reverse("organisations:stages", args=[home]),
            "home-as-member": reverse("organisations:view_as", args=[home, "member"]),
            "own-as-public": reverse(
                "listings:view_as", args=[self.own.public_id, "public"]
            ),
            "block": reverse("introductions:block", args=[self.other.public_id]),
            "decline": reverse("introductions:decline", args=[asked]),
            "question": reverse("introductions:question", args=[asked]),
            "facilitator": reverse("introductions:mandate", args=[asked]),
            "met": reverse("introductions:detail", args=[met]),
            "meetings": reverse("meetings:detail", args=[met]),
            "meeting-times": reverse("meetings:propose", args=[met]),
            "stop": reverse("introductions:stop", args=[met, "organisation"]),
            "close": reverse("introductions:close", args=[met]),
            "report-thread": reverse("introductions:report", args=[met]),
            "propose": reverse("ventures:propose", args=[met]),
            "arrangement": self.arrangement.get_absolute_url(),
            "arrangement-form": reverse(
                "ventures:arrangement_renew", args=[self.arrangement.public_id]
            ),
            "arrangement-end": reverse(
                "ventures:arrangement_leave", args=[self.arrangement.public_id]
            ),
            "closing": reverse("ventures:closing", args=[self.venture.public_id]),
            "closing-form": reverse(
                "ventures:closing_write", args=[self.venture.public_id]
            ),
            "versions": reverse("ventures:versions", args=[self.venture.public_id]),
            "dissent": reverse("ventures:dissent", args=[self.venture.public_id]),
            "observing": reverse("ventures:observing", args=[self.seat.public_id]),
            "lessons": reverse("ventures:lessons"),
            "step": reverse("ventures:milestone_add", args=[self.venture.public_id]),
            "mandates": reverse("mandates:list"),
            "mandate": reverse("matching:mandate", args=[self.mandate.public_id]),
            "mandate-form": reverse("matching:mandate_new"),
        }

    def addresses(self) -> dict[str, str]:
        """The pages to look at, by name, in the active language."""
        own, other = self.own.public_id, self.other.public_id
        home = self.own.organisation.public_id
        return {
            "dashboard": reverse("dashboard"),
            "search": reverse("search:listings"),
            "nothing-found": reverse("search:listings") + "?q=987654",
            "matches": reverse("search:matches", args=[own]),
            "saved": reverse("search:saved"),
            "listing": reverse("listings:detail", args=[other]),
            "own-listing": reverse("listings:detail", args=[own]),
            "my-listings": reverse("listings:mine"),
            "listing-form": reverse("listings:edit", args=[own]),
            "photos": reverse("listings:photos", args=[own]),
            "withdraw-listing": reverse("listings:withdraw", args=[own]),
            "report": reverse("listings:report", args=[other]),
            "who-sees-what": reverse("listings:who_sees_what"),
            "organisation": reverse("organisations:detail", args=[home]),
            "register": reverse("organisations:register"),
            "record": reverse("organisations:record", args=[home]),
            "colleagues": reverse("organisations:members", args=[home]),
            "introductions": reverse("introductions:list"),
            "ask": reverse("introductions:ask", args=[other]),
            "thread-report": reverse(
                "introductions:report", args=[self.asked.public_id]
            ),
            "asked": reverse("introductions:detail", args=[self.asked.public_id]),
            "ventures": reverse("ventures:list"),
            "venture": reverse("ventures:detail", args=[self.venture.public_id]),
            "fees": reverse("payments:fees"),
            "share": reverse("payments:share", args=[self.share.public_id]),
            "waiver": reverse("payments:waiver", args=[self.share.public_id]),
            "notices": reverse("notices:list"),
            "mail-habits": reverse("notices:habits"),
            "settings": reverse("people:settings"),
            "second-factor": reverse("mfa_index"),
            "address": reverse("account_email"),
        }


def make_affairs(language: str) -> Affairs:
    press = make_home(PRESS, "ps", "nablus", language)
    shop = make_home(SHOP, "il", "haifa", language)
    member = make_account(language, alias=WORDS[PRESS, language].alias)
    Membership.objects.create(
        organisation=press, user=member, role="owner", is_contact=True
    )
    asking = make_member(shop, language=language, alias=WORDS[SHOP, language].alias)
    own, other = make_post(press, PRESS, language), make_post(shop, SHOP, language)
    answers = WORDS[SHOP, language].answers
    asked = ask_introduction(own, by=asking, asker=shop, **answers)
    venture, share = make_due_share(press, shop, language)
    make_facilitator(WORDS[SHOP, language].alias, press.side)
    mandate = make_mandate(press, name=own.title, written_in=language)
    seat = make_seat(press, shop, language)
    return Affairs(own, other, asked, venture, share, mandate, seat)


def make_facilitator(alias: str, side: str) -> None:
    Facilitator.objects.create(user=make_user(alias=alias), side=side)


def make_due_share(
    press: Organisation, shop: Organisation, language: str
) -> tuple[JointVenture, Share]:
    """A venture all have signed, and what the press owes of its fee."""
    words = WORDS[PRESS, language]
    partners = [home.memberships.get().user for home in (press, shop)]
    introduction = ask_introduction(
        make_post(shop, SHOP, language), by=partners[0], asker=press, **words.answers
    )
    introduction = introduce(introduction, *partners)
    text = VentureText(
        title=words.venture,
        purpose=words.purpose,
        governing_language=language,
        beside=beside(language),
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + timedelta(days=365),
        fee_currency="USD",
        ownership={press: 5000, shop: 5000},
    )
    venture = propose_venture(introduction, by=partners[0], text=text)
    make_schedule()
    for person in partners:
        sign_venture(venture, by=person, text_hash=venture.text_hash())
    plan(venture, partners, words, language)
    return venture, Share.objects.get(party__organisation=press)


def beside(language: str) -> dict[str, Words]:
    """The same text in a language that runs the other way, or the other one that does."""
    other = "he" if language == "ar" else "ar"
    words = WORDS[PRESS, other]
    return {other: Words(words.venture, words.purpose)}


def log_in(page: Page, member: str, language: str) -> None:
    page.goto(f"/{language}/accounts/login/")
    page.fill("#id_login", member)
    page.fill("#id_password", PASSWORD)
    with page.expect_navigation():
        page.locator("main .btn--primary").click()


def faults_at(page: Page, addresses: dict[str, str], language: str) -> list[str]:
    """What bars somebody or speaks another language at these addresses."""
    faults = []
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status}"
        assert page.locator("h1").count() == 1, name
        faults += faults_of(page, f"{language}-{name}")
        if language != "en":
            faults += [f"{name}: in English: {text}" for text in english_on(page)]
    return faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_a_member_bar_nobody_and_speak_one_language(
    site, browsers, language
):
    affairs = make_affairs(language)
    page = browsers.open(site, language)
    log_in(page, affairs.own.owner.email, language)
    with override(language):
        often, seldom = affairs.addresses(), affairs.addresses_of_care()

    faults = faults_at(page, often | seldom, language)

    assert not faults, "\n".join(faults)


def test_an_english_word_on_a_hebrew_page_is_found(site, browsers):
    page = browsers.open(site, "he")
    page.goto("/he/")

    page.evaluate("document.querySelector('h1').append(' Search listings')")

    assert any("Search listings" in text for text in english_on(page))
