"""The table of API addresses, and who answers under each."""

import re
from dataclasses import dataclass

from . import bills, checkout, disputes, objects, plan_changes, refunds, schedules
from .events import Moment
from .expansion import expand, line_items
from .parameters import (
    EXPAND,
    PAGE,
    Shape,
    many,
    metadata,
    read_parameters,
    text,
)
from .reading import FILTERS, PLURALS, Handler, existing, list_of, one, page
from .store import Thing
from .wire import ApiError

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
    _route("POST", "subscriptions/ID", plan_changes.UPDATE, plan_changes.update),
    _route(
        "POST", "invoices/create_preview", plan_changes.PREVIEW, plan_changes.preview
    ),
    _route("POST", "invoices/ID/pay", bills.PAY, bills.pay),
    _route("POST", "subscription_schedules", schedules.CREATE, schedules.create),
    _route("POST", "subscription_schedules/ID", schedules.UPDATE, schedules.update),
    _route("POST", "subscription_schedules/ID/release", EXPAND, schedules.release),
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
