"""Seats that a rule makes free: small organisations from here, of either side alike."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.exceptions import NotAllowed
from marketplace.mandates.permissions import may_be_told
from marketplace.taxonomy.models import Country, Place
from payments.actions.free_seats import RUNS_FOR, take_free_seat
from payments.actions.seats import open_seat_page
from payments.exceptions import HasSeat, PlanNotOffered, ScreeningNeeded
from tests.factories import make_member, make_user
from tests.payments.rows import make_verified
from tests.payments.seats.seat import make_plan, owner_of, paid_seat, right_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def small_plan():
    return make_plan(free_up_to="few")


def make_angel(**fields):
    place, _is_new = Place.objects.get_or_create(slug="nablus")
    angel = make_verified(**({"size": "few", "place": place} | fields))
    make_member(angel)
    return angel


@pytest.mark.parametrize("side", ["il", "ps"])
def test_a_small_local_organisation_takes_it_for_a_year(small_plan, side):
    angel = make_angel(side=side)
    take_free_seat(angel, small_plan, by=owner_of(angel))
    assert may_be_told(angel)
    left = right_of(angel).ends_at - timezone.now()
    assert timedelta(0) < RUNS_FOR - left < timedelta(minutes=5)
    assert not angel.subscriptions.exists()
    with pytest.raises(HasSeat):
        take_free_seat(angel, small_plan, by=owner_of(angel))


@pytest.mark.parametrize(
    ("code", "is_free"), [("IL", True), ("PS", True), ("DE", False)]
)
def test_a_district_elsewhere_is_not_local(small_plan, code, is_free):
    country, _is_new = Country.objects.get_or_create(code=code)
    place = Place.objects.create(slug=f"there-{code}", country=country)
    assert small_plan.is_free_for(make_angel(place=place)) is is_free


def test_a_card_page_that_is_open_is_closed_before_a_seat_is_free(stripe, small_plan):
    angel = make_angel()
    dear = make_plan(key="dear")
    open_seat_page(angel, dear, by=owner_of(angel))
    take_free_seat(angel, small_plan, by=owner_of(angel))
    assert not angel.subscriptions.live().exists()
    assert may_be_told(angel)


def test_after_the_year_it_is_taken_anew(small_plan):
    angel = make_angel()
    first = take_free_seat(angel, small_plan, by=owner_of(angel))
    first.ends_at, first.source = timezone.now(), "rule:last year"
    first.save()
    assert not may_be_told(angel)
    take_free_seat(angel, small_plan, by=owner_of(angel))
    assert may_be_told(angel)


@pytest.mark.parametrize(
    "fields", [{"size": "tens"}, {"size": ""}, {"place": None}], ids=str
)
def test_the_larger_the_unsaid_and_the_distant_pay(small_plan, fields):
    angel = make_angel(**fields)
    with pytest.raises(PlanNotOffered):
        take_free_seat(angel, small_plan, by=owner_of(angel))


def test_a_plan_without_the_rule_is_free_for_nobody():
    angel = make_angel(size="one")
    with pytest.raises(PlanNotOffered):
        take_free_seat(angel, make_plan(), by=owner_of(angel))


def test_it_waits_for_a_fresh_check_like_money(small_plan):
    angel = make_angel()
    angel.verified_on -= timedelta(days=2_000)
    angel.save()
    with pytest.raises(ScreeningNeeded):
        take_free_seat(angel, small_plan, by=owner_of(angel))


def test_nobody_takes_it_for_somebody_else(small_plan):
    with pytest.raises(NotAllowed):
        take_free_seat(make_angel(), small_plan, by=make_user())


def test_who_pays_for_a_seat_already_keeps_that_one(stripe, small_plan):
    angel = make_angel()
    paid_seat(stripe, angel)
    with pytest.raises(HasSeat):
        take_free_seat(angel, small_plan, by=owner_of(angel))


def test_one_press_on_the_page_opens_it_and_no_card_is_asked_for(client, small_plan):
    angel = make_angel()
    client.force_login(owner_of(angel))
    page = client.get(reverse("payments:seats")).content.decode()
    assert "Free of charge for a year" in page
    assert "asks for a card" not in page
    take = reverse("payments:seat_take", args=[angel.public_id])
    answer = client.post(take, {"plan": small_plan.key}, follow=True)
    assert "free of charge until" in answer.content.decode()
    assert may_be_told(angel)
