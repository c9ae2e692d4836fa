"""Refunds: money goes back, never more than came in."""

from . import objects, rules
from .events import Moment
from .parameters import EXPAND, Shape, metadata, one_of, text, whole
from .store import Thing
from .wire import ApiError

CREATE: Shape = {
    **EXPAND,
    "charge": text(),
    "payment_intent": text(),
    "amount": whole,
    "reason": one_of("duplicate", "fraudulent", "requested_by_customer"),
    "metadata": metadata,
}


def create_refund(moment: Moment) -> Thing:
    charge = _charge_of(moment)
    amount = _amount(charge, moment.params)
    refund = objects.refund(charge, amount, moment.params, moment.second)
    entry = objects.balance_transaction(
        refund, amount=-amount, fee=0, now=moment.second
    )
    refund["balance_transaction"] = moment.store.add(entry)["id"]
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    moment.store.add(refund)
    moment.store.save(charge)
    moment.announce("refund.created", refund)
    moment.announce("charge.refunded", charge)
    return refund


def _charge_of(moment: Moment) -> Thing:
    given = moment.params
    if ("charge" in given) == ("payment_intent" in given):
        raise ApiError("One of the following params should be provided for this"
                       " request: payment_intent or charge.")  # fmt: skip
    if "charge" in given:
        return _existing(moment, "charge", given["charge"])
    intent = _existing(moment, "payment_intent", given["payment_intent"])
    if intent["status"] != "succeeded":
        raise ApiError(
            f"This PaymentIntent ({intent['id']}) does not have a successful charge"
            " to refund.",
            param="payment_intent",
        )
    return moment.store.get("charge", intent["latest_charge"])


def _existing(moment: Moment, kind: str, identifier: str) -> Thing:
    thing = moment.store.find(kind, identifier)
    if thing is None:
        raise ApiError(
            f"No such {kind}: '{identifier}'", code="resource_missing", param=kind
        )
    return thing


def _amount(charge: Thing, given: Thing) -> int:
    if not charge["paid"]:
        raise ApiError(f"Charge {charge['id']} has no successful payment to refund.")
    left = charge["amount"] - charge["amount_refunded"]
    if left == 0:
        raise ApiError(
            f"Charge {charge['id']} has already been refunded.",
            code="charge_already_refunded",
        )
    amount = given.get("amount", left)
    if amount < 1:
        raise ApiError(
            "Invalid positive integer",
            code="parameter_invalid_integer",
            param="amount",
        )
    rules.check_step(amount, charge["currency"], "amount")
    if amount > left:
        asked, rest = (rules.as_text(n, charge["currency"]) for n in (amount, left))
        raise ApiError(
            f"Refund amount ({asked}) is greater than unrefunded amount on charge"
            f" ({rest})",
            param="amount",
        )
    return amount
