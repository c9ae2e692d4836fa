"""A Checkout session's life: opened by the API, paid or left by a person, or expired."""

from . import rules, session_objects, setups
from .events import Moment
from .parameters import EXPAND, Shape, address, many, metadata, one_of, text, whole
from .store import Thing
from .wire import ApiError

LOCALES = [
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi",
    "fil", "fr", "fr-CA", "hi-IN", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv",
    "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sv", "th",
    "tr", "vi", "zh", "zh-HK", "zh-TW",
]  # fmt: skip

OF_MODE = {
    "payment": "payment_intent_data",
    "setup": "setup_intent_data",
    "subscription": "subscription_data",
}
LINE_ITEM: Shape = {
    "price_data!": {
        "currency!": text(),
        "unit_amount!": whole,
        "product_data!": {
            "name!": text(),
            "description": text(),
            "metadata": metadata,
        },
        "tax_behavior": one_of("exclusive", "inclusive", "unspecified"),
        "recurring": {
            "interval!": one_of("day", "month", "week", "year"),
            "interval_count": whole,
        },
    },
    "quantity": whole,
}
CREATE: Shape = {
    **EXPAND,
    "mode!": one_of("payment", "setup", "subscription"),
    "line_items": many(LINE_ITEM),
    "success_url!": address,
    "cancel_url": address,
    "ui_mode": one_of("elements", "embedded_page", "form", "hosted_page"),
    "payment_method_types": many(text()),
    "client_reference_id": text(200),
    "customer": text(),
    "customer_email": text(800),
    "expires_at": whole,
    "locale": one_of(*LOCALES),
    "metadata": metadata,
    "payment_intent_data": {
        "description": text(1000),
        "metadata": metadata,
        "receipt_email": text(800),
        "statement_descriptor_suffix": text(22),
    },
    "subscription_data": {
        "description": text(500),
        "metadata": metadata,
        "trial_period_days": whole,
    },
    "setup_intent_data": {"description": text(1000), "metadata": metadata},
    "payment_method_collection": one_of("always", "if_required"),
    "payment_method_options": {
        "card": {"request_three_d_secure": one_of("any", "automatic", "challenge")}
    },
    "custom_text": {"submit": {"message!": text(1200)}},
    "submit_type": one_of("auto", "book", "donate", "pay"),
}


def open_session(moment: Moment) -> Thing:
    """Checks what Stripe checks, then keeps the session and its lines."""
    given = moment.params
    _refuse_unmodelled(given)
    if "customer" in given and "customer_email" in given:
        raise ApiError(
            "You may only specify one of these parameters: customer, customer_email."
        )
    if "customer" in given and not moment.store.find("customer", given["customer"]):
        raise ApiError(
            f"No such customer: '{given['customer']}'",
            code="resource_missing",
            param="customer",
        )
    if "expires_at" in given:
        rules.check_expiry(given["expires_at"], moment.second)
    if given["mode"] == "setup":
        return setups.open_session(moment)
    currency = _only_currency(given["line_items"])
    lines = [
        _line(moment, item, place) for place, item in enumerate(given["line_items"])
    ]
    total = sum(line["amount_total"] for line in lines)
    rules.check_total(total, currency)
    if given.get("subscription_data", {}).get("trial_period_days"):
        total = 0
    session = session_objects.checkout_session(
        given, total, currency, now=moment.second, base_url=moment.base_url
    )
    moment.store.add(session)
    for line in reversed(lines):
        moment.store.add(line, parent=session["id"])
    # Stripe makes the intent at the first attempt to pay; until then this waits.
    data = {"id": f"data_{session['id']}", "object": "intent_data"}
    named = "subscription_data" if _recurs(given) else "payment_intent_data"
    moment.store.add(data | given.get(named, {}))
    return session


def _refuse_unmodelled(given: Thing) -> None:
    """What Stripe can and the sandbox cannot is refused, not half done."""
    _refuse_mixture(given)
    if given.get("ui_mode", "hosted_page") != "hosted_page":
        raise ApiError("The sandbox knows ui_mode=hosted_page only.", param="ui_mode")
    if given.get("payment_method_types", ["card"]) != ["card"]:
        raise ApiError("The sandbox knows cards only.", param="payment_method_types")


def _recurs(given: Thing) -> bool:
    return given["mode"] == "subscription"


def _refuse_mixture(given: Thing) -> None:
    """What belongs to one mode is refused in the others."""
    for foreign in OF_MODE.values():
        if foreign in given and foreign != OF_MODE[given["mode"]]:
            raise _not_in(given["mode"], foreign)
    if given["mode"] == "setup":
        if "line_items" in given:
            raise _not_in("setup", "line_items")
    else:
        _check_lines(given)
    if given.get("subscription_data", {}).get("trial_period_days", 1) < 1:
        raise ApiError(
            "The minimum number of trial period days is 1.",
            param="subscription_data[trial_period_days]",
        )


def _not_in(mode: str, param: str) -> ApiError:
    return ApiError(f"You can not pass `{param}` in `{mode}` mode.", param=param)


def _check_lines(given: Thing) -> None:
    wanted = given.get("line_items", [])
    if not 1 <= len(wanted) <= 100:
        raise ApiError("Between 1 and 100 line items are needed.", param="line_items")
    for item in wanted:
        if ("recurring" in item["price_data"]) is not _recurs(given):
            raise ApiError(
                "You must provide recurring prices in `subscription` mode, and one-time"
                " prices in `payment` mode.",
                param="line_items",
            )
    if _recurs(given) and len(wanted) > 1:
        raise ApiError(
            "The sandbox knows one price a subscription.", param="line_items"
        )


def _only_currency(items: list[Thing]) -> str:
    currencies = set()
    for place, item in enumerate(items):
        param = f"line_items[{place}][price_data][currency]"
        data = item["price_data"]
        data["currency"] = rules.check_currency(data["currency"], param)
        currencies.add(data["currency"])
    if len(currencies) > 1:
        raise ApiError("All line items must have the same currency", param="line_items")
    return currencies.pop()


def _line(moment: Moment, item: Thing, place: int) -> Thing:
    data, quantity = item["price_data"], item.get("quantity", 1)
    param = f"line_items[{place}][price_data][unit_amount]"
    if data["unit_amount"] < 0 or quantity < 1:
        raise ApiError("Invalid non-negative integer", param=param)
    rules.check_step(data["unit_amount"], data["currency"], param)
    made = session_objects.product(data["product_data"], moment.second)
    moment.store.add(made)
    priced = moment.store.add(session_objects.price(data, made["id"], moment.second))
    return session_objects.line_item(priced, made["name"], quantity)


# -- endings -----------------------------------------------------------------


def expire_session(moment: Moment, session: Thing) -> Thing:
    if session["status"] != "open":
        raise ApiError(
            'Only Checkout Sessions with a status in ["open"] can be expired.'
            f" This Checkout Session has a status of {session['status']}."
        )
    return _expire(moment, session)


def expire_due(moment: Moment) -> None:
    """Time ends sessions too, whoever looks first."""
    for session in moment.store.sessions_past(moment.second):
        _expire(moment, session)


def _expire(moment: Moment, session: Thing) -> Thing:
    session |= {"status": "expired", "url": None}
    moment.store.save(session)
    if session["payment_intent"]:
        intent = moment.store.get("payment_intent", session["payment_intent"])
        intent |= {
            "status": "canceled",
            "canceled_at": moment.second,
            "cancellation_reason": "expired",
            "next_action": None,
        }
        moment.announce("payment_intent.canceled", moment.store.save(intent))
    moment.announce("checkout.session.expired", session)
    return session
