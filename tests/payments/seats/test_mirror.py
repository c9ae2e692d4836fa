"""What is fetched of a subscription, and what it grants and books."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.mandates.permissions import may_be_told
from marketplace.organisations.models import Entitlement
from payments import reconciling
from payments.actions.seats import cancel_seat
from payments.gateway import get_gateway
from payments.models import (
    Discrepancy,
    LedgerEntry,
    Subscription,
)
from payments.seat_standing import GRACE, entitled_until
from payments.seat_sync import merge_subscription, sync_subscription
from tests.factories import make_member
from tests.payments.rows import make_verified
from tests.payments.seats.seat import (
    PRICE,
    after,
    income,
    make_plan,
    open_page,
    owner_of,
    right_of,
    take,
)

pytestmark = pytest.mark.django_db


def test_an_older_fetch_that_comes_later_changes_nothing(stripe, investor, plan):
    row = take(stripe, investor, plan)
    old, started = get_gateway().fetch_subscription(row.subscription_id), timezone.now()
    cancel_seat(row, by=owner_of(investor))
    merge_subscription(row, old, fetched_at=started - timedelta(seconds=1))
    row.refresh_from_db()
    assert row.cancel_at_period_end
    assert right_of(investor).ends_at == row.period_end


def test_events_twice_and_in_any_order_end_in_the_same_books(stripe, investor, plan):
    stripe.app.store.set_switch("deliveries", "double")
    row = take(stripe, investor, plan)
    stripe.app.store.set_switch("deliveries", "reorder")
    stripe.app.moved.move(46)
    stripe.app.moved.move(3)
    stripe.deliver()
    row.refresh_from_db()
    assert (row.status, income()) == ("active", 2 * PRICE)
    assert Entitlement.objects.filter(organisation=investor).count() == 1


def test_when_every_event_is_lost_the_hourly_round_finds_out(stripe, investor, plan):
    stripe.app.store.set_switch("deliveries", "drop")
    stripe.payer.pay(open_page(investor, plan), email="i@example.org")
    stripe.deliver()
    row = investor.subscriptions.get()
    assert row.status == "opening"
    an_hour_ago = timezone.now() - timedelta(hours=2)
    Subscription.objects.update(created_at=an_hour_ago)
    assert reconciling.sync_seats() == 1
    row.refresh_from_db()
    assert row.status == "trialing"
    assert reconciling.sync_seats() == 0


def test_a_page_that_was_left_is_given_up(stripe, investor, plan):
    page = open_page(investor, plan)
    row = investor.subscriptions.get()
    get_gateway().expire_checkout(row.session_id)
    sync_subscription(row)
    row.refresh_from_db()
    assert row.status == "abandoned"
    assert open_page(investor, plan) != page


def test_a_row_whose_page_never_was_stands_in_nobodys_way(stripe, investor, plan):
    long_ago = timezone.now() - timedelta(days=2)
    Subscription.objects.create(
        organisation=investor,
        plan=plan,
        currency_id="USD",
        amount_minor=PRICE,
        interval="month",
        trial_days=0,
        mode="sandbox",
        language="en",
        page_ends_at=long_ago,
        started_by=owner_of(investor),
    )
    assert open_page(investor, plan)
    states = sorted(investor.subscriptions.values_list("status", flat=True))
    assert states == ["abandoned", "opening"]


def test_facts_of_another_site_or_seat_are_not_believed(
    stripe, investor, plan, settings
):
    row = take(stripe, investor, plan)
    settings.PAYMENTS_DEPLOYMENT = "another"
    before = right_of(investor).ends_at
    sync_subscription(row)
    assert Discrepancy.objects.get().kind == "fact_differs"
    assert right_of(investor).ends_at == before


def test_an_amount_that_was_not_agreed_on_waits_in_suspense(stripe, investor):
    row = take(stripe, investor, make_plan())
    Subscription.objects.filter(pk=row.pk).update(amount_minor=PRICE + 1)
    after(stripe, row, 15)
    assert income() == 0
    held = LedgerEntry.objects.filter(account="suspense").get()
    assert held.amount_minor == -PRICE
    assert Discrepancy.objects.filter(kind="fact_differs").exists()


@pytest.mark.parametrize(
    ("status", "ends", "lasts"),
    [
        ("trialing", False, "end+"),
        ("active", False, "end+"),
        ("active", True, "end"),
        ("past_due", False, "start+"),
        ("incomplete", False, None),
        ("unpaid", False, None),
        ("paused", False, None),
        ("canceled", False, None),
        ("something_new", False, None),
    ],
)
def test_until_when_a_seat_is_given(stripe, investor, plan, status, ends, lasts):
    row = take(stripe, investor, plan)
    facts = get_gateway().fetch_subscription(row.subscription_id)
    facts = replace(facts, status=status, cancel_at_period_end=ends)
    wanted = {
        "end+": facts.period_end + GRACE,
        "end": facts.period_end,
        "start+": facts.period_start + GRACE,
        None: None,
    }
    assert entitled_until(facts) == wanted[lasts]


def test_a_state_that_is_not_known_grants_nothing_and_is_a_matter(
    stripe, investor, plan
):
    row = take(stripe, investor, plan)
    facts = get_gateway().fetch_subscription(row.subscription_id)
    odd = replace(facts, status="something_new")
    merge_subscription(row, odd, fetched_at=timezone.now())
    assert not may_be_told(investor)
    assert Discrepancy.objects.get().kind == "unknown_state"


def test_anothers_seat_answers_like_none(stripe, client, investor, plan):
    row = take(stripe, investor, plan)
    client.force_login(make_member(make_verified()))
    for name in ("seat_cancel", "seat_keep"):
        page = reverse(f"payments:{name}", args=[row.public_id])
        assert client.post(page).status_code == 404
    page = reverse("payments:seat_return", args=[row.public_id])
    assert client.get(page).status_code == 404
    take_page = reverse("payments:seat_take", args=[investor.public_id])
    assert client.post(take_page, {"plan": plan.key}).status_code == 404
