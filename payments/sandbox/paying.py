"""Paying a Checkout session: a card is tried, the bank may ask, money is booked."""

from dataclasses import replace

from . import card_objects, disputes, objects, rules, setups, subscriptions
from .events import Moment
from .rules import TestCard
from .session_objects import customer_details
from .store import Thing


def submit_card(
    moment: Moment, session: Thing, card: TestCard, valid: tuple[int, int], who: Thing
) -> str:
    """Tries to pay. Returns `paid`, `challenge`, or the reason of the decline.

    `valid` is the card's month and four-digit year, `who` has `email` and `name`.
    """
    if session["mode"] != "payment":
        if card.outcome == "challenge":
            return _ask_before_keeping(moment, session, card, valid, who)
        return _keep(moment, session, card, valid, who)
    if card.aftermath == "fails_later":
        card = replace(card, outcome="card_declined", decline_code="generic_decline")
    email = _known_email(moment, session) or who.get("email")
    session["customer_details"] = customer_details(email, who.get("name"))
    intent = _intent_of(moment, session)
    method = card_objects.payment_method(session, card, valid, moment.second)
    moment.store.add(method)
    asked = session["payment_method_options"]["card"]["request_three_d_secure"]
    if card.outcome == "challenge" or (asked != "automatic" and not card.declined):
        return _ask_the_bank(moment, session, intent, method, card)
    return _charge(moment, session, intent, method, card, challenged=False)


def _keep(
    moment: Moment, session: Thing, card: TestCard, valid: tuple[int, int], who: Thing
) -> str:
    if session["mode"] == "setup":
        return setups.keep(moment, session, card, valid, who)
    return subscriptions.begin(moment.later(), session, card, valid, who)


def _ask_before_keeping(
    moment: Moment, session: Thing, card: TestCard, valid: tuple[int, int], who: Thing
) -> str:
    """What was typed waits for the bank; Stripe keeps it in an intent of its own."""
    typed = {"last4": card.last4, "valid": valid, "who": who, "is_asked": True}
    moment.store.put({"id": f"typed_{session['id']}", "object": "typed_card"} | typed)
    return "challenge"


def waits_for_bank(moment: Moment, session: Thing) -> bool:
    """Whether the payer's bank has asked and was not answered yet."""
    typed = moment.store.find("typed_card", f"typed_{session['id']}")
    if typed is not None:
        return bool(typed["is_asked"])
    intent = moment.store.find("payment_intent", session["payment_intent"] or "")
    return intent is not None and intent["status"] == "requires_action"


def _known_email(moment: Moment, session: Thing) -> str | None:
    if session["customer"]:
        return moment.store.get("customer", session["customer"])["email"]
    return session["customer_email"]


def answer_challenge(moment: Moment, session: Thing, *, approved: bool) -> str:
    """The payer's bank has asked; returns `paid` or `authentication`."""
    typed = moment.store.find("typed_card", f"typed_{session['id']}")
    if typed is not None:
        moment.store.save(typed | {"is_asked": False})
        if not approved:
            return "authentication"
        card, (month, year) = rules.card_by_last4(typed["last4"]), typed["valid"]
        return _keep(moment, session, card, (month, year), typed["who"])
    intent = _intent_of(moment, session)
    method = moment.store.get("payment_method", intent["payment_method"])
    if approved:
        card = rules.card_by_last4(method["card"]["last4"])
        return _charge(moment, session, intent, method, card, challenged=True)
    intent |= {
        "status": "requires_payment_method",
        "next_action": None,
        "payment_method": None,
        "last_payment_error": card_objects.authentication_error(method),
    }
    moment.announce("payment_intent.payment_failed", moment.store.save(intent))
    return "authentication"


def _intent_of(moment: Moment, session: Thing) -> Thing:
    if session["payment_intent"]:
        return moment.store.get("payment_intent", session["payment_intent"])
    data = moment.store.get("intent_data", f"data_{session['id']}")
    intent = card_objects.payment_intent(session, data, moment.second)
    moment.store.add(intent)
    moment.announce("payment_intent.created", intent)
    session["payment_intent"] = intent["id"]
    moment.store.save(session)
    return intent


def _ask_the_bank(
    moment: Moment, session: Thing, intent: Thing, method: Thing, card: TestCard
) -> str:
    address_of_challenge = f"{session['url']}/challenge"
    intent |= {
        "status": "requires_action",
        "payment_method": method["id"],
        "next_action": {
            "redirect_to_url": {"return_url": None, "url": address_of_challenge},
            "type": "redirect_to_url",
        },
    }
    moment.announce("payment_intent.requires_action", moment.store.save(intent))
    return "challenge"


def _charge(
    moment: Moment,
    session: Thing,
    intent: Thing,
    method: Thing,
    card: TestCard,
    *,
    challenged: bool,
) -> str:
    charge = card_objects.charge(
        intent, method, card, challenged=challenged, now=moment.second
    )
    intent |= {"latest_charge": charge["id"], "next_action": None}
    if card.declined:
        intent |= {
            "status": "requires_payment_method",
            "payment_method": None,
            "last_payment_error": card_objects.payment_error(
                card, method, charge["id"]
            ),
        }
        moment.announce("charge.failed", moment.store.add(charge))
        moment.announce("payment_intent.payment_failed", moment.store.save(intent))
        return card.decline_code
    kept = rules.fee(charge["amount"], charge["currency"])
    entry = objects.balance_transaction(
        charge, amount=charge["amount"], fee=kept, now=moment.second
    )
    charge["balance_transaction"] = moment.store.add(entry)["id"]
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "payment_method": method["id"],
        "last_payment_error": None,
    }
    session |= {"status": "complete", "payment_status": "paid", "url": None}
    moment.store.save(session)
    moment.announce("charge.succeeded", moment.store.add(charge))
    moment.announce("payment_intent.succeeded", moment.store.save(intent))
    moment.announce("checkout.session.completed", session)
    if card.aftermath in disputes.AFTERMATHS:
        disputes.open_dispute(moment, charge, inquiry=card.aftermath == "inquiry")
    return "paid"
