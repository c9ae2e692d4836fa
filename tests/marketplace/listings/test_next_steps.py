"""What the one button of a listing says follows from what its reader knows."""

import pytest
from django.urls import reverse

from marketplace.introductions.actions import ask_introduction, withdraw_introduction
from marketplace.listings.next_steps import Step, next_step
from marketplace.organisations.stage import Standing
from marketplace.organisations.stages import Stage
from tests.factories import make_listing, make_member, make_organisation, make_user
from tests.marketplace.introductions.words import FIVE

MINE, COLLEAGUES, OTHERS = 1, 2, 3


def standing(*own: int, acts_for: tuple[int, ...] = ()) -> Standing:
    return Standing(Stage.MEMBER, frozenset(own), {}, frozenset(acts_for))


@pytest.mark.parametrize(
    ("reader", "has_asked", "step"),
    [
        (Standing(Stage.PUBLIC, frozenset(), {}), False, Step.LOG_IN),
        (standing(), False, Step.REGISTER),
        (standing(OTHERS), False, Step.OWN),
        (standing(MINE, OTHERS, acts_for=(MINE, OTHERS)), False, Step.OWN),
        (standing(COLLEAGUES), False, Step.COLLEAGUES),
        (standing(COLLEAGUES), True, Step.OPEN),
        (standing(MINE, acts_for=(MINE,)), False, Step.ASK),
        (standing(MINE, acts_for=(MINE,)), True, Step.OPEN),
    ],
)
def test_the_step_follows_from_the_readers_own_standing(reader, has_asked, step):
    assert next_step(reader, OTHERS, has_asked=has_asked) == step


# -- the listing's own page -----------------------------------------------------------


@pytest.fixture
def listing(db):
    return make_listing(make_organisation(side="ps"))


def page_for(client, person, listing):
    client.force_login(person)
    return client.get(reverse("listings:detail", args=[listing.public_id]))


def asks(listing):
    return reverse("introductions:ask", args=[listing.public_id])


def test_who_has_asked_finds_the_request_instead_of_the_button(client, listing):
    person = make_member(make_organisation(side="il"))
    asker = person.memberships.get().organisation
    request = ask_introduction(listing, by=person, asker=asker, **FIVE)
    page = page_for(client, person, listing).content.decode()
    assert request.get_absolute_url() in page
    assert asks(listing) not in page
    withdraw_introduction(request, by=person)
    page = page_for(client, person, listing).content.decode()
    assert request.get_absolute_url() not in page
    assert asks(listing) in page


def test_a_second_organisation_may_still_ask(client, listing):
    person = make_member(make_organisation(side="il"))
    asker = person.memberships.get().organisation
    make_organisation(side="third").memberships.create(user=person, role="editor")
    request = ask_introduction(listing, by=person, asker=asker, **FIVE)
    page = page_for(client, person, listing).content.decode()
    assert request.get_absolute_url() in page
    assert asks(listing) in page


def test_who_has_no_organisation_is_led_to_registering_one(client, listing):
    page = page_for(client, make_user(), listing).content.decode()
    assert reverse("organisations:register") in page
    assert asks(listing) not in page
    assert "None of your organisations" not in page


def test_who_only_reads_for_an_organisation_is_told_whom_to_turn_to(client, listing):
    reader = make_member(make_organisation(side="il"), role="viewer")
    told = "asked for by the owners and editors of your organisation"
    assert told in page_for(client, reader, listing).content.decode()
    assert told in client.get(asks(listing)).content.decode()
    assert client.post(asks(listing)).status_code == 403


def test_asking_oneself_leads_back_to_the_own_listing(client, db):
    own = make_listing()
    client.force_login(own.owner)
    assert client.get(asks(own)).url == own.get_absolute_url()
