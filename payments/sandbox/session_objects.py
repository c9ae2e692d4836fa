"""The shapes of a Checkout session, its lines, and the prices they name."""

from . import rules
from .objects import start
from .store import Thing, new_id


def product(given: Thing, now: int) -> Thing:
    return start("product", "prod_", now, 14) | {
        "active": False,
        "default_price": None,
        "description": given.get("description"),
        "images": [],
        "livemode": False,
        "marketing_features": [],
        "metadata": given.get("metadata", {}),
        "name": given["name"],
        "package_dimensions": None,
        "shippable": None,
        "statement_descriptor": None,
        "tax_code": None,
        "type": "service",
        "unit_label": None,
        "updated": now,
        "url": None,
    }


def price(given: Thing, product_id: str, now: int) -> Thing:
    return start("price", "price_", now) | {
        "active": False,
        "billing_scheme": "per_unit",
        "currency": given["currency"],
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": None,
        "metadata": {},
        "nickname": None,
        "product": product_id,
        "recurring": _recurring(given.get("recurring")),
        "tax_behavior": given.get("tax_behavior", "unspecified"),
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "recurring" if "recurring" in given else "one_time",
        "unit_amount": given["unit_amount"],
        "unit_amount_decimal": str(given["unit_amount"]),
    }


def _recurring(given: Thing | None) -> Thing | None:
    if given is None:
        return None
    return {
        "interval": given["interval"],
        "interval_count": given.get("interval_count", 1),
        "meter": None,
        "usage_type": "licensed",
    }


def line_item(priced: Thing, name: str, quantity: int) -> Thing:
    total = priced["unit_amount"] * quantity
    return {
        "id": new_id("li_"),
        "object": "item",
        "adjustable_quantity": None,
        "amount_discount": 0,
        "amount_subtotal": total,
        "amount_tax": 0,
        "amount_total": total,
        "currency": priced["currency"],
        "description": name,
        "metadata": {},
        "price": priced,
        "quantity": quantity,
    }


def checkout_session(
    given: Thing, total: int | None, currency: str | None, *, now: int, base_url: str
) -> Thing:
    session = start("checkout.session", "cs_test_", now, 58)
    return session | {
        "adaptive_pricing": {"enabled": False},
        "after_expiration": None,
        "allow_promotion_codes": None,
        "amount_subtotal": total,
        "amount_total": total,
        "automatic_tax": {
            "enabled": False,
            "liability": None,
            "provider": None,
            "status": None,
        },
        "billing_address_collection": None,
        "cancel_url": given.get("cancel_url"),
        "client_reference_id": given.get("client_reference_id"),
        "client_secret": None,
        "collected_information": None,
        "consent": None,
        "consent_collection": None,
        "currency": currency,
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": given.get("custom_text", {}).get("submit"),
            "terms_of_service_acceptance": None,
        },
        "customer": given.get("customer"),
        "customer_creation": None if given.get("customer") else _creation(given),
        "customer_details": None,
        "customer_email": given.get("customer_email"),
        "discounts": [],
        "expires_at": given.get("expires_at", now + rules.DAY),
        "invoice": None,
        "invoice_creation": None,
        "livemode": False,
        "locale": given.get("locale"),
        "metadata": given.get("metadata", {}),
        "mode": given["mode"],
        "origin_context": None,
        "payment_intent": None,
        "payment_link": None,
        "payment_method_collection": given.get("payment_method_collection", "always")
        if given["mode"] == "subscription"
        else "if_required",
        "payment_method_configuration_details": None,
        "payment_method_options": {
            "card": {
                "request_three_d_secure": given.get("payment_method_options", {})
                .get("card", {})
                .get("request_three_d_secure", "automatic")
            }
        },
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [],
        "status": "open",
        "submit_type": given.get("submit_type"),
        "subscription": None,
        "success_url": given["success_url"],
        "total_details": None
        if total is None
        else {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{base_url}/c/pay/{session['id']}",
        "wallet_options": None,
    }


def _creation(given: Thing) -> str:
    """A subscription always has a customer; a single payment need not."""
    return "always" if given["mode"] == "subscription" else "if_required"


def customer_details(email: str | None, name: str | None) -> Thing:
    return {
        "address": None,
        "business_name": None,
        "email": email,
        "individual_name": None,
        "name": name,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }
