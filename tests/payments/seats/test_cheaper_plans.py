"""A seat that moves to a plan that costs less: from the next period on, losing nothing."""

import pytest
from django.urls import reverse

from marketplace.mandates.permissions import may_be_told
from payments import checking
from payments.actions.seat_changes import change_plan, keep_plan, quote_change
from payments.actions.seats import cancel_seat, keep_seat
from payments.exceptions import CheckoutUnavailable, PlanNotOffered, PreviewChanged
from payments.models import Discrepancy
from payments.seat_standing import GRACE
from payments.seat_sync import sync_subscription
from tests.payments.seats.seat import (
    PRICE,
    YEAR,
    after,
    income,
    make_plan,
    move,
    owner_of,
    right_of,
    take,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def small():
    return make_plan("small", amount_minor=PRICE // 2)


@pytest.fixture
def row(stripe, investor):
    return take(stripe, investor, make_plan("paid", trial_days=0))


def test_it_begins_with_the_next_period_and_takes_nothing_before(
    stripe, investor, row, small
):
    ends = row.period_end
    change, quote = move(row, small)
    assert (change.state, quote.due.minor, quote.from_next) == ("asked", 0, True)
    assert (row.amount_minor, row.period_end, income()) == (PRICE, ends, PRICE)
    assert right_of(investor).ends_at == ends + GRACE
    after(stripe, row, 31)
    change.refresh_from_db()
    assert (change.state, row.plan, row.amount_minor) == ("done", small, PRICE // 2)
    assert (row.status, income()) == ("active", PRICE + PRICE // 2)
    after(stripe, row, 31)
    assert income() == 2 * PRICE
    assert may_be_told(investor)
    assert not Discrepancy.objects.exists()
    assert list(checking.breaches()) == []


def test_a_year_that_is_paid_runs_to_its_end_before_months_begin(
    stripe, investor, plan, year
):
    year.trial_days = 0
    year.save()
    row = take(stripe, investor, year)
    move(row, plan)
    after(stripe, row, 300)
    assert (row.plan, income()) == (year, YEAR)
    after(stripe, row, 66)
    assert (row.plan, row.interval, income()) == (plan, "month", YEAR + PRICE)


def test_in_a_trial_it_is_changed_at_once_for_nothing_was_paid(stripe, investor, plan):
    row = take(stripe, investor, plan)
    small = make_plan("small", amount_minor=PRICE // 2)
    change, quote = move(row, small)
    assert (change.state, quote.from_next, row.status) == ("done", False, "trialing")
    after(stripe, row, 15)
    assert income() == PRICE // 2


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_the_pages_say_from_when_and_it_can_be_taken_back(
    stripe, client, investor, row, small, language
):
    client.force_login(owner_of(investor))
    page = f"/{language}/fees/seats/{row.public_id}/change/"
    shown = client.get(page, {"plan": small.key})
    assert shown.context["quote"].from_next
    mark = shown.context["quote"].mark
    assert client.post(page, {"mark": mark}).status_code == 302
    keep = f"/{language}/fees/seats/{row.public_id}/plan/keep/"
    assert keep in client.get(f"/{language}/fees/seats/").content.decode()
    assert client.post(keep).status_code == 302
    assert row.changes.get().state == "lapsed"
    assert keep not in client.get(f"/{language}/fees/seats/").content.decode()
    after(stripe, row, 31)
    assert (row.amount_minor, income()) == (PRICE, 2 * PRICE)


def test_who_ends_the_seat_ends_what_was_to_follow(stripe, investor, row, small):
    by = owner_of(investor)
    change, _quote = move(row, small)
    cancel_seat(row, by=by)
    change.refresh_from_db()
    assert change.state == "lapsed"
    keep_seat(row, by=by)
    after(stripe, row, 31)
    assert (row.plan.key, income()) == ("paid", 2 * PRICE)


def test_while_one_waits_no_other_is_taken(stripe, client, investor, row, small, year):
    by = owner_of(investor)
    dearer = quote_change(row, year, by=by)
    move(row, small)
    with pytest.raises(PlanNotOffered):
        change_plan(row, mark=dearer.mark, by=by)
    client.force_login(by)
    page = client.get(reverse("payments:seats")).content.decode()
    assert "Other plans" not in page
    keep_plan(row, by=by)
    change, quote = move(row, year)
    assert (change.state, income()) == ("done", PRICE + quote.due.minor)
    with pytest.raises(PlanNotOffered):
        keep_plan(row, by=by)


def test_a_lost_answer_is_asked_for_again_and_made_once(stripe, investor, row, small):
    by = owner_of(investor)
    mark = quote_change(row, small, by=by).mark
    stripe.app.faults.add("lose_answer")
    for _ in range(3):
        stripe.app.faults.add("answer_500")
    with pytest.raises(CheckoutUnavailable):
        change_plan(row, mark=mark, by=by)
    sync_subscription(row)
    assert row.changes.get().state == "asked"
    after(stripe, row, 31)
    assert (row.plan, income()) == (small, PRICE + PRICE // 2)


def test_what_was_agreed_as_later_is_not_made_at_once(stripe, investor, row, small):
    mark = quote_change(row, small, by=owner_of(investor)).mark
    type(row).objects.filter(pk=row.pk).update(amount_minor=PRICE // 4)
    with pytest.raises(PreviewChanged):
        change_plan(row, mark=mark, by=owner_of(investor))
