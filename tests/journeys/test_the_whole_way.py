"""From two posted listings to an active joint venture and its end, as people walk it.

Three pairs go the way, so that each language is once the asker's and once the
asked's, and a listing is always found by a reader of another language, who typed
words of their own.
"""

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from marketplace.introductions.models import Introduction
from marketplace.ventures.models import JointVenture
from payments.checking import breaches, sums
from payments.models import PaymentAttempt
from tests.journeys.going_on import close, go_on
from tests.journeys.looking import LOOKS_AT_ALL, faults_of
from tests.journeys.person import PRESSER, SELLER, Person
from tests.journeys.staff import Reviewer
from tests.journeys.words import LETTERS
from tests.payments.rows import make_schedule

GOOD, DECLINED = "4242424242424242", "4000000000000002"
CHALLENGED = "4000002760003184"
NUMBER = "054-123-4567"
PAIRS = [("en", "ar"), ("he", "en"), ("ar", "he")]


class Looking:
    """Looks at the asker's pages, and at those of the asked that no asker meets.

    Over the three pairs that is every page once in every language, at both sizes and in
    both schemes.
    """

    OF_THE_ASKED = ("introduction-to-answer", "question", "bank-asks")

    def __init__(self) -> None:
        self.faults: list[str] = []

    def as_asker(self, page: Page, name: str) -> None:
        self.faults += faults_of(page, name)

    def as_asked(self, page: Page, name: str) -> None:
        if name.endswith(self.OF_THE_ASKED):
            self.faults += faults_of(page, name)


@pytest.mark.parametrize(("asks", "is_asked"), PAIRS)
def test_two_people_go_from_two_listings_to_an_active_venture(
    site, development_stripe, browsers, asks, is_asked
):
    make_schedule()
    looking = Looking()
    press = Person(browsers.open(site, asks), asks, PRESSER, looking.as_asker)
    shop = Person(browsers.open(site, is_asked), is_asked, SELLER, looking.as_asked)
    reviewer = Reviewer(browsers.open(site))

    for person in (press, shop):
        come_in(person)
    reviewer.sign_in()
    for person in (press, shop):
        reviewer.verify(person.organisation)
        reviewer.approve(person.listing)

    introduction = introduce(press, shop)
    venture = agree(press, shop, introduction)
    pay_after_a_declined_card(press)
    pay_after_a_question_of_the_bank(shop)
    told = development_stripe.deliver_pending()

    assert {status for _event, status in told} == {200}
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.ACTIVE
    for person in (press, shop):
        see_it_active(person, venture)
    everybody_was_told_in_their_language(press, shop)
    go_on(press, shop, venture)
    if asks == "en" or LOOKS_AT_ALL:
        seen_from_outside(browsers.open(site, asks), reviewer, press, venture)
    close(press, shop, venture)
    assert {total for _mode, _currency, total in sums()} == {0}
    assert list(breaches()) == []
    call_command("check_invariants")
    assert not looking.faults, "\n".join(looking.faults)


def come_in(person: Person) -> None:
    """Sign in, register an organisation, hand in a listing."""
    person.sign_in()
    person.look("dashboard-empty")
    person.register_organisation()
    person.look("organisation")
    person.post_listing()
    expect(person.page.locator("h1")).to_contain_text(person.words.title)
    person.look("own-listing")
    assert not person.listing.live


def introduce(asker: Person, asked: Person) -> Introduction:
    """Both find each other with reasons; one asks, the other accepts."""
    for person, other in ((asked, asker), (asker, asked)):
        person.go("listings:mine")
        person.look("my-listings")
        person.go("search:matches", person.listing.public_id)
        person.look("matches")
        person.search()
        expect(person.card_of(other.listing)).to_be_visible()
        person.look("search")
        sees_a_scored_match(person, other)
    asker.ask_for_introduction(asker.card_of(asked.listing), asker.listing)
    asker.look("introduction-asked")
    assert asked.words.legal_name not in asker.page.content()

    introduction = Introduction.objects.get()
    asked.go("introductions:list")
    asked.look("introductions")
    asked.go("introductions:detail", introduction.public_id)
    asked.look("introduction-to-answer")
    assert asker.words.legal_name not in asked.page.content()
    asked.ask_one_question(asked.words.needs)
    asker.go("introductions:detail", introduction.public_id)
    asker.look("introduction-question")
    assert asked.words.alias not in asker.page.content()
    asker.reply(asker.words.brings)
    asked.go("introductions:detail", introduction.public_id)
    asked.accept_introduction()
    come_to_know(asker, asked, introduction)
    for person, other in ((asked, asker), (asker, asked)):
        person.go("introductions:detail", introduction.public_id)
        expect(person.page.locator("aside")).to_contain_text(other.words.legal_name)
        person.write(person.words.message)
        expect(person.page.locator(".thread")).to_contain_text(person.words.message)
    expect(asker.page.locator(".thread")).to_contain_text(asked.words.message)
    asker.write_and_be_warned(f"{asker.words.message} {NUMBER}", NUMBER)
    asker.look("introduction-open")
    return introduction


def come_to_know(asker: Person, asked: Person, introduction: Introduction) -> None:
    """Step by step: each opens only with the second yes."""
    for step in ("facts", "organisation", "person"):
        for person, other in ((asker, asked), (asked, asker)):
            person.go("introductions:detail", introduction.public_id)
            if step != "person":
                assert other.words.legal_name not in person.page.content()
            person.agree_to(step)
        if step == "facts":
            asker.go("introductions:detail", introduction.public_id)
            asker.look("introduction-half-way")


def sees_a_scored_match(person: Person, other: Person) -> None:
    """The other's listing stands there with points that add up to its score."""
    card = person.card_of(other.listing)
    score = int(card.locator(".score text").text_content() or "")
    points = card.locator(".why__pts").all_inner_texts()
    assert score > 0
    assert sum(int(each) for each in points if each != "–") == score


def agree(first: Person, second: Person, introduction: Introduction) -> JointVenture:
    """One proposes, both sign the same text."""
    first.go("introductions:detail", introduction.public_id)
    shares = {first.organisation: "60", second.organisation: "40"}
    first.propose_venture(shares, beside=second)
    expect(first.page.locator(".wordings__one")).to_have_count(2)
    first.look("venture-to-sign")
    first.sign_venture()
    venture = JointVenture.objects.get()
    second.go("ventures:list")
    second.look("ventures")
    second.go("ventures:detail", venture.public_id)
    second.sign_venture()
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.AGREED
    return venture


def go_to_own_share(person: Person) -> None:
    person.go("payments:fees")
    person.look("fees")
    person.press("main .cards a.btn--primary")
    person.look("share")


def pay_after_a_declined_card(person: Person) -> None:
    """One card is refused on the card page, the next is taken."""
    go_to_own_share(person)
    person.open_card_page()
    person.look("card-page")
    person.pay_with(DECLINED)
    expect(person.page.locator("#number")).to_be_visible()
    assert not PaymentAttempt.objects.filter(
        state=PaymentAttempt.State.SUCCEEDED
    ).exists()
    person.pay_with(GOOD)
    expect(person.page).to_have_url(re.compile("/fees/return/"))
    person.look("paid")


def pay_after_a_question_of_the_bank(person: Person) -> None:
    """The bank asks back (3-D Secure), and is answered."""
    go_to_own_share(person)
    person.open_card_page()
    person.pay_with(CHALLENGED)
    person.look("bank-asks")
    person.press("button[name=answer][value=complete]")
    expect(person.page).to_have_url(re.compile("/fees/return/"))


def see_it_active(person: Person, venture: JointVenture) -> None:
    person.go("ventures:detail", venture.public_id)
    person.look("venture-active")
    person.go("dashboard")
    person.look("dashboard")
    person.go("notices:list")
    person.look("notices")


def seen_from_outside(
    guest: Page, reviewer: Reviewer, partner: Person, venture: JointVenture
) -> None:
    """An outsider finds nothing, and staff find how far it is and nobody's words."""
    inside = partner.address("ventures:detail", venture.public_id)
    guest.goto(inside)
    assert "/accounts/login/" in guest.url
    answer = reviewer.page.goto(inside)
    assert answer is not None
    assert answer.status == 404
    reviewer.page.goto(reverse("jointventure:index"))
    row = reviewer.page.locator("main tbody tr")
    expect(row).to_contain_text(str(venture.public_id))
    expect(row).to_contain_text(partner.words.alias)
    for private in (partner.words.venture, partner.words.legal_name, NUMBER):
        assert private not in reviewer.page.content()


def everybody_was_told_in_their_language(*people: Person) -> None:
    """Every mail has letters of its reader's script; Latin readers see no other."""
    for person in people:
        mails = [m for m in mail.outbox if m.to == [person.user.email]]
        assert len(mails) >= 4
        for message in mails:
            for text in (message.subject, prose_of(message.body)):
                assert main_script(text) == person.language, text


def prose_of(body: str) -> str:
    """A mail without its addresses."""
    return re.sub(r"https?://\S+", "", body)


def main_script(text: str) -> str:
    """The language whose letters are most in a text."""
    counts = {code: len(re.findall(some, text)) for code, some in LETTERS.items()}
    return max(counts, key=counts.__getitem__)
