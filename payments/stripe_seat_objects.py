"""Stripe's objects of a seat, already plain dictionaries, read as our own values."""

from collections.abc import Iterable, Mapping
from typing import Any

from payments.charges import Payment
from payments.conversion import from_stripe, to_stripe
from payments.seat_facts import (
    CardOrder,
    PlanChange,
    SeatBill,
    SeatOrder,
    SeatPage,
    SubscriptionFacts,
)
from payments.stripe_objects import Thing, moment


def seat_params(order: SeatOrder) -> dict[str, Any]:
    """The call that opens the page of a seat; the price is told with it.

    Only the subscription names the site: to the reconciliation of fees the session
    is nobody's.
    """
    named = {"seat": str(order.reference)}
    wanted: dict[str, Any] = {
        "mode": "subscription",
        "ui_mode": "hosted_page",
        "payment_method_types": ["card"],
        "payment_method_collection": "always",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": order.amount.currency.lower(),
                    "unit_amount": to_stripe(order.amount),
                    "recurring": {"interval": order.interval},
                    "product_data": {"name": order.label},
                },
            }
        ],
        "client_reference_id": str(order.reference),
        "metadata": named,
        "subscription_data": {"metadata": named | {"deployment": order.deployment}},
        "locale": order.locale,
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "expires_at": int(order.expires_at.timestamp()),
    }
    if order.trial_days:
        wanted["subscription_data"]["trial_period_days"] = order.trial_days
    if order.customer_id:
        wanted["customer"] = order.customer_id
    return wanted


def seat_page_of(session: Thing) -> SeatPage:
    return SeatPage(
        session_id=session["id"],
        status=session.get("status") or "",
        url=session.get("url") or "",
        subscription_id=session.get("subscription") or "",
        method_id=_method_in(session),
    )


def _method_in(session: Thing) -> str:
    """The card that was kept, where the setup was expanded and is done."""
    setup = session.get("setup_intent")
    return setup.get("payment_method") or "" if isinstance(setup, Mapping) else ""


def card_params(order: CardOrder) -> dict[str, Any]:
    """The call that opens a page for another card; the site is named as for a seat."""
    named = {"seat": str(order.reference)}
    return {
        "mode": "setup",
        "ui_mode": "hosted_page",
        "payment_method_types": ["card"],
        "customer": order.customer_id,
        "metadata": named,
        "setup_intent_data": {"metadata": named | {"deployment": order.deployment}},
        "locale": order.locale,
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
    }


def change_items(subscription: Thing, change: PlanChange) -> list[dict[str, Any]]:
    """The one item of a subscription at its new price, for the same product."""
    item = subscription["items"]["data"][0]
    return [{"id": item["id"], "price_data": _price(subscription, change)}]


def _price(subscription: Thing, change: PlanChange) -> dict[str, Any]:
    return {
        "currency": change.amount.currency.lower(),
        "product": subscription["items"]["data"][0]["price"]["product"],
        "unit_amount": to_stripe(change.amount),
        "recurring": {"interval": change.interval},
    }


def later_params(
    schedule: Thing, subscription: Thing, change: PlanChange
) -> dict[str, Any]:
    """The running phase as it is, then one period at the new price, then nobody's."""
    item = subscription["items"]["data"][0]
    runs = {
        "items": [{"price": item["price"]["id"], "quantity": 1}],
        "start_date": schedule["phases"][0]["start_date"],
        "end_date": schedule["phases"][0]["end_date"],
        "proration_behavior": "none",
    }
    follows = {
        "items": [{"price_data": _price(subscription, change), "quantity": 1}],
        "duration": {"interval": change.interval},
        "proration_behavior": "none",
    }
    return {
        "phases": [runs, follows],
        "end_behavior": "release",
        "proration_behavior": "none",
        "metadata": {"seat_change": str(change.reference)},
    }


def subscription_of(
    thing: Thing, payments: Iterable[Payment], *, confirm_url: str, later: str
) -> SubscriptionFacts:
    """The period stands on the item, not on the subscription itself."""
    metadata = thing.get("metadata") or {}
    item = thing["items"]["data"][0]
    trial_end = thing.get("trial_end")
    return SubscriptionFacts(
        id=thing["id"],
        status=thing.get("status") or "",
        reference=metadata.get("seat", ""),
        deployment=metadata.get("deployment", ""),
        customer_id=thing.get("customer") or "",
        livemode=bool(thing["livemode"]),
        amount=from_stripe(item["price"]["unit_amount"], item["price"]["currency"]),
        interval=item["price"]["recurring"]["interval"],
        is_change_pending=thing.get("pending_update") is not None,
        period_start=moment(item["current_period_start"]),
        period_end=moment(item["current_period_end"]),
        trial_end=moment(trial_end) if trial_end else None,
        cancel_at_period_end=thing.get("cancel_at_period_end") is True,
        payments=tuple(payments),
        confirm_url=confirm_url,
        later=later,
    )


def intents_of(invoices: Iterable[Thing], status: str) -> list[str]:
    """The payments of invoices in this state: those that paid, or are to pay, them."""
    return [
        link["payment"]["payment_intent"]
        for invoice in invoices
        if invoice.get("status") == status
        for link in (invoice.get("payments") or {}).get("data", ())
        if link["payment"].get("type") == "payment_intent" and link["status"] == status
    ]


def seat_bill_of(invoice: Thing) -> SeatBill | None:
    """What a bill says of its subscription; None where it is of none."""
    details = (invoice.get("parent") or {}).get("subscription_details")
    if details is None:
        return None
    metadata = details.get("metadata") or {}
    return SeatBill(
        subscription_id=details["subscription"],
        reference=metadata.get("seat", ""),
        deployment=metadata.get("deployment", ""),
        intents=tuple(intents_of([invoice], "paid")),
    )
