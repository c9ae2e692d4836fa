"""Refunds: money goes back, never more than came in."""

from . import disputes, objects, rules
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


LATER = 60  # seconds until a refund that waits is decided; a minute, for weeks
FATES = {"refund_fails": "failed", "refund_waits": "succeeded"}


def create_refund(moment: Moment) -> Thing:
    charge = _charge_of(moment)
    if disputes.blocks_refunds(moment, charge):
        raise ApiError(
            f"Charge {charge['id']} has been charged back; cannot issue a refund.",
            code="charge_disputed",
        )
    amount = _amount(charge, moment.params)
    refund = objects.refund(charge, amount, moment.params, moment.second)
    _foresee(moment, charge, refund)
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


def _foresee(moment: Moment, charge: Thing, refund: Thing) -> None:
    """Test cards decide what becomes of a refund later."""
    last4 = charge["payment_method_details"]["card"]["last4"]
    aftermath = rules.card_by_last4(last4).aftermath
    if aftermath not in FATES:
        return
    if aftermath == "refund_waits":
        refund |= {"status": "pending", "pending_reason": "processing"}
    fate = {"object": "refund_fate", "id": f"fate_{refund['id']}"}
    due = {"refund": refund["id"], "at": moment.second + LATER}
    moment.store.add(fate | due | {"then": FATES[aftermath]})


def decide_due(moment: Moment) -> None:
    """What refunds were waiting for has come about."""
    for fate in moment.store.newest_first("refund_fate"):
        if fate["at"] <= moment.second:
            refund = moment.store.get("refund", fate["refund"])
            moment.store.save(fate | {"at": moment.second + 100 * 365 * rules.DAY})
            if fate["then"] == "failed":
                fail_refund(moment, refund)
            else:
                complete_refund(moment, refund)


def complete_refund(moment: Moment, refund: Thing) -> None:
    """The payer's bank has taken the money."""
    if refund["status"] != "pending":
        return
    refund.pop("pending_reason", None)
    moment.announce(
        "refund.updated", moment.store.save(refund | {"status": "succeeded"})
    )


def fail_refund(moment: Moment, refund: Thing) -> None:
    """The payer's bank sent the money back: it is ours again, perhaps weeks later."""
    if refund["status"] not in ("pending", "succeeded"):
        return
    entry = objects.balance_transaction(
        refund,
        amount=refund["amount"],
        fee=0,
        now=moment.second,
        kind="refund_failure",
        category="refund_failure",
    )
    refund.pop("pending_reason", None)
    refund |= {
        "status": "failed",
        "failure_reason": "expired_or_canceled_card",
        "failure_balance_transaction": moment.store.add(entry)["id"],
    }
    charge = moment.store.get("charge", refund["charge"])
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    moment.store.save(charge)
    moment.announce("refund.failed", moment.store.save(refund))


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
