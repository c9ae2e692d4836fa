"""A card that is kept for later: a Checkout session in the mode `setup`."""

from . import card_objects, collecting, plan_changes, rules, session_objects
from .events import Moment
from .objects import start
from .rules import TestCard
from .session_objects import customer_details
from .store import Thing, new_id
from .wire import ApiError

ANY_CARD = rules.CARDS["4242424242424242"]


def open_session(moment: Moment) -> Thing:
    """Checked already as every session is; here a customer must be named."""
    given = moment.params
    if "customer" not in given:
        raise ApiError("The sandbox keeps cards of a customer only.", param="customer")
    session = session_objects.checkout_session(
        given, None, None, now=moment.second, base_url=moment.base_url
    )
    intent = _setup_intent(session, given.get("setup_intent_data", {}), moment.second)
    session |= {
        "payment_status": "no_payment_required",
        "setup_intent": moment.store.add(intent)["id"],
    }
    return moment.store.add(session)


def _setup_intent(session: Thing, data: Thing, now: int) -> Thing:
    made = start("setup_intent", "seti_1", now, 23)
    return made | {
        "application": None,
        "automatic_payment_methods": None,
        "cancellation_reason": None,
        "client_secret": f"{made['id']}_secret_{new_id('')}",
        "customer": session["customer"],
        "description": data.get("description"),
        "flow_directions": None,
        "last_setup_error": None,
        "latest_attempt": None,
        "livemode": False,
        "mandate": None,
        "metadata": data.get("metadata", {}),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": {
            "card": {
                "mandate_options": None,
                "network": None,
                "request_three_d_secure": "automatic",
            }
        },
        "payment_method_types": ["card"],
        "single_use_mandate": None,
        "status": "requires_payment_method",
        "usage": "off_session",
    }


def keep(
    moment: Moment, session: Thing, card: TestCard, valid: tuple[int, int], who: Thing
) -> str:
    """The card is kept for its customer; returns `paid`, or why it was declined."""
    session["customer_details"] = customer_details(None, who.get("name"))
    if card.declined:
        return card.decline_code
    method = card_objects.payment_method(session, card, valid, moment.second)
    moment.store.add(method)
    intent = moment.store.get("setup_intent", session["setup_intent"])
    intent |= {"payment_method": method["id"], "status": "succeeded"}
    moment.announce("setup_intent.succeeded", moment.store.save(intent))
    session |= {"status": "complete", "url": None}
    moment.announce("checkout.session.completed", moment.store.save(session))
    return "paid"


def pay_with_any_card(moment: Moment, bill: Thing) -> None:
    """The payer has taken another card, and the open bill is paid with it."""
    parent = bill["parent"]["subscription_details"]
    of = moment.store.get("subscription", parent["subscription"])
    old = moment.store.get("payment_method", of["default_payment_method"])
    session = {"customer": of["customer"], "customer_details": None}
    month = (old["card"]["exp_month"], old["card"]["exp_year"])
    method = card_objects.payment_method(session, ANY_CARD, month, moment.second)
    of["default_payment_method"] = moment.store.add(method)["id"]
    collecting.charge(moment, bill, method)
    moment.store.save(bill)
    plan_changes.settle(moment, of, bill)
