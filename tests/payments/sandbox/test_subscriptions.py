"""Subscriptions of the development Stripe: its own client, and a clock that is moved."""

from urllib.parse import urlencode

import pytest
import stripe

from payments.sandbox.rules import DAY
from payments.sandbox.subscriptions import after
from tests.payments.wsgi_http_client import BASE_URL, call

from .conftest import NOW, SEAT, order, seat_order
from .seats import FAILS_LATER, status_of, types_of


def test_a_trial_keeps_the_card_and_takes_nothing(app, api, begin):
    found = api.subscriptions.retrieve(begin())
    assert found.status == "trialing"
    item = found["items"]["data"][0]
    assert found.trial_end == item.current_period_end == NOW + 14 * DAY
    assert found.metadata.to_dict() == {"seat": "seat-1"}
    (session,) = api.checkout.sessions.list().data
    assert (session.payment_status, session.amount_total) == ("no_payment_required", 0)
    assert api.charges.list().data == []
    assert "customer.subscription.created" in types_of(app)


def test_without_a_trial_the_first_month_is_paid_at_once(api, begin):
    data = {"metadata": {"seat": "seat-1"}}
    subscription = begin(subscription_data=data)
    assert status_of(api, subscription) == "active"
    (charge,) = api.charges.list().data
    assert (charge.amount, charge.currency) == (12_345, "ils")
    (bill,) = api.invoices.list({"subscription": subscription}).data
    assert (bill.status, bill.amount_paid) == ("paid", 12_345)


def test_a_card_that_does_not_hold_begins_nothing(api, payer):
    session = api.checkout.sessions.create(seat_order())
    assert payer.pay(session.url, "4000000000000002").status == 402
    assert api.subscriptions.list().data == []
    assert api.checkout.sessions.retrieve(session.id).status == "open"


def test_a_card_whose_charges_fail_pays_no_single_fee(payer, open_session):
    assert payer.pay(open_session().url, FAILS_LATER).status == 402


def test_the_clock_ends_the_trial_and_renews_every_month(app, api, begin):
    subscription = begin()
    app.moved.move(15)
    assert status_of(api, subscription) == "active"
    app.moved.move(62)
    bills = api.invoices.list({"subscription": subscription, "limit": 100}).data
    assert [bill.amount_paid for bill in bills] == [12_345] * 3 + [0]
    assert len({bill.period_start for bill in bills}) == 4
    paid = api.invoices.retrieve(bills[0].id, {"expand": ["payments"]}).payments.data[0]
    intent = api.payment_intents.retrieve(paid.payment.payment_intent)
    assert intent.status == "succeeded"


def test_a_failing_card_is_past_due_then_paid_with_another(app, api, begin):
    subscription = begin(FAILS_LATER)
    app.moved.move(15)
    assert status_of(api, subscription) == "past_due"
    assert "invoice.payment_failed" in types_of(app)
    bill = api.invoices.list({"status": "open"}).data[0]
    holder = {"Cookie": f"sandbox_control={app.control_token}", "Origin": BASE_URL}
    form = urlencode({"action": "settle", "value": bill.id})
    assert "Paid with another card" in call(app, "GET", f"{BASE_URL}/", holder).text
    call(app, "POST", f"{BASE_URL}/control", holder, form)
    assert status_of(api, subscription) == "active"
    app.moved.move(31)
    assert status_of(api, subscription) == "active"


def test_after_four_tries_it_is_canceled_and_stays_so(app, api, begin):
    subscription = begin(FAILS_LATER)
    states = []
    for _ in range(40):
        app.moved.move(1)
        states.append(status_of(api, subscription))
    assert sorted(set(states)) == ["canceled", "past_due", "trialing"]
    assert states[-1] == "canceled"
    assert types_of(app).count("invoice.payment_failed") == 4
    assert types_of(app).count("customer.subscription.deleted") == 1


def test_canceled_at_the_end_of_the_period_it_runs_until_then(app, api, begin):
    subscription = begin()
    api.subscriptions.update(subscription, {"cancel_at_period_end": True})
    found = api.subscriptions.retrieve(subscription)
    assert (found.status, found.cancel_at) == ("trialing", NOW + 14 * DAY)
    app.moved.move(13)
    assert status_of(api, subscription) == "trialing"
    app.moved.move(1)
    assert status_of(api, subscription) == "canceled"
    assert api.charges.list().data == []
    with pytest.raises(stripe.InvalidRequestError):
        api.subscriptions.update(subscription, {"cancel_at_period_end": False})


def test_a_cancellation_is_taken_back_before_its_day(app, api, begin):
    subscription = begin()
    for wish in (True, False):
        api.subscriptions.update(subscription, {"cancel_at_period_end": wish})
    app.moved.move(15)
    assert status_of(api, subscription) == "active"


def test_deliveries_keep_the_real_time_in_their_signature(app, endpoint, begin, clock):
    begin()
    app.moved.move(31)
    app.deliver_pending(endpoint)
    stamps = {headers["Stripe-Signature"].split(",")[0] for _, headers in endpoint.got}
    assert stamps == {f"t={int(clock.now)}"}
    assert len(endpoint.got) > 3


def test_the_clock_goes_ahead_only(app):
    app.moved.move(7)
    app.moved.move(-3)
    assert app.moved.ahead == 7 * DAY


@pytest.mark.parametrize(
    "wrong",
    [
        {"payment_intent_data": {"metadata": {"seat": "1"}}},
        {"line_items": order()["line_items"]},
        {"subscription_data": {"trial_period_days": 0}},
        {"mode": "payment"},
        {"mode": "setup"},
        {"mode": "setup", "customer": "cus_1", "subscription_data": SEAT},
    ],
)
def test_modes_are_not_mixed(api, wrong):
    with pytest.raises(stripe.InvalidRequestError):
        api.checkout.sessions.create(seat_order(**wrong))


@pytest.mark.parametrize(
    ("at", "interval", "wanted"),
    [
        (1_769_817_600, "month", 1_772_236_800),  # 31 January → 28 February
        (1_772_236_800, "year", 1_803_772_800),
        (0, "week", 7 * DAY),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(at, interval, wanted):
    price = {"recurring": {"interval": interval, "interval_count": 1}}
    assert after(at, price) == wanted
