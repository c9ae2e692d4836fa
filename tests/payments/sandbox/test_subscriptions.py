"""Subscriptions of the development Stripe: its own client, and a clock that is moved."""

from typing import Any
from urllib.parse import urlencode

import pytest
import stripe

from payments.sandbox.rules import DAY
from payments.sandbox.subscriptions import after
from tests.payments.wsgi_http_client import BASE_URL, Payer, call, stripe_client

from .conftest import NOW, order
from .lively import read
from .test_openapi import Description, schemas  # noqa: F401 - a fixture
from .test_sdk_types import problems

FAILS_LATER = "4000000000000341"
GOOD = "4242424242424242"
DATA = {"metadata": {"seat": "seat-1"}, "trial_period_days": 14}


def seat_order(**changes: Any) -> dict[str, Any]:
    """A session as the programme asks for it: ILS 123.45 a month after two weeks."""
    wanted = order()
    del wanted["payment_intent_data"]
    price = wanted["line_items"][0]["price_data"]
    price["recurring"] = {"interval": "month"}
    wanted |= {"mode": "subscription", "subscription_data": DATA}
    return wanted | changes


@pytest.fixture
def begin(api, payer):
    """Enter a card at Checkout; the subscription's id."""

    def enter(card: str = GOOD, **changes: Any) -> str:
        session = api.checkout.sessions.create(seat_order(**changes))
        assert payer.pay(session.url, card, email="p@example.org").status == 303
        return api.checkout.sessions.retrieve(session.id).subscription

    return enter


def types_of(app) -> list[str]:
    return [event["type"] for event in app.store.newest_first("event")[::-1]]


def status_of(api, subscription: str) -> str:
    return api.subscriptions.retrieve(subscription).status


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


@pytest.mark.parametrize("card", ["4000000000000002", "4000002760003184"])
def test_a_card_that_does_not_hold_begins_nothing(api, payer, card):
    session = api.checkout.sessions.create(seat_order())
    assert payer.pay(session.url, card).status == 402
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
        {"mode": "setup", "customer": "cus_1", "subscription_data": DATA},
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


# -- the oracles ---------------------------------------------------------------


def change_a_little(app) -> None:
    """Another card kept, a plan changed and one that waits for its payment."""
    api, payer = stripe_client(app).v1, Payer(app)
    waiting, paid = (each for each in api.subscriptions.list().data[::-1][:2])
    for of in (waiting, paid):
        session = api.checkout.sessions.create(setup_order(of.customer))
        payer.pay(session.url)
        kept = api.checkout.sessions.retrieve(session.id, {"expand": ["setup_intent"]})
        method = kept.setup_intent.payment_method
        api.subscriptions.update(of.id, {"default_payment_method": method})
        for bill in api.invoices.list({"subscription": of.id, "status": "open"}).data:
            api.invoices.pay(bill.id)
    app.store.run(
        "UPDATE objects SET body = json_set(body, '$.card.last4', ?) WHERE id = ?",
        FAILS_LATER[-4:],
        api.subscriptions.retrieve(waiting.id).default_payment_method,
    )
    for of in (waiting, paid):
        api.subscriptions.update(of.id, change_order(api, of.id))


def setup_order(customer: str) -> dict[str, Any]:
    wanted = seat_order(mode="setup", customer=customer)
    del wanted["line_items"], wanted["subscription_data"]
    return wanted


def change_order(api, subscription: str) -> dict[str, Any]:
    item = api.subscriptions.retrieve(subscription)["items"]["data"][0]
    price = {
        "currency": "ils",
        "product": item.price.product,
        "unit_amount": 99_999,
        "recurring": {"interval": "month"},
    }
    return {
        "items": [{"id": item.id, "price_data": price}],
        "payment_behavior": "pending_if_incomplete",
        "proration_behavior": "always_invoice",
    }


@pytest.fixture
def whole(app, begin):
    """One subscription in its trial, one past due, all their bills, as raw JSON."""
    begin()
    begin(FAILS_LATER)
    app.moved.move(15)
    begin()
    change_a_little(app)
    found = []
    for path in ("subscriptions", "invoices", "checkout/sessions", "setup_intents"):
        found += read(app, f"{path}?limit=100")["data"]
    for bill in [thing for thing in found if thing["object"] == "invoice"]:
        expanded = read(app, f"invoices/{bill['id']}?expand[]=payments")
        found += [expanded, *expanded["payments"]["data"]]
    return found


KINDS = {
    "subscription": stripe.Subscription,
    "invoice": stripe.Invoice,
    "invoice_payment": stripe.InvoicePayment,
    "checkout.session": stripe.checkout.Session,
    "setup_intent": stripe.SetupIntent,
}


def test_every_answer_is_as_the_package_types_it(whole):
    assert {thing["object"] for thing in whole} == set(KINDS)
    found = [
        problem
        for thing in whole
        for problem in problems(thing, KINDS[thing["object"]], thing["object"])
    ]
    assert found == []


def test_every_answer_is_as_published(whole, schemas):  # noqa: F811
    description = Description(schemas)
    found = {
        problem
        for thing in whole
        for problem in description.problems(
            thing, schemas[thing["object"]], thing["object"]
        )
    }
    # the older name of a price: typed by the package, not published any more
    assert found == {
        "subscription.items.data.plan: unknown",
        "subscription.pending_update.subscription_items.plan: unknown",
    }


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("subscription", "status", "over"),
        ("subscription", "trial_end", "soon"),
        ("invoice", "amount_due", None),
        ("invoice", "surprise", 1),
    ],
)
def test_the_oracle_sees_a_planted_mistake(whole, kind, field, value):
    thing = next(each for each in whole if each["object"] == kind) | {field: value}
    assert problems(thing, KINDS[kind], kind)
