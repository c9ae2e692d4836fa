"""What is asked of subscriptions, and two cards that make their lives eventful."""

from typing import Any

from .conftest import seat_order

FAILS_LATER = "4000000000000341"
ASKS_ALWAYS = "4000002760003184"


def types_of(app) -> list[str]:
    return [event["type"] for event in app.store.newest_first("event")[::-1]]


def status_of(api, subscription: str) -> str:
    return api.subscriptions.retrieve(subscription).status


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
