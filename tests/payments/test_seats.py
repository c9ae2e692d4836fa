"""Investor seats over Stripe's wire: our gateway, the sandbox, signed events, its clock."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from marketplace.exceptions import NotAllowed
from marketplace.mandates.models import MANDATES
from marketplace.mandates.permissions import may_be_told
from marketplace.organisations.models import Entitlement
from payments import checking, reconciling
from payments.actions.seats import cancel_seat, keep_seat, open_seat_page
from payments.exceptions import (
    CheckoutUnavailable,
    HasSeat,
    PlanNotOffered,
    ScreeningNeeded,
)
from payments.gateway import get_gateway
from payments.models import (
    Discrepancy,
    LedgerEntry,
    LedgerTransaction,
    Plan,
    StripeEvent,
    Subscription,
)
from payments.sandbox import bank
from payments.seat_standing import GRACE, entitled_until
from payments.seat_sync import merge_subscription, sync_subscription
from tests.factories import make_member, make_organisation
from tests.mandates import make_seat
from tests.payments.rows import make_currencies, make_verified
from tests.payments.wsgi_http_client import stripe_client

pytestmark = pytest.mark.django_db
FAILS_LATER = "4000000000000341"
PRICE = 30_00


def make_plan(key="seat", **fields) -> Plan:
    make_currencies()
    fields = {"amount_minor": PRICE, "interval": "month", "trial_days": 14} | fields
    names = {"name_en": "Seat", "name_he": "מקום למשקיעים", "name_ar": "مقعد"}
    return Plan.objects.create(key=key, currency_id="USD", **names, **fields)


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def investor():
    organisation = make_verified(side="third")
    make_member(organisation)
    return organisation


def owner_of(organisation):
    return organisation.memberships.get(role="owner").user


def open_page(organisation, plan) -> str:
    page = open_seat_page(organisation, plan, by=owner_of(organisation))
    return page.partition("?")[0]


def take(stripe, organisation, plan, card="4242424242424242") -> Subscription:
    """The card is entered, and Stripe's events arrive."""
    answer = stripe.payer.pay(
        open_page(organisation, plan), card, email="i@example.org"
    )
    assert answer.status == 303
    assert set(stripe.deliver()) == {200}
    return organisation.subscriptions.get()


def after(stripe, row, days) -> Subscription:
    """So many days later, as Stripe counts them, once its events have arrived."""
    stripe.app.moved.move(days)
    assert set(stripe.deliver()) <= {200}
    row.refresh_from_db()
    return row


def right_of(organisation) -> Entitlement:
    return Entitlement.objects.get(organisation=organisation, feature=MANDATES)


def income() -> int:
    legs = LedgerEntry.objects.filter(account="seat_income")
    return -sum(legs.values_list("amount_minor", flat=True))


# -- the whole way ----------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "he", "ar"])
def test_a_seat_goes_from_trial_to_paid_to_past_due_to_recovered_to_ended(
    stripe, client, investor, plan, language
):
    client.force_login(owner_of(investor))

    def page(name="seats", *args):
        with translation.override(language):
            return reverse(f"payments:{name}", args=args)

    def text():
        return client.get(page()).content.decode()

    take_it = page("seat_take", investor.public_id)
    assert take_it in text()
    answer = client.post(take_it, {"plan": plan.key})
    assert answer.status_code == 303
    address = answer["Location"]
    assert address.endswith(f"?lang={language}")
    assert not may_be_told(investor)

    back = stripe.payer.pay(address.partition("?")[0], FAILS_LATER, email="i@e.org")
    cache.clear()
    assert client.get(back.location).status_code == 302
    row = investor.subscriptions.get()
    assert row.status == "trialing"
    assert may_be_told(investor)
    assert right_of(investor).ends_at == row.trial_end + GRACE
    assert set(stripe.deliver()) == {200}
    assert take_it not in text()
    assert income() == 0

    after(stripe, row, 15)
    assert row.status == "past_due"
    assert right_of(investor).ends_at == row.trial_end + GRACE
    assert row.period_start == row.trial_end

    bill = stripe.app.store.newest_first("invoice")[0]
    bank.act(stripe.app.moment(), "settle", bill["id"])
    after(stripe, row, 0)
    assert row.status == "active"
    assert right_of(investor).ends_at == row.period_end + GRACE
    assert income() == PRICE

    after(stripe, row, 31)
    assert (row.status, income()) == ("active", 2 * PRICE)
    ends = row.period_end
    client.post(page("seat_cancel", row.public_id))
    row.refresh_from_db()
    assert row.cancel_at_period_end
    assert right_of(investor).ends_at == ends
    assert page("seat_keep", row.public_id) in text()
    client.post(page("seat_keep", row.public_id))
    assert right_of(investor).ends_at == ends + GRACE
    client.post(page("seat_cancel", row.public_id))

    after(stripe, row, 31)
    assert row.status == "canceled"
    assert not may_be_told(investor)
    assert right_of(investor).ends_at <= timezone.now()
    assert income() == 2 * PRICE
    assert take_it in text()
    assert list(checking.breaches()) == []
    states = set(StripeEvent.objects.values_list("state", flat=True))
    assert states <= {"done", "ignored"}
    assert not Discrepancy.objects.exists()


# -- taking ------------------------------------------------------------------------------


def test_two_clicks_lead_to_one_page(stripe, investor, plan):
    assert open_page(investor, plan) == open_page(investor, plan)
    assert investor.subscriptions.count() == 1


def test_another_plan_closes_the_first_page(stripe, investor, plan):
    first = open_page(investor, plan)
    second = open_page(investor, make_plan("year", interval="year", trial_days=0))
    assert first != second
    assert stripe.payer.pay(first).status == 410
    states = set(investor.subscriptions.values_list("status", flat=True))
    assert states == {"abandoned", "opening"}


def test_a_lost_answer_is_asked_for_again_under_the_same_key(stripe, investor, plan):
    stripe.app.faults.add("lose_answer")
    page = open_page(investor, plan)
    assert stripe.payer.pay(page, email="i@example.org").status == 303
    assert len(stripe.app.store.newest_first("checkout.session")) == 1


def test_without_a_trial_the_first_month_is_booked_at_once(stripe, investor):
    row = take(stripe, investor, make_plan(trial_days=0))
    assert (row.status, income()) == ("active", PRICE)
    fees = LedgerTransaction.objects.filter(kind="settlement")
    assert fees.count() == 1


def test_nobody_has_two_seats_or_two_trials(stripe, investor, plan):
    row = take(stripe, investor, plan)
    with pytest.raises(HasSeat):
        open_page(investor, plan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Subscription.objects.create(
            organisation=investor,
            plan=plan,
            currency_id="USD",
            amount_minor=PRICE,
            interval="month",
            trial_days=0,
            mode=row.mode,
            language="en",
            started_by=owner_of(investor),
        )
    cancel_seat(row, by=owner_of(investor))
    after(stripe, row, 15)
    assert row.status == "canceled"
    again = open_page(investor, plan)
    assert stripe.payer.pay(again).status == 303
    stripe.deliver()
    latest = investor.subscriptions.first()
    assert (latest.trial_days, latest.status) == (0, "active")
    assert latest.customer_id == row.customer_id


def test_no_page_opens_before_the_registration_was_checked(stripe, plan):
    organisation = make_organisation()
    make_member(organisation)
    with pytest.raises(ScreeningNeeded):
        open_page(organisation, plan)
    assert stripe.http.calls == []


def test_only_its_own_owners_and_editors_take_end_and_keep_a_seat(
    stripe, investor, plan
):
    row = take(stripe, investor, plan)
    viewer = make_member(investor, role="viewer")
    stranger = make_member(make_verified())
    for person in (viewer, stranger):
        with pytest.raises(NotAllowed):
            open_seat_page(investor, plan, by=person)
        for act in (cancel_seat, keep_seat):
            with pytest.raises(NotAllowed):
                act(row, by=person)


def test_a_plan_that_is_not_offered_or_not_for_cards_is_refused(stripe, investor, plan):
    plan.is_offered = False
    plan.save()
    with pytest.raises(PlanNotOffered):
        open_page(investor, plan)
    with pytest.raises(PlanNotOffered):
        open_page(investor, make_plan("tiny", amount_minor=1))


def test_who_has_a_free_seat_is_not_sold_one(client, stripe, investor, plan):
    right = Entitlement.objects.create(
        organisation=investor, feature=MANDATES, source="staff:1"
    )
    client.force_login(owner_of(investor))
    text = client.get(reverse("payments:seats")).content.decode()
    assert reverse("payments:seat_take", args=[investor.public_id]) not in text
    with pytest.raises(HasSeat):
        open_page(investor, plan)
    assert right.ends_at is None


def test_a_paid_seat_ends_alone_and_another_right_stays(stripe, investor, plan):
    row = take(stripe, investor, plan)
    make_seat(investor)
    cancel_seat(row, by=owner_of(investor))
    after(stripe, row, 15)
    assert row.status == "canceled"
    assert may_be_told(investor)


def test_when_stripe_does_not_answer_nothing_is_lost(stripe, investor, plan):
    row = take(stripe, investor, plan)
    for _ in range(3):
        stripe.app.faults.add("answer_500")
    with pytest.raises(CheckoutUnavailable):
        cancel_seat(row, by=owner_of(investor))
    row.refresh_from_db()
    assert (row.status, row.cancel_at_period_end) == ("trialing", False)


# -- the mirror ----------------------------------------------------------------------------


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


@pytest.mark.parametrize("action", ["dispute", "refund"])
def test_money_of_a_seat_that_goes_back_is_a_matter(stripe, investor, action):
    take(stripe, investor, make_plan(trial_days=0))
    charge = stripe.app.store.newest_first("charge")[0]
    if action == "dispute":
        bank.act(stripe.app.moment(), "dispute", charge["id"])
    else:
        api = stripe_client(stripe.app).v1
        api.refunds.create({"charge": charge["id"]})
    stripe.deliver()
    matter = Discrepancy.objects.get()
    assert (matter.kind, matter.about) == ("seat_returned", f"charge:{charge['id']}")


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
