"""The shapes that a card payment leaves behind: method, intent, charge, error."""

import hashlib

from .objects import start
from .rules import ERROR_MESSAGES, TestCard
from .store import Thing, new_id

NO_ADDRESS = dict.fromkeys(
    ("city", "country", "line1", "line2", "postal_code", "state")
)

# Radar stopped it; see "Declines" and the test card "Always blocked".
BLOCKED: Thing = {
    "advice_code": None,
    "network_advice_code": None,
    "network_decline_code": None,
    "network_status": "not_sent_to_network",
    "reason": "highest_risk_level",
    "risk_level": "highest",
    "risk_score": 100,
    "seller_message": "Stripe blocked this payment as too risky.",
    "type": "blocked",
}


def _billing(session: Thing) -> Thing:
    details = session["customer_details"] or {}
    return {
        "address": dict(NO_ADDRESS),
        "email": details.get("email"),
        "name": details.get("name"),
        "phone": None,
        "tax_id": None,
    }


def _fingerprint(card: TestCard) -> str:
    return hashlib.sha256(card.number.encode()).hexdigest()[:16]


def _checks(card: TestCard) -> Thing:
    return {
        "address_line1_check": None,
        "address_postal_code_check": None,
        "cvc_check": "fail" if card.outcome == "incorrect_cvc" else "pass",
    }


def payment_method(
    session: Thing, card: TestCard, valid: tuple[int, int], now: int
) -> Thing:
    month, year = valid
    return start("payment_method", "pm_1", now, 23) | {
        "allow_redisplay": "unspecified",
        "billing_details": _billing(session),
        "card": {
            "brand": card.brand,
            "checks": _checks(card),
            "country": "US",
            "display_brand": card.brand,
            "exp_month": month,
            "exp_year": year,
            "fingerprint": _fingerprint(card),
            "funding": "credit",
            "generated_from": None,
            "last4": card.last4,
            "networks": {"available": [card.brand], "preferred": None},
            "regulated_status": "unregulated",
            "three_d_secure_usage": {"supported": True},
            "wallet": None,
        },
        "customer": session["customer"],
        "livemode": False,
        "metadata": {},
        "type": "card",
    }


def payment_intent(session: Thing, data: Thing, now: int) -> Thing:
    intent = start("payment_intent", "pi_3", now, 23)
    return intent | {
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic_async",
        "client_secret": f"{intent['id']}_secret_{new_id('')}",
        "confirmation_method": "automatic",
        "currency": session["currency"],
        "customer": session["customer"],
        "description": data.get("description"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "metadata": data.get("metadata", {}),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {
            "card": {
                "installments": None,
                "mandate_options": None,
                "network": None,
                "request_three_d_secure": session["payment_method_options"]["card"][
                    "request_three_d_secure"
                ],
            }
        },
        "payment_method_types": ["card"],
        "processing": None,
        "receipt_email": data.get("receipt_email"),
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": data.get("statement_descriptor_suffix"),
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": None,
    }


def charge(
    intent: Thing, method: Thing, card: TestCard, *, challenged: bool, now: int
) -> Thing:
    paid = not card.declined
    amount = intent["amount"]
    return start("charge", "ch_3", now, 23) | {
        "amount": amount,
        "amount_captured": amount if paid else 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": "SANDBOX",
        "captured": paid,
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None if paid else card.outcome,
        "failure_message": None if paid else ERROR_MESSAGES[card.decline_code],
        "fraud_details": {},
        "livemode": False,
        "metadata": dict(intent["metadata"]),
        "on_behalf_of": None,
        "outcome": _outcome(card),
        "paid": paid,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": {
            "card": _card_details(method, amount, card, challenged=challenged),
            "type": "card",
        },
        "radar_options": {},
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": intent["statement_descriptor_suffix"],
        "status": "succeeded" if paid else "failed",
        "transfer_data": None,
        "transfer_group": None,
    }


def _outcome(card: TestCard) -> Thing:
    if card.blocked:
        return dict(BLOCKED)
    paid = not card.declined
    return {
        "advice_code": None if paid else "try_again_later",
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "approved_by_network" if paid else "declined_by_network",
        "reason": None if paid else card.decline_code,
        "risk_level": "normal",
        "risk_score": 1,
        "seller_message": (
            "Payment complete." if paid else "The bank declined the payment."
        ),
        "type": "authorized" if paid else "issuer_declined",
    }


def _card_details(
    method: Thing, amount: int, card: TestCard, *, challenged: bool
) -> Thing:
    kept = method["card"]
    same = ("brand", "checks", "country", "exp_month", "exp_year", "fingerprint")
    return {name: kept[name] for name in (*same, "funding", "last4", "wallet")} | {
        "amount_authorized": None if card.declined else amount,
        "authorization_code": None,
        "extended_authorization": {"status": "disabled"},
        "incremental_authorization": {"status": "unavailable"},
        "installments": None,
        "mandate": None,
        "multicapture": {"status": "unavailable"},
        "network": card.brand,
        "network_token": {"used": False},
        "network_transaction_id": None,
        "overcapture": {"maximum_amount_capturable": amount, "status": "unavailable"},
        "regulated_status": "unregulated",
        "three_d_secure": _three_d_secure() if challenged else None,
    }


def _three_d_secure() -> Thing:
    return {
        "authentication_flow": "challenge",
        "electronic_commerce_indicator": "05",
        "exemption_indicator": None,
        "result": "authenticated",
        "result_reason": None,
        "transaction_id": new_id(""),
        "version": "2.2.0",
    }


def payment_error(card: TestCard, method: Thing, charge_id: str) -> Thing:
    error = {
        "charge": charge_id,
        "code": card.outcome,
        "doc_url": f"https://stripe.com/docs/error-codes/{card.outcome}",
        "message": ERROR_MESSAGES[card.decline_code],
        "payment_method": method,
        "type": "card_error",
    }
    if card.outcome == "card_declined":
        error["decline_code"] = card.decline_code
    return error


def authentication_error(method: Thing) -> Thing:
    code = "payment_intent_authentication_failure"
    return {
        "code": code,
        "doc_url": f"https://stripe.com/docs/error-codes/{code}",
        "message": ERROR_MESSAGES["authentication"],
        "payment_method": method,
        "type": "invalid_request_error",
    }
