"""A seat that moves to a plan that costs more: what is left of the old one counts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.exceptions import NotAllowed
from marketplace.mandates.permissions import may_be_told
from payments import checking
from payments.actions.seat_changes import change_plan, quote_change
from payments.actions.seats import cancel_seat
from payments.exceptions import CheckoutUnavailable, PlanNotOffered
from payments.models import Discrepancy, SeatChange
from payments.seat_sync import sync_subscription
from tests.factories import make_member
from tests.payments.rows import make_verified
from tests.payments.seats.seat import (
    FAILS_LATER,
    PRICE,
    YEAR,
    after,
    income,
    make_plan,
    move,
    owner_of,
    paid_seat,
    take,
)

pytestmark = pytest.mark.django_db


def test_the_rest_of_the_old_plan_comes_off_the_new_one(stripe, investor, year):
    row = paid_seat(stripe, investor)
    change, quote = move(row, year)
    assert change.state == "done"
    assert quote.due.minor == YEAR - PRICE  # a month that has just begun
    assert (row.plan, row.amount_minor, row.interval) == (year, YEAR, "year")
    assert income() == PRICE + quote.due.minor
    assert row.period_end - row.period_start > timedelta(days=360)
    after(stripe, row, 366)
    assert income() == PRICE + quote.due.minor + YEAR
    assert not Discrepancy.objects.exists()
    assert list(checking.breaches()) == []


def test_within_the_same_interval_only_what_is_left_of_it_is_charged(stripe, investor):
    row = paid_seat(stripe, investor)
    start, end = row.period_start, row.period_end
    stripe.app.moved.move(10)
    moved = SeatChange(
        subscription=row, amount_minor=2 * PRICE, interval="month",
        counted_from=start + (end - start) / 2, public_id=row.public_id,
    )  # fmt: skip
    bigger = make_plan("bigger", amount_minor=2 * PRICE)
    change, quote = move(row, bigger)
    assert change.state == "done"
    assert quote.due.minor == PRICE  # our own clock stands at the period's start
    assert (row.period_start, row.period_end) == (start, end)
    assert moved.amount.minor == row.amount_minor


def test_in_a_trial_nothing_is_taken_and_the_trial_goes_on(
    stripe, investor, plan, year
):
    row = take(stripe, investor, plan)
    ends = row.trial_end
    change, quote = move(row, year)
    assert (change.state, quote.due.minor, income()) == ("done", 0, 0)
    assert (row.status, row.trial_end) == ("trialing", ends)
    after(stripe, row, 15)
    assert (row.status, income()) == ("active", YEAR)


def test_a_card_that_does_not_pay_leaves_the_seat_as_it_was(
    stripe, client, investor, year
):
    row = paid_seat(stripe, investor)
    fails = use_failing_card(stripe, row)
    change, _quote = move(row, year)
    assert (change.state, row.amount_minor, income()) == ("asked", PRICE, PRICE)
    assert may_be_told(investor)
    client.force_login(owner_of(investor))
    page = client.get(reverse("payments:seats")).content.decode()
    assert "The new plan waits" in page
    assert fails
    after(stripe, row, 1)
    change.refresh_from_db()
    assert (change.state, row.amount_minor) == ("lapsed", PRICE)
    assert not Discrepancy.objects.exists()


def use_failing_card(stripe, row) -> str:
    """As if the card of the seat had been stopped since."""
    store = stripe.app.store
    of = store.get("subscription", row.subscription_id)
    method = store.get("payment_method", of["default_payment_method"])
    method["card"]["last4"] = FAILS_LATER[-4:]
    return store.save(method)["id"]


def test_another_card_pays_for_a_change_that_waited(stripe, client, investor, year):
    row = paid_seat(stripe, investor)
    use_failing_card(stripe, row)
    change, quote = move(row, year)
    client.force_login(owner_of(investor))
    page = client.post(reverse("payments:seat_card", args=[row.public_id]))
    back = stripe.payer.pay(page["Location"].partition("?")[0])
    assert client.get(back.location).status_code == 302
    change.refresh_from_db()
    row.refresh_from_db()
    assert (change.state, row.plan) == ("done", year)
    assert income() == PRICE + quote.due.minor
    assert set(stripe.deliver()) == {200}
    assert not Discrepancy.objects.exists()


def test_a_lost_answer_is_asked_for_again_and_charged_once(stripe, investor, year):
    row = paid_seat(stripe, investor)
    by = owner_of(investor)
    quote = quote_change(row, year, by=by)
    for _ in range(2):
        stripe.app.faults.add("answer_500")
    for _ in range(2):
        stripe.app.faults.add("answer_500")
    with pytest.raises(CheckoutUnavailable):
        change_plan(row, mark=quote.mark, by=by)
    for _ in range(2):
        sync_subscription(row)
    row.refresh_from_db()
    assert (row.plan, income()) == (year, PRICE + quote.due.minor)
    assert len(stripe.app.store.newest_first("invoice")) == 2


def test_two_presses_make_one_change(stripe, investor, year):
    row = paid_seat(stripe, investor)
    by = owner_of(investor)
    quote = quote_change(row, year, by=by)
    change_plan(row, mark=quote.mark, by=by)
    row.refresh_from_db()
    with pytest.raises(PlanNotOffered):
        change_plan(row, mark=quote.mark, by=by)
    assert row.changes.count() == 1


def test_what_cannot_be_moved_is_refused(stripe, investor, year):
    row = paid_seat(stripe, investor)
    owner = owner_of(investor)
    old = make_plan("old", amount_minor=PRICE + 1, is_offered=False)
    with pytest.raises(PlanNotOffered):
        quote_change(row, old, by=owner)
    viewer = make_member(investor, role="viewer")
    for person in (viewer, make_member(make_verified())):
        with pytest.raises(NotAllowed):
            quote_change(row, year, by=person)
    cancel_seat(row, by=owner)
    row.refresh_from_db()
    with pytest.raises(PlanNotOffered):
        quote_change(row, year, by=owner)


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_the_page_says_what_is_taken_and_the_button_takes_it(
    stripe, client, investor, year, language
):
    row = paid_seat(stripe, investor)
    client.force_login(owner_of(investor))
    page = f"/{language}/fees/seats/{row.public_id}/change/"
    text = client.get(page, {"plan": year.key})
    assert text.status_code == 200
    mark = text.context["quote"].mark
    assert client.post(page, {"mark": mark}).status_code == 302
    row.refresh_from_db()
    assert row.plan == year
