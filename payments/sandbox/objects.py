"""The shapes of Stripe's objects, API version 2026-10-28.endive.

A field that Stripe leaves out is left out here; one that Stripe sends as null is
None. `line_items`, `refunds` and `presentment_details` are among those left out.
"""

from typing import Any

from . import rules
from .store import Thing, new_id

ACCOUNT_ID = "acct_1SandboxNoRealMoney"


def start(kind: str, prefix: str, now: int, length: int = 24) -> Thing:
    return {"id": new_id(prefix, length), "object": kind, "created": now}


def customer(given: Thing, now: int) -> Thing:
    return start("customer", "cus_", now, 14) | {
        "address": given.get("address"),
        "balance": 0,
        "currency": None,
        "default_source": None,
        "delinquent": False,
        "description": given.get("description"),
        "email": given.get("email"),
        "invoice_prefix": new_id("", 8).upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": None,
            "footer": None,
            "rendering_options": None,
        },
        "livemode": False,
        "metadata": given.get("metadata", {}),
        "name": given.get("name"),
        "next_invoice_sequence": 1,
        "phone": given.get("phone"),
        "preferred_locales": given.get("preferred_locales", []),
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
    }


def refund(charge: Thing, amount: int, given: Thing, now: int) -> Thing:
    return start("refund", "re_", now) | {
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "currency": charge["currency"],
        "destination_details": {
            "card": {
                "reference_status": "pending",
                "reference_type": "acquirer_reference_number",
                "type": "refund",
            },
            "type": "card",
        },
        "metadata": given.get("metadata", {}),
        "payment_intent": charge["payment_intent"],
        "reason": given.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }


def balance_transaction(
    source: Thing,
    *,
    amount: int,
    fee: int,
    now: int,
    kind: str = "",
    category: str = "",
) -> Thing:
    """`kind` and `category` where they are not simply the source's own."""
    kind = kind or source["object"]
    currency = source["currency"]
    details = {
        "amount": fee,
        "application": None,
        "currency": currency,
        "description": "Stripe processing fees",
        "type": "stripe_fee",
    }
    return start("balance_transaction", "txn_", now) | {
        "amount": amount,
        "available_on": now + 2 * rules.DAY,
        "balance_type": "payments",
        "currency": currency,
        "description": None,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": [details] if fee else [],
        "net": amount - fee,
        "reporting_category": category or kind,
        "source": source["id"],
        "status": "pending",
        "type": kind,
    }


def event(kind: str, thing: Thing, *, now: int, request: Thing) -> Thing:
    return start("event", "evt_", now) | {
        "api_version": rules.API_VERSION,
        "data": {"object": thing},
        "livemode": False,
        "pending_webhooks": 0,
        "request": request,
        "type": kind,
    }


def account() -> Thing:
    return {
        "id": ACCOUNT_ID,
        "object": "account",
        "business_type": "non_profit",
        "charges_enabled": True,
        "country": "US",
        "default_currency": "usd",
        "details_submitted": True,
        "email": None,
        "metadata": {},
        "payouts_enabled": False,
        "settings": {
            "branding": {
                "icon": None,
                "logo": None,
                "primary_color": None,
                "secondary_color": None,
            },
            "card_payments": {
                "statement_descriptor_prefix": None,
                "statement_descriptor_prefix_kana": None,
                "statement_descriptor_prefix_kanji": None,
            },
            "dashboard": {"display_name": "SANDBOX", "timezone": "Etc/UTC"},
            "payments": {
                "statement_descriptor": "SANDBOX",
                "statement_descriptor_kana": None,
                "statement_descriptor_kanji": None,
            },
        },
        "type": "standard",
    }


def page_of(things: list[Any], url: str, *, has_more: bool = False) -> Thing:
    return {"object": "list", "data": things, "has_more": has_more, "url": url}
