"""The table of API addresses, and the reading half of every resource."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from . import checkout, disputes, objects, refunds, subscriptions
from .events import Moment
from .expansion import expand, line_items
from .parameters import (
    EXPAND,
    PAGE,
    Shape,
    many,
    metadata,
    one_of,
    read_parameters,
    text,
    truth,
)
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
    "invoice": {"customer": text(), "status": text(20), "subscription": text()},
}
CUSTOMER: Shape = {
    **EXPAND,
    "name": text(256),
    "email": text(512),
    "description": text(),
    "phone": text(20),
    "metadata": metadata,
    "preferred_locales": many(text()),
    "address": dict.fromkeys(
        ("city", "country", "line1", "line2", "postal_code", "state"), text()
    ),
}


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the API, what it takes and who answers."""

    method: str
    path: re.Pattern[str]
    shape: Shape
    handler: Handler


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


def create_customer(moment: Moment) -> Thing:
    made = moment.store.add(objects.customer(moment.params, moment.second))
    moment.announce("customer.created", made)
    return made


def update_customer(moment: Moment, identifier: str) -> Thing:
    customer = existing(moment, "customer", identifier)
    given = {k: v for k, v in moment.params.items() if k != "expand"}
    merged = customer["metadata"] | given.pop("metadata", {})
    kept = {key: value for key, value in merged.items() if value != ""}
    moment.store.save(customer | given | {"metadata": kept})
    return customer | given | {"metadata": kept}


def open_session(moment: Moment) -> Thing:
    return checkout.open_session(moment)


def expire_session(moment: Moment, identifier: str) -> Thing:
    session = existing(moment, "checkout.session", identifier)
    return checkout.expire_session(moment, session)


def accept_dispute(moment: Moment, identifier: str) -> Thing:
    """To close a dispute over the API is to concede it."""
    dispute = existing(moment, "dispute", identifier)
    return disputes.close_dispute(moment, dispute, won=False)


def update_subscription(moment: Moment, identifier: str) -> Thing:
    of = existing(moment, "subscription", identifier)
    if of["status"] == "canceled":
        raise ApiError(
            f"No such subscription: '{identifier}'", status=404,
            code="resource_missing", param="id",
        )  # fmt: skip
    return subscriptions.update(moment.later(), of)


def list_lines(moment: Moment, identifier: str) -> Thing:
    existing(moment, "checkout.session", identifier)
    lines = line_items(moment.store, identifier)
    return page(moment, "item", lines["data"], lines["url"])


def read_account(moment: Moment) -> Thing:
    return objects.account()


def _route(method: str, path: str, shape: Shape, handler: Handler) -> Route:
    pattern = re.compile("/v1/" + path.replace("ID", r"([A-Za-z0-9_]{1,255})") + "$")
    return Route(method, pattern, shape, handler)


ROUTES = [
    _route("GET", plural, {**PAGE, **FILTERS[kind]}, list_of(kind))
    for kind, plural in PLURALS.items()
] + [
    _route("GET", f"{plural}/ID", EXPAND, one(kind)) for kind, plural in PLURALS.items()
]
ROUTES += [
    _route("POST", "customers", CUSTOMER, create_customer),
    _route("POST", "customers/ID", CUSTOMER, update_customer),
    _route("POST", "checkout/sessions", checkout.CREATE, open_session),
    _route("POST", "checkout/sessions/ID/expire", EXPAND, expire_session),
    _route("GET", "checkout/sessions/ID/line_items", PAGE, list_lines),
    _route("POST", "subscriptions/ID", subscriptions.UPDATE, update_subscription),
    _route("POST", "refunds", refunds.CREATE, refunds.create_refund),
    _route("POST", "disputes/ID/close", EXPAND, accept_dispute),
    _route("GET", "account", EXPAND, read_account),
]


def answer(moment: Moment, method: str, path: str, given: Thing) -> Thing:
    """Finds the route, reads its parameters, does the work, expands the answer."""
    for route in ROUTES:
        match = route.path.match(path)
        if match and route.method == method:
            moment.params = read_parameters(given, route.shape)
            made = route.handler(moment, *match.groups())
            return expand(moment.store, made, moment.params.get("expand", []))
    raise ApiError(
        f"Unrecognized request URL ({method}: {path}). The sandbox models a part of"
        " Stripe only.",
        status=404,
    )
