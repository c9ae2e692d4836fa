"""Subscriptions of the development Stripe before the oracles of its shapes."""

import pytest
import stripe

from tests.payments.wsgi_http_client import Payer, stripe_client

from .lively import read
from .seats import ASKS_ALWAYS, FAILS_LATER, change_order, setup_order
from .test_openapi import Description, schemas  # noqa: F401 - a fixture
from .test_schedules import schedule_later
from .test_sdk_types import problems


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


@pytest.fixture
def whole(app, begin):
    """One in its trial, one past due, one that asks the bank, all bills, as raw JSON."""
    begin()
    begin(FAILS_LATER)
    begin(ASKS_ALWAYS)
    app.moved.move(15)
    later = begin(subscription_data={"metadata": {"seat": "later"}})
    change_a_little(app)
    schedule_later(stripe_client(app).v1, later)
    found = []
    for path in (
        "subscriptions",
        "invoices",
        "checkout/sessions",
        "setup_intents",
        "payment_intents",
        "subscription_schedules",
    ):
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
    "payment_intent": stripe.PaymentIntent,
    "subscription_schedule": stripe.SubscriptionSchedule,
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
    # the older name of a price, and what is newer than the published file
    assert found == {
        "subscription_schedule.pause_schedules: unknown",
        "subscription_schedule.phases.items.plan: unknown",
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
