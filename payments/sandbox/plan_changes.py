"""A subscription changed by its owner: renewal, card, and another price with proration.

Proration by the second, rounded line by line, charged at once: "Prorations" and
"Pending updates" in Stripe's documentation. Only a change that costs more is modelled.
"""

from dataclasses import dataclass

from . import collecting, session_objects, subscription_objects, subscriptions
from .events import Moment
from .parameters import EXPAND, Shape, many, metadata, one_of, text, truth, whole
from .reading import existing
from .rules import HOUR
from .store import Thing
from .wire import ApiError

PENDING_FOR = 23 * HOUR
ITEM: Shape = {
    "id!": text(),
    "quantity": whole,
    "price_data!": {
        "currency!": text(),
        "product!": text(),
        "unit_amount!": whole,
        "recurring!": {
            "interval!": one_of("day", "month", "week", "year"),
            "interval_count": whole,
        },
    },
}
PRORATION: Shape = {
    "items": many(ITEM),
    "proration_behavior": one_of("always_invoice", "create_prorations", "none"),
    "proration_date": whole,
}
UPDATE: Shape = {
    **EXPAND,
    **PRORATION,
    "cancel_at_period_end": truth,
    "default_payment_method": text(),
    "metadata": metadata,
    "payment_behavior": one_of(
        "allow_incomplete",
        "default_incomplete",
        "error_if_incomplete",
        "pending_if_incomplete",
    ),
}
PREVIEW: Shape = {
    **EXPAND,
    "subscription!": text(),
    "subscription_details": PRORATION,
}


@dataclass(frozen=True, slots=True)
class Change:
    """The new price, its period, and what is taken at once: credit and charge."""

    price: Thing
    starts: int
    ends: int
    credit: int
    charge: int

    @property
    def due(self) -> int:
        return self.charge - self.credit


# -- the calls -----------------------------------------------------------------


def update(moment: Moment, identifier: str) -> Thing:
    """POST /subscriptions/ID, as far as it is modelled."""
    of = existing(moment, "subscription", identifier)
    if of["status"] == "canceled":
        raise ApiError(
            f"No such subscription: '{identifier}'", status=404,
            code="resource_missing", param="id",
        )  # fmt: skip
    moment = moment.later()
    given = moment.params
    if of["schedule"] and {"cancel_at_period_end", "items"} & set(given):
        raise ApiError(
            "The subscription is managed by the subscription schedule"
            f" `{of['schedule']}`, and updating it directly is not allowed. Please"
            " update the schedule instead."
        )
    of["metadata"] |= given.get("metadata", {})
    if "default_payment_method" in given:
        of["default_payment_method"] = own_card(
            moment, of, given["default_payment_method"]
        )
    if "cancel_at_period_end" in given:
        _renewal(moment, of, wish=given["cancel_at_period_end"])
    if "items" in given:
        return _take_change(moment, of, _asked(moment, of, given))
    moment.announce("customer.subscription.updated", moment.store.save(of))
    return of


def preview(moment: Moment) -> Thing:
    """POST /invoices/create_preview: the bill of a change, made of nothing lasting."""
    of = existing(moment, "subscription", moment.params["subscription"], "subscription")
    moment = moment.later()
    details = moment.params.get("subscription_details", {})
    change = _asked(moment, of, details | {"payment_behavior": "pending_if_incomplete"})
    bill = _bill(moment, of, change)
    draft = {"status": "draft", "auto_advance": False, "hosted_invoice_url": None}
    return bill | draft


# -- the parts -------------------------------------------------------------------


def own_card(moment: Moment, of: Thing, method_id: str) -> str:
    method = existing(moment, "payment_method", method_id, "default_payment_method")
    if method["customer"] != of["customer"]:
        raise ApiError(
            f"The customer does not have a payment method with the ID {method_id}.",
            code="resource_missing",
            param="default_payment_method",
        )
    return method_id


def _renewal(moment: Moment, of: Thing, *, wish: bool) -> None:
    ends = of["items"]["data"][0]["current_period_end"]
    of |= {
        "cancel_at_period_end": wish,
        "cancel_at": ends if wish else None,
        "canceled_at": moment.second if wish else None,
    }


def _asked(moment: Moment, of: Thing, given: Thing) -> Change:
    wanted = given.get("items", [])
    item = of["items"]["data"][0]
    if len(wanted) != 1 or wanted[0]["id"] != item["id"]:
        raise ApiError("The sandbox knows one item a subscription.", param="items")
    if (given.get("proration_behavior"), given.get("payment_behavior")) != (
        "always_invoice",
        "pending_if_incomplete",
    ):
        raise ApiError(
            "The sandbox knows changes with proration_behavior=always_invoice and"
            " payment_behavior=pending_if_incomplete only."
        )
    data = wanted[0]["price_data"]
    data["currency"] = data["currency"].lower()
    if data["currency"] != of["currency"]:
        raise ApiError("The price must have the subscription's currency.")
    existing(moment, "product", data["product"], "items[0][price_data][product]")
    price = session_objects.price(data, data["product"], moment.second)
    return _change(moment, of, price, given.get("proration_date", moment.second))


def _change(moment: Moment, of: Thing, price: Thing, at: int) -> Change:
    item = of["items"]["data"][0]
    starts, ends = item["current_period_start"], item["current_period_end"]
    if not starts <= at <= ends:
        raise ApiError(
            "The proration_date must be within the current period.",
            param="proration_date",
        )
    if of["status"] == "trialing":
        return Change(price, starts, ends, credit=0, charge=0)
    left = (ends - at) / (ends - starts)
    credit = round(item["price"]["unit_amount"] * left)
    change = Change(price, starts, ends, credit, round(price["unit_amount"] * left))
    if price["recurring"] != item["price"]["recurring"]:
        ends = subscriptions.after(moment.second, price)
        whole_price = price["unit_amount"]
        change = Change(price, moment.second, ends, credit, whole_price)
    if change.due < 0:
        raise ApiError("The sandbox knows changes that cost more only.", param="items")
    return change


def _bill(moment: Moment, of: Thing, change: Change) -> Thing:
    """What was paid for the time that is left comes off what it now costs."""
    bill = subscription_objects.invoice(
        of,
        change.due,
        reason="subscription_update",
        now=moment.second,
        base_url=moment.base_url,
    )
    old = of["items"]["data"][0]
    new = old | {"price": change.price}
    bill["lines"]["data"] = [
        subscription_objects.line(bill["id"], item, amount, proration=True)
        for item, amount in ((old, -change.credit), (new, change.charge))
    ]
    return bill


def _take_change(moment: Moment, of: Thing, change: Change) -> Thing:
    """Done once it is paid; unpaid it waits, and the subscription is as it was."""
    moment.store.add(change.price)
    if not change.due:
        _apply(of, change)
        moment.announce("customer.subscription.updated", moment.store.save(of))
        return of
    bill = _bill(moment, of, change)
    moment.store.add(bill)
    of["latest_invoice"] = bill["id"]
    card = moment.store.get("payment_method", of["default_payment_method"])
    is_paid = collecting.charge(moment, bill, card)
    moment.store.save(bill)
    if is_paid:
        _apply(of, change)
        moment.announce("invoice.paid", bill)
    else:
        _let_wait(moment, of, bill, change)
        if collecting.is_asked(moment, bill):
            moment.announce("invoice.payment_action_required", bill)
        moment.announce("invoice.payment_failed", bill)
    moment.announce("customer.subscription.updated", moment.store.save(of))
    return of


def _apply(of: Thing, change: Change) -> None:
    of["items"]["data"][0] |= {
        "price": change.price,
        "plan": subscription_objects.plan(change.price),
        "current_period_start": change.starts,
        "current_period_end": change.ends,
    }
    of["pending_update"] = None


def _let_wait(moment: Moment, of: Thing, bill: Thing, change: Change) -> None:
    item = of["items"]["data"][0]
    of["pending_update"] = {
        "billing_cycle_anchor": None,
        "discount": None,
        "discounts": None,
        "expires_at": min(moment.second + PENDING_FOR, item["current_period_end"]),
        "metadata": None,
        "subscription_items": [item | {"price": change.price}],
        "trial_end": None,
        "trial_from_plan": None,
    }
    kept = {"price": change.price, "starts": change.starts, "ends": change.ends}
    moment.store.add(
        {"id": f"change_{bill['id']}", "object": "change"} | kept, parent=of["id"]
    )


def settle(moment: Moment, of: Thing, bill: Thing) -> None:
    """A bill is paid: a change that waited for it is made, arrears are over."""
    kept = moment.store.find("change", f"change_{bill['id']}")
    if kept is not None:
        change = Change(kept["price"], kept["starts"], kept["ends"], 0, 0)
        _apply(of, change)
    if of["status"] in subscriptions.LIVE and kept is None:
        of["status"] = "active"
    moment.store.save(of)
    moment.announce("invoice.paid", bill)
    moment.announce("customer.subscription.updated", of)
