"""What is agreed to is a sum; Stripe is asked for it, and held to it, at every step."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from payments.actions.seat_changes import change_plan, quote_change
from payments.exceptions import CheckoutUnavailable, PreviewChanged
from payments.gateway import GatewayUnavailable, get_gateway
from payments.models import Discrepancy, Plan
from payments.seat_sync import sync_subscription
from tests.payments.seats.seat import (
    PRICE,
    YEAR,
    income,
    make_plan,
    move,
    owner_of,
    paid_seat,
    take,
)

pytestmark = pytest.mark.django_db


def test_a_trial_that_is_over_at_stripe_is_free_no_longer(
    stripe, client, investor, year, monkeypatch
):
    row = take(stripe, investor, make_plan("brief", trial_days=1))
    stripe.app.moved.move(2)  # no event has arrived yet
    client.force_login(owner_of(investor))
    with monkeypatch.context() as clock:
        later = timezone.now() + timedelta(days=2)
        clock.setattr(timezone, "now", lambda: later)
        page = f"/en/fees/seats/{row.public_id}/change/"
        answer = client.get(page, {"plan": year.key})
    quote = answer.context["quote"]
    assert row.status == "trialing"
    assert YEAR - PRICE < quote.due.minor < YEAR
    assert "Nothing now" not in answer.content.decode()
    assert change_plan(row, mark=quote.mark, by=owner_of(investor)).state == "done"
    assert income() == PRICE + quote.due.minor
    assert not Discrepancy.objects.exists()


def end_trial(stripe, row) -> None:
    """As if it had been ended in Stripe's own pages."""
    of = stripe.app.store.get("subscription", row.subscription_id)
    stripe.app.store.save(of | {"status": "active"})


def test_a_sum_that_holds_no_longer_at_stripe_is_not_taken(
    stripe, client, investor, plan, year
):
    row, by = take(stripe, investor, plan), owner_of(investor)
    quote = quote_change(row, year, by=by)
    bills = len(stripe.app.store.newest_first("invoice"))
    end_trial(stripe, row)
    with pytest.raises(PreviewChanged):
        change_plan(row, mark=quote.mark, by=by)
    assert row.changes.get().state == "lapsed"
    assert len(stripe.app.store.newest_first("invoice")) == bills
    row.refresh_from_db()
    assert (row.status, row.amount_minor, income()) == ("active", PRICE, 0)
    change, quote = move(row, year)
    assert (change.state, income()) == ("done", quote.due.minor)


def lose_the_answer(monkeypatch) -> None:
    """The next change is made, and nobody hears of it."""
    gateway = get_gateway()
    changes = gateway.change_plan

    def unheard(*order):
        monkeypatch.setattr(gateway, "change_plan", changes)
        changes(*order)
        raise GatewayUnavailable("lost")

    monkeypatch.setattr(gateway, "change_plan", unheard)


def test_what_was_made_unheard_is_not_measured_by_a_new_sum(
    stripe, investor, year, monkeypatch
):
    row, by = paid_seat(stripe, investor), owner_of(investor)
    quote = quote_change(row, year, by=by)
    lose_the_answer(monkeypatch)
    with pytest.raises(CheckoutUnavailable):
        change_plan(row, mark=quote.mark, by=by)
    sync_subscription(row)
    row.refresh_from_db()
    assert (row.changes.get().state, row.plan) == ("done", year)
    assert income() == PRICE + quote.due.minor


def test_a_sum_asked_for_while_another_makes_the_change_undoes_nothing(
    stripe, investor, year, monkeypatch
):
    row, by = paid_seat(stripe, investor), owner_of(investor)
    quote = quote_change(row, year, by=by)
    gateway = get_gateway()
    asks = gateway.quote_plan

    def late(*order):
        monkeypatch.setattr(gateway, "quote_plan", asks)
        lose_the_answer(monkeypatch)
        with pytest.raises(GatewayUnavailable):
            sync_subscription(row)
        return asks(*order)

    monkeypatch.setattr(gateway, "quote_plan", late)
    assert change_plan(row, mark=quote.mark, by=by).state == "done"
    assert income() == PRICE + quote.due.minor


def test_only_what_was_quoted_lately_and_for_this_seat_can_be_agreed_to(
    stripe, investor, year, monkeypatch
):
    row = paid_seat(stripe, investor)
    by = owner_of(investor)
    mark = quote_change(row, year, by=by).mark
    monkeypatch.setattr("time.time", lambda: timezone.now().timestamp() + 3600)
    with pytest.raises(PreviewChanged):
        change_plan(row, mark=mark, by=by)
    monkeypatch.undo()
    told = ["another", year.pk, YEAR, "year", 1, 1.0, False]
    forged = signing.dumps(told, salt="payments.seat_change")
    for wrong in (mark + "x", "", forged):
        with pytest.raises(PreviewChanged):
            change_plan(row, mark=wrong, by=by)
    assert not row.changes.exists()


def test_a_plan_that_is_paid_at_other_times_now_was_not_agreed_to(
    stripe, investor, year
):
    row = paid_seat(stripe, investor)
    mark = quote_change(row, year, by=owner_of(investor)).mark
    Plan.objects.filter(pk=year.pk).update(interval="month")
    with pytest.raises(PreviewChanged):
        change_plan(row, mark=mark, by=owner_of(investor))
    assert not row.changes.exists()
