"""A sandbox in which every kind of object has come into being, for the oracles."""

import json
from collections.abc import Iterator
from typing import Any

from payments.sandbox import bank
from payments.sandbox.app import SandboxApp
from tests.payments.wsgi_http_client import (
    BASE_URL,
    TEST_KEY,
    Payer,
    call,
    stripe_client,
)

from .conftest import order

PATHS = {
    "checkout.session": "checkout/sessions",
    "payment_intent": "payment_intents",
    "charge": "charges",
    "refund": "refunds",
    "balance_transaction": "balance_transactions",
    "event": "events",
    "customer": "customers",
    "dispute": "disputes",
}
EVERYTHING = "&".join(
    f"expand[]={path}"
    for path in (
        "line_items.data.price.product",
        "payment_intent.payment_method",
        "payment_intent.latest_charge.refunds",
    )
)


def read(app: SandboxApp, path: str) -> Any:
    """The raw JSON of one GET: not what the vendor's package makes of it."""
    headers = {"Authorization": f"Bearer {TEST_KEY}"}
    return json.loads(call(app, "GET", f"{BASE_URL}/v1/{path}", headers).body)


def live_a_little(app: SandboxApp) -> str:
    """Pays, declines, asks the bank, expires, refunds, disputes; the paid session."""
    api, payer = stripe_client(app).v1, Payer(app)
    customer = api.customers.create({"email": "payer@example.org", "name": "P."})
    paid, asked, left = (
        api.checkout.sessions.create(order(customer=owner) if owner else order())
        for owner in ("", customer.id, "")
    )
    payer.pay(paid.url, "4000000000000002")
    payer.pay(paid.url, email="payer@example.org")
    payer.pay(asked.url, "4000002760003184")
    payer.pay(left.url, "4000000000009995")
    api.checkout.sessions.expire(left.id)
    intent = api.checkout.sessions.retrieve(paid.id).payment_intent
    api.refunds.create({"payment_intent": intent, "amount": 45})
    for card in ("4100000000000019", "4000000000000259", "4000000000001976"):
        payer.pay(api.checkout.sessions.create(order()).url, card)
    won, asked_about = app.store.newest_first("dispute")[::-1]
    for dispute in (won, asked_about):
        bank.act(app.moment(), "win", dispute["id"])
    for card, action in (
        ("4000000000007726", "complete"),
        ("4000000000005126", "fail"),
    ):
        session = api.checkout.sessions.create(order())
        payer.pay(session.url, card)
        intent = api.checkout.sessions.retrieve(session.id).payment_intent
        refund = api.refunds.create({"payment_intent": intent})
        bank.act(app.moment(), action, refund.id)
    return paid.id


def every_object(app: SandboxApp) -> Iterator[dict[str, Any]]:
    """All answers, those with everything expanded included."""
    paid = live_a_little(app)
    for path in PATHS.values():
        yield from read(app, f"{path}?limit=100")["data"]
    whole = read(app, f"checkout/sessions/{paid}?{EVERYTHING}")
    yield whole
    yield from (line["price"]["product"] for line in whole["line_items"]["data"])
    yield read(app, "account")
