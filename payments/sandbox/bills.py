"""A bill that is open, paid by hand: over the API, or after the bank was answered."""

from . import collecting
from .events import Moment
from .parameters import EXPAND, Shape, text
from .plan_changes import own_card, settle
from .reading import existing
from .store import Thing
from .wire import ApiError

PAY: Shape = {**EXPAND, "payment_method": text()}


def pay(moment: Moment, identifier: str) -> Thing:
    """POST /invoices/ID/pay."""
    bill = existing(moment, "invoice", identifier)
    if bill["status"] != "open":
        raise ApiError("Invoice is already paid", code="invoice_already_paid")
    moment = moment.later()
    of = moment.store.get(
        "subscription", bill["parent"]["subscription_details"]["subscription"]
    )
    wanted: str = moment.params.get("payment_method") or of["default_payment_method"]
    card = moment.store.get("payment_method", own_card(moment, of, wanted))
    tries = bill["attempt_count"]
    is_paid = collecting.charge(moment, bill, card)
    bill["attempt_count"] = max(tries, 1)  # what a person tries is no retry
    moment.store.save(bill)
    if not is_paid:
        raise _not_paid(moment, bill)
    settle(moment, of, bill)
    return bill


def _not_paid(moment: Moment, bill: Thing) -> ApiError:
    if not collecting.is_asked(moment, bill):
        return ApiError(
            "Your card was declined.", status=402, kind="card_error",
            code="card_declined", leaves_a_trace=True,
        )  # fmt: skip
    moment.announce("invoice.payment_action_required", bill)
    return ApiError(
        "This payment requires additional user action before it can be completed"
        " successfully.",
        status=402, kind="card_error",
        code="invoice_payment_intent_requires_action", leaves_a_trace=True,
    )  # fmt: skip


def pay_as_asked(moment: Moment, bill: Thing) -> None:
    """The payer has passed the bank's check: the card that was asked about pays."""
    parent = bill["parent"]["subscription_details"]
    of = moment.store.get("subscription", parent["subscription"])
    method = collecting.asked_about(moment, bill)
    collecting.charge(moment, bill, method, holder_is_here=True)
    moment.store.save(bill)
    settle(moment, of, bill)
