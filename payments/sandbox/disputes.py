"""Disputes: the bank takes money back, and perhaps returns it; inquiries take none.

Sources: Stripe's pages "How disputes work" (statuses, fee, withdrawal and return of
funds), "Dispute inquiries" and the test cards that open one.
"""

from . import objects, rules
from .events import Moment
from .store import Thing
from .wire import ApiError

AFTERMATHS = frozenset({"dispute", "inquiry"})
FEE = 1500  # of two-decimal currencies; kept also of a dispute that is won
ANSWER_WITHIN = 7 * rules.DAY
OPEN = frozenset({"needs_response", "under_review"})
ASKING = frozenset({"warning_needs_response", "warning_under_review"})
NO_EVIDENCE = (  # noqa: SIM905
    "access_activity_log billing_address cancellation_policy"
    " cancellation_policy_disclosure cancellation_rebuttal customer_communication"
    " customer_email_address customer_name customer_purchase_ip customer_signature"
    " duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id"
    " product_description receipt refund_policy refund_policy_disclosure"
    " refund_refusal_explanation service_date service_documentation shipping_address"
    " shipping_carrier shipping_date shipping_documentation shipping_tracking_number"
    " uncategorized_file uncategorized_text"
).split()


def open_dispute(moment: Moment, charge: Thing, *, inquiry: bool = False) -> Thing:
    """The payer's bank disputes a charge, or only asks about it."""
    dispute = moment.store.add(_dispute(charge, inquiry, moment.second))
    charge = moment.store.get("charge", charge["id"])
    moment.store.save(charge | {"disputed": True})
    moment.announce("charge.dispute.created", dispute)
    if not inquiry:
        _move(moment, dispute, -dispute["amount"], fee=_fee(charge), what="dispute")
        moment.announce("charge.dispute.funds_withdrawn", dispute)
    return dispute


def close_dispute(moment: Moment, dispute: Thing, *, won: bool) -> Thing:
    """The bank decides; a won dispute gives the money back, never the fee."""
    if dispute["status"] in ASKING:
        dispute |= {"status": "warning_closed"}
    elif dispute["status"] in OPEN:
        dispute |= {"status": "won" if won else "lost"}
        if won:
            _move(moment, dispute, dispute["amount"], fee=0, what="dispute_reversal")
            dispute["is_charge_refundable"] = False
    else:
        raise ApiError("This dispute is already closed.")
    moment.store.save(dispute)
    moment.announce("charge.dispute.closed", dispute)
    if dispute["status"] == "won":
        moment.announce("charge.dispute.funds_reinstated", dispute)
    return dispute


def blocks_refunds(moment: Moment, charge: Thing) -> bool:
    """Whether a dispute of this charge forbids sending money back."""
    return any(
        dispute["charge"] == charge["id"] and not dispute["is_charge_refundable"]
        for dispute in moment.store.newest_first("dispute")
    )


def _move(moment: Moment, dispute: Thing, amount: int, *, fee: int, what: str) -> None:
    entry = objects.balance_transaction(
        dispute,
        amount=amount,
        fee=fee,
        now=moment.second,
        kind="adjustment",
        category=what,
    )
    dispute["balance_transactions"].append(moment.store.add(entry))
    moment.store.save(dispute)


def _fee(charge: Thing) -> int:
    return FEE if rules.decimals(charge["currency"]) == 2 else 0


def _dispute(charge: Thing, inquiry: bool, now: int) -> Thing:
    brand = charge["payment_method_details"]["card"]["brand"]
    return objects.start("dispute", "du_1", now, 23) | {
        "amount": charge["amount"],
        "balance_transactions": [],
        "charge": charge["id"],
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": dict.fromkeys(NO_EVIDENCE) | {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": now + ANSWER_WITHIN,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
            "submission_method": "not_submitted",
        },
        "is_charge_refundable": inquiry,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {
            "card": {
                "brand": brand,
                "case_type": "inquiry" if inquiry else "chargeback",
                "network": brand,
                "network_reason_code": "83",
            },
            "type": "card",
        },
        "reason": "fraudulent",
        "status": "warning_needs_response" if inquiry else "needs_response",
    }
