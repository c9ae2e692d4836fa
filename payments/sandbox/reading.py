"""The reading half of every resource: one thing by its id, and lists by cursors."""

from collections.abc import Callable
from typing import TypeAlias

from . import objects
from .events import Moment
from .parameters import PAGE, Shape, many, one_of, text, truth
from .store import Thing
from .wire import ApiError

Handler: TypeAlias = Callable[..., Thing]

PLURALS = {
    "customer": "customers",
    "checkout.session": "checkout/sessions",
    "payment_intent": "payment_intents",
    "charge": "charges",
    "refund": "refunds",
    "balance_transaction": "balance_transactions",
    "event": "events",
    "dispute": "disputes",
    "subscription": "subscriptions",
    "invoice": "invoices",
    "setup_intent": "setup_intents",
    "subscription_schedule": "subscription_schedules",
}
FILTERS: dict[str, Shape] = {
    "customer": {"email": text()},
    "checkout.session": {
        "customer": text(),
        "payment_intent": text(),
        "status": one_of("complete", "expired", "open"),
    },
    "payment_intent": {"customer": text()},
    "charge": {"customer": text(), "payment_intent": text()},
    "refund": {"charge": text(), "payment_intent": text()},
    "balance_transaction": {"currency": text(), "source": text(), "type": text()},
    "event": {"type": text(), "types": many(text()), "delivery_success": truth},
    "dispute": {"charge": text(), "payment_intent": text()},
    "subscription": {"customer": text(), "status": text(20)},
    "setup_intent": {"customer": text()},
    "subscription_schedule": {"customer": text()},
    "invoice": {"customer": text(), "status": text(20), "subscription": text()},
}


def existing(moment: Moment, kind: str, identifier: str, param: str = "id") -> Thing:
    thing = moment.store.find(kind, identifier)
    if thing is None:
        raise ApiError(
            f"No such {kind}: '{identifier}'",
            status=404 if param == "id" else 400,
            code="resource_missing",
            param=param,
        )
    return thing


# -- lists -------------------------------------------------------------------


def list_of(kind: str) -> Handler:
    def handler(moment: Moment) -> Thing:
        given = moment.params
        things = [
            thing
            for thing in moment.store.newest_first(kind)
            if _was_created(thing, given.get("created", {}))
            and _fits(moment, thing, given)
        ]
        if kind == "event":
            things = [_with_pending(moment, thing) for thing in things]
        return page(moment, kind, things, f"/v1/{PLURALS[kind]}")

    return handler


def page(moment: Moment, kind: str, things: list[Thing], url: str) -> Thing:
    """One page, newest first, by Stripe's cursors."""
    given = moment.params
    limit = given.get("limit", 10)
    if not 1 <= limit <= 100:
        raise ApiError("Invalid limit: must be between 1 and 100", param="limit")
    ids = [thing["id"] for thing in things]
    after, before = given.get("starting_after"), given.get("ending_before")
    if after is not None:
        existing(moment, kind, after, "starting_after")
        things = things[ids.index(after) + 1 :] if after in ids else []
    elif before is not None:
        existing(moment, kind, before, "ending_before")
        newer = things[: ids.index(before)] if before in ids else []
        return objects.page_of(newer[-limit:], url, has_more=len(newer) > limit)
    return objects.page_of(things[:limit], url, has_more=len(things) > limit)


def _was_created(thing: Thing, bounds: dict[str, int]) -> bool:
    tests = {
        "eq": int.__eq__, "gt": int.__gt__, "gte": int.__ge__,
        "lt": int.__lt__, "lte": int.__le__,
    }  # fmt: skip
    return all(tests[name](thing["created"], at) for name, at in bounds.items())


def _fits(moment: Moment, thing: Thing, given: Thing) -> bool:
    wanted = {k: v for k, v in given.items() if k not in PAGE}
    types = wanted.pop("types", None)
    subscription = wanted.pop("subscription", None)
    if subscription and subscription != _subscription_of(thing):
        return False
    delivered = wanted.pop("delivery_success", None)
    if types and thing["type"] not in types:
        return False
    if delivered is not None and delivered is bool(_pending(moment, thing)):
        return False
    return all(thing[name] == value for name, value in wanted.items())


def _subscription_of(invoice: Thing) -> str:
    return invoice["parent"]["subscription_details"]["subscription"]


def _pending(moment: Moment, event: Thing) -> int:
    """Deliveries of this event that have not arrived, dropped ones included."""
    rows = moment.store.rows(
        "SELECT count(*) AS n FROM deliveries WHERE event = ? AND state != 'delivered'",
        event["id"],
    )
    return rows[0]["n"]


def _with_pending(moment: Moment, event: Thing) -> Thing:
    return event | {"pending_webhooks": _pending(moment, event)}


# -- single things -----------------------------------------------------------


def one(kind: str) -> Handler:
    def handler(moment: Moment, identifier: str) -> Thing:
        thing = existing(moment, kind, identifier)
        return _with_pending(moment, thing) if kind == "event" else thing

    return handler
