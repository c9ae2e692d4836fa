"""First oracle: the types of Stripe's own package, read strictly.

They fold "left out" and "null" together; the table LEFT_OUT, kept by hand, says
which fields the sandbox leaves out, and the second oracle (Stripe's OpenAPI
description) says whether that is right.
"""

import types
from typing import Any, ClassVar, ForwardRef, Literal, Union, get_args, get_origin

import pytest
import stripe

from .lively import every_object

KINDS = {
    "checkout.session": stripe.checkout.Session,
    "payment_intent": stripe.PaymentIntent,
    "charge": stripe.Charge,
    "refund": stripe.Refund,
    "balance_transaction": stripe.BalanceTransaction,
    "event": stripe.Event,
    "customer": stripe.Customer,
    "dispute": stripe.Dispute,
    "product": stripe.Product,
    "account": stripe.Account,
}
LEFT_OUT: dict[str, set[str]] = {
    "checkout.session": {
        "allowed_payment_method_types",
        "branding_settings",
        "customer_account",
        "excluded_payment_method_types",
        "integration_identifier",
        "line_items",
        "managed_payments",
        "name_collection",
        "optional_items",
        "presentment_details",
        "redirect_on_completion",
        "return_url",
        "tax_id_collection",
    },
    "payment_intent": {
        "allowed_payment_method_types",
        "customer_account",
        "excluded_payment_method_types",
        "hooks",
        "managed_payments",
        "payment_details",
        "payment_record",
        "presentment_details",
        "source",
    },
    "charge": {
        "authorization_code",
        "level3",
        "presentment_details",
        "refunds",
        "source",
        "transfer",
    },
    "refund": {
        "customer",
        "customer_account",
        "description",
        "failure_balance_transaction",
        "failure_reason",
        "instructions_email",
        "next_action",
        "payment_method",
        "pending_reason",
        "presentment_details",
    },
    "balance_transaction": set(),
    "dispute": {"intended_submission_method", "network_reason_code"},
    "customer": {
        "business_name",
        "cash_balance",
        "customer_account",
        "deleted",
        "discount",
        "individual_name",
        "invoice_credit_balance",
        "sources",
        "subscriptions",
        "tax",
        "tax_ids",
    },
    "product": {"deleted", "tax_details"},
    "account": {
        "business_profile",
        "capabilities",
        "company",
        "controller",
        "created",
        "deleted",
        "external_accounts",
        "future_requirements",
        "groups",
        "individual",
        "requirements",
        "tos_acceptance",
    },
}


def hints(cls: type) -> dict[str, Any]:
    return {
        name: hint
        for name, hint in cls.__annotations__.items()
        if get_origin(hint) is not ClassVar
    }


def problems(value: Any, hint: Any, where: str) -> list[str]:
    """What is wrong with this value, as Stripe's package describes it."""
    if isinstance(hint, ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        hint = getattr(stripe, hint.removesuffix("Resource"))
    origin, args = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return union_problems(value, args, where)
    if origin is Literal:
        return [] if value in args else [f"{where}: {value!r} not in {args}"]
    if origin is list:
        if not isinstance(value, list):
            return [f"{where}: no list"]
        return [p for item in value for p in problems(item, args[0], f"{where}[]")]
    if origin is stripe.ListObject:
        return problems(value["data"], list[args[0]], where)
    return plain_problems(value, origin or hint, where)


def union_problems(value: Any, args: tuple[Any, ...], where: str) -> list[str]:
    if value is None:
        return [] if type(None) in args else [f"{where}: null"]
    choices = [arg for arg in args if arg is not type(None)]
    # An enumeration with `str` beside it is open for readers, not for the sandbox.
    closed = [arg for arg in choices if get_origin(arg) is Literal]
    if closed and isinstance(value, str):
        choices = closed
    if isinstance(value, str):
        choices = [arg for arg in choices if not isinstance(arg, ForwardRef)]
    if isinstance(value, dict) and value.get("object") in KINDS:
        choices = [KINDS[value["object"]]] if choices else []
    found = [problems(value, choice, where) for choice in choices]
    return min(found, key=len, default=[f"{where}: nothing fits"])


def plain_problems(value: Any, cls: Any, where: str) -> list[str]:
    if cls is Any:
        return []
    if issubclass(cls, stripe.StripeObject):
        if not isinstance(value, dict):
            return [f"{where}: no object"]
        untyped = not cls.__annotations__ or cls.__name__ == "UntypedStripeObject"
        return [] if untyped else object_problems(value, cls, where)
    if cls.__name__ == "Decimal":
        return [] if isinstance(value, str) else [f"{where}: no decimal"]
    fits = isinstance(value, cls) and not (cls is int and isinstance(value, bool))
    return [] if fits else [f"{where}: {value!r} is no {cls.__name__}"]


def object_problems(value: dict[str, Any], cls: type, where: str) -> list[str]:
    known = hints(cls)
    found = [f"{where}.{name}: unknown" for name in value.keys() - known.keys()]
    for name, hint in known.items():
        if name in value:
            found += problems(value[name], hint, f"{where}.{name}")
        elif type(None) not in get_args(hint):
            found.append(f"{where}.{name}: missing")
    return found


def test_every_answer_fits_the_types_of_stripes_package(app):
    things = list(every_object(app))
    things += [thing["data"]["object"] for thing in things if "data" in thing]
    found = {
        problem
        for thing in things
        for problem in problems(thing, KINDS[thing["object"]], thing["object"])
    }

    assert found == set()


def test_the_fields_left_out_are_those_of_the_table(app):
    left_out: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for thing in every_object(app):
        kind = thing["object"]
        if kind != "event" and "line_items" not in thing:
            left_out[kind] |= hints(KINDS[kind]).keys() - thing.keys()

    assert left_out == {"event": set()} | LEFT_OUT


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "finished"),
        ("amount_total", "12345"),
        ("livemode", None),
        ("surprise", 1),
        ("total_details", {"amount_tax": 0}),
        ("payment_method_types", "card"),
    ],
)
def test_the_oracle_sees_a_planted_mistake(app, field, value):
    session = next(every_object(app)) | {field: value}

    assert problems(session, KINDS["checkout.session"], "session")
