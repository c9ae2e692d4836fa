"""`expand`: an id becomes the object it names, along paths such as `a.b.c`."""

from typing import Any

from .objects import page_of
from .store import Store, Thing
from .wire import ApiError

# (kind, field) that holds an id → the kind it names; "*" where it may be several.
IDS = {
    ("checkout.session", "customer"): "customer",
    ("checkout.session", "payment_intent"): "payment_intent",
    ("checkout.session", "subscription"): "subscription",
    ("checkout.session", "invoice"): "invoice",
    ("checkout.session", "setup_intent"): "setup_intent",
    ("setup_intent", "customer"): "customer",
    ("setup_intent", "payment_method"): "payment_method",
    ("subscription", "customer"): "customer",
    ("subscription", "latest_invoice"): "invoice",
    ("subscription", "default_payment_method"): "payment_method",
    ("invoice", "customer"): "customer",
    ("payment_intent", "customer"): "customer",
    ("payment_intent", "latest_charge"): "charge",
    ("payment_intent", "payment_method"): "payment_method",
    ("charge", "customer"): "customer",
    ("charge", "payment_intent"): "payment_intent",
    ("charge", "balance_transaction"): "balance_transaction",
    ("refund", "charge"): "charge",
    ("refund", "payment_intent"): "payment_intent",
    ("refund", "balance_transaction"): "balance_transaction",
    ("refund", "failure_balance_transaction"): "balance_transaction",
    ("dispute", "charge"): "charge",
    ("dispute", "payment_intent"): "payment_intent",
    ("balance_transaction", "source"): "*",
    ("payment_method", "customer"): "customer",
    ("price", "product"): "product",
}
ALREADY_WHOLE = {("item", "price")}
MAX_DEPTH = 4


def expand(store: Store, thing: Thing, paths: list[str]) -> Thing:
    """The object with the named parts filled in; an unknown path is refused."""
    for path in paths:
        steps = path.split(".")
        if len([step for step in steps if step != "data"]) > MAX_DEPTH:
            raise ApiError(
                f"You cannot expand more than {MAX_DEPTH} levels of a property",
                param="expand",
            )
        _follow(store, thing, steps, path)
    return thing


def _follow(store: Store, thing: Any, steps: list[str], path: str) -> None:
    if not steps or thing is None:
        return
    step, rest = steps[0], steps[1:]
    if thing.get("object") == "list" and step == "data":
        for item in thing["data"]:
            _follow(store, item, rest, path)
        return
    _fill(store, thing, step, path)
    _follow(store, thing.get(step), rest, path)


def _fill(store: Store, thing: Thing, step: str, path: str) -> None:
    where = (thing["object"], step)
    if where == ("checkout.session", "line_items"):
        thing.setdefault(step, line_items(store, thing["id"]))
    elif where == ("invoice", "payments"):
        thing.setdefault(step, _payments(store, thing["id"]))
    elif where == ("charge", "refunds"):
        thing.setdefault(step, _refunds(store, thing["id"]))
    elif where in IDS:
        if isinstance(thing[step], str):
            thing[step] = store.any(thing[step])
    elif where not in ALREADY_WHOLE:
        raise ApiError(
            f"This property cannot be expanded ({step}) in {path}.", param="expand"
        )


def line_items(store: Store, session_id: str) -> Thing:
    return page_of(
        store.newest_first("item", session_id),
        f"/v1/checkout/sessions/{session_id}/line_items",
    )


def _payments(store: Store, invoice_id: str) -> Thing:
    paid = store.newest_first("invoice_payment", invoice_id)
    return page_of(paid, f"/v1/invoice_payments?invoice={invoice_id}")


def _refunds(store: Store, charge_id: str) -> Thing:
    of_charge = [r for r in store.newest_first("refund") if r["charge"] == charge_id]
    return page_of(of_charge[:10], f"/v1/charges/{charge_id}/refunds",
                   has_more=len(of_charge) > 10)  # fmt: skip
