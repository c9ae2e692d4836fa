"""A sandbox in which every kind of object has come into being, for the oracles."""

import json
from collections.abc import Iterator
from typing import Any

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
    """Pays, declines, asks the bank, expires, refunds; returns the paid session."""
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
