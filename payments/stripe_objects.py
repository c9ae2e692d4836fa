"""Stripe's objects, already plain dictionaries, read as our own values.

API version 2026-10-28.endive. Money is read through `payments.conversion`; a field
that Stripe may leave out or send as null is read with `.get`.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from payments.charges import (
    Charge,
    DisputeCase,
    DisputeMovement,
    Payment,
    Refund,
    Settlement,
)
from payments.conversion import NotPayable, from_stripe, to_stripe
from payments.gateway import (
    AttemptFacts,
    Checkout,
    CheckoutOrder,
    NotAuthentic,
    ReceivedEvent,
    RefundOrder,
)

Thing: TypeAlias = Mapping[str, Any]


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def checkout_params(order: CheckoutOrder) -> dict[str, Any]:
    """The call that opens a page, made of the order alone: a repeat is the same."""
    metadata = {"attempt": str(order.reference), "deployment": order.deployment}
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "payment_method_types": ["card"],
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": order.amount.currency.lower(),
                    "unit_amount": to_stripe(order.amount),
                    "product_data": {"name": order.label},
                },
            }
        ],
        "client_reference_id": str(order.reference),
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata},
        "locale": order.locale,
        "success_url": order.success_url,
        "cancel_url": order.cancel_url,
        "expires_at": int(order.expires_at.timestamp()),
    }


def checkout_of(session: Thing) -> Checkout:
    metadata = session.get("metadata") or {}
    return Checkout(
        session_id=session["id"],
        status=session.get("status") or "",
        url=session.get("url") or "",
        reference=session.get("client_reference_id") or "",
        deployment=metadata.get("deployment", ""),
    )


def facts_of(session: Thing, payment: Payment | None) -> AttemptFacts:
    """One value of a session whose intent was expanded, and of what it paid."""
    intent = session.get("payment_intent") or {}
    error = intent.get("last_payment_error") or {}
    return AttemptFacts(
        checkout=checkout_of(session),
        amount=from_stripe(session["amount_total"], session["currency"]),
        payment_status=session.get("payment_status") or "",
        livemode=bool(session["livemode"]),
        intent_id=intent.get("id", ""),
        error_code=error.get("decline_code") or error.get("code") or "",
        payment=payment,
    )


def payment_of(
    intent_id: str, charge: Thing, refunds: Iterable[Thing], disputes: Iterable[Thing]
) -> Payment:
    """A charge whose settlement was expanded, with all its refunds and disputes."""
    disputes = list(disputes)
    return Payment(
        intent_id=intent_id,
        charge=_charge(charge),
        refunds=tuple(refund_of(refund) for refund in refunds),
        disputes=tuple(
            movement for dispute in disputes for movement in _movements(dispute)
        ),
        cases=tuple(_case(dispute) for dispute in disputes),
    )


def _charge(charge: Thing) -> Charge:
    entry = charge.get("balance_transaction")
    return Charge(
        id=charge["id"],
        amount=from_stripe(charge["amount_captured"], charge["currency"]),
        made_at=moment(charge["created"]),
        settlement=_settlement(entry) if isinstance(entry, Mapping) else None,
    )


def _settlement(entry: Thing) -> Settlement | None:
    """The settlement, or None in a currency that our books do not keep."""
    try:
        return Settlement(
            id=entry["id"],
            gross=from_stripe(entry["amount"], entry["currency"]),
            fee=from_stripe(entry["fee"], entry["currency"]),
            rate=str(entry.get("exchange_rate") or ""),
        )
    except NotPayable:
        return None


def refund_params(order: RefundOrder) -> dict[str, Any]:
    """The call that sends money back; never `fraudulent`, which blocks the card."""
    return {
        "payment_intent": order.intent_id,
        "amount": to_stripe(order.amount),
        "reason": "requested_by_customer",
        "metadata": {
            "refund": str(order.reference),
            "attempt": str(order.attempt),
            "deployment": order.deployment,
        },
    }


def refund_of(refund: Thing) -> Refund:
    metadata = refund.get("metadata") or {}
    return Refund(
        id=refund["id"],
        amount=from_stripe(refund["amount"], refund["currency"]),
        status=refund.get("status") or "",
        made_at=moment(refund["created"]),
        reference=metadata.get("refund", ""),
    )


def _case(dispute: Thing) -> DisputeCase:
    due_by = (dispute.get("evidence_details") or {}).get("due_by")
    return DisputeCase(
        id=dispute["id"],
        amount=from_stripe(dispute["amount"], dispute["currency"]),
        status=dispute.get("status") or "",
        reason=dispute.get("reason") or "",
        is_charge_refundable=dispute.get("is_charge_refundable") is True,
        opened_at=moment(dispute["created"]),
        answer_by=moment(due_by) if due_by else None,
    )


def _movements(dispute: Thing) -> list[DisputeMovement]:
    """A dispute moves money by its balance transactions, never by its status."""
    amount = from_stripe(dispute["amount"], dispute["currency"])
    return [
        DisputeMovement(
            id=entry["id"],
            amount=amount if entry["amount"] < 0 else -amount,
            made_at=moment(entry["created"]),
        )
        for entry in dispute.get("balance_transactions") or ()
    ]


def event_of(event: Thing) -> ReceivedEvent:
    """What an event is about; NotAuthentic where it has not the form of one."""
    try:
        thing = event["data"]["object"]
        metadata = thing.get("metadata") or {}
        return ReceivedEvent(
            id=event["id"],
            type=event["type"],
            object_kind=thing["object"],
            object_id=thing["id"],
            reference=_reference(thing, metadata),
            deployment=str(metadata.get("deployment", "")),
            api_version=event.get("api_version") or "",
            livemode=event["livemode"] is True,
            created_at=moment(event["created"]),
            payload=dict(event),
        )
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise NotAuthentic("not an event") from error


def _reference(thing: Thing, metadata: Thing) -> str:
    reference = thing.get("client_reference_id") or metadata.get("attempt") or ""
    return str(reference)[:36]
