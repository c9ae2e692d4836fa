"""Paying a bill with a card that is kept; a bank may want to ask its holder first.

Sources: Stripe's pages "Handle payment failures" (what a subscription does when a
payment needs authentication), "Test cards" (which cards ask again when the holder
is away) and "Hosted invoice page" (where the holder answers).
"""

from dataclasses import replace

from . import card_objects, objects, rules, subscription_objects
from .events import Moment
from .store import Thing


def charge(
    moment: Moment, bill: Thing, method: Thing, *, holder_is_here: bool = False
) -> bool:
    """Tries to pay the bill with a card that is kept; the bill is changed, not saved."""
    card = rules.card_by_last4(method["card"]["last4"])
    if card.aftermath == "fails_later":
        card = replace(card, outcome="card_declined", decline_code="generic_decline")
    bill |= {"attempted": True, "attempt_count": bill["attempt_count"] + 1}
    if card.aftermath == "asks_always" and not holder_is_here:
        _ask(moment, bill, method)
        return False
    intent, link = _begun(moment, bill)
    taken = card_objects.charge(
        intent, method, card, challenged=holder_is_here, now=moment.second
    )
    intent |= {"latest_charge": taken["id"], "next_action": None}
    if card.declined:
        error = card_objects.payment_error(card, method, taken["id"])
        intent |= {
            "status": "requires_payment_method",
            "last_payment_error": error,
        }
        moment.announce("charge.failed", moment.store.add(taken))
        moment.announce("payment_intent.payment_failed", moment.store.put(intent))
        return False
    kept = rules.fee(taken["amount"], taken["currency"])
    entry = objects.balance_transaction(
        taken, amount=taken["amount"], fee=kept, now=moment.second
    )
    taken["balance_transaction"] = moment.store.add(entry)["id"]
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "last_payment_error": None,
        "payment_method": method["id"],
    }
    moment.announce("charge.succeeded", moment.store.add(taken))
    moment.announce("payment_intent.succeeded", moment.store.put(intent))
    subscription_objects.pay(link, moment.second)
    moment.store.put(link, parent=bill["id"])
    paid(bill, moment.second)
    return True


def _begun(moment: Moment, bill: Thing) -> tuple[Thing, Thing]:
    """The payment that was begun for this bill, else a new one: intent and link."""
    found = moment.store.newest_first("invoice_payment", bill["id"])
    for link in found:
        if link["status"] == "open":
            intent_id = link["payment"]["payment_intent"]
            return moment.store.get("payment_intent", intent_id), link
    intent = card_objects.payment_intent(_wanted(bill), {}, moment.second)
    link = subscription_objects.invoice_payment(bill, intent, now=moment.second)
    return intent, link


def _ask(moment: Moment, bill: Thing, method: Thing) -> None:
    """The payment waits until the card's holder has answered on the bill's page."""
    intent, link = _begun(moment, bill)
    page = bill["hosted_invoice_url"]
    intent |= {
        "status": "requires_action",
        "payment_method": method["id"],
        "next_action": {
            "redirect_to_url": {"return_url": None, "url": page},
            "type": "redirect_to_url",
        },
    }
    moment.store.put(link, parent=bill["id"])
    moment.announce("payment_intent.requires_action", moment.store.put(intent))


def is_asked(moment: Moment, bill: Thing) -> bool:
    """Whether the bill waits for its payer to answer the bank."""
    return bill["status"] == "open" and (
        _begun(moment, bill)[0]["status"] == "requires_action"
    )


def asked_about(moment: Moment, bill: Thing) -> Thing:
    """The card whose bank asks."""
    intent, _link = _begun(moment, bill)
    return moment.store.get("payment_method", intent["payment_method"])


def refuse(moment: Moment, bill: Thing) -> None:
    """The payer did not pass the bank's check; the bill stays open."""
    intent, _link = _begun(moment, bill)
    method = asked_about(moment, bill)
    intent |= {
        "status": "requires_payment_method",
        "next_action": None,
        "payment_method": None,
        "last_payment_error": card_objects.authentication_error(method),
    }
    moment.announce("payment_intent.payment_failed", moment.store.save(intent))


def _wanted(bill: Thing) -> Thing:
    """What an intent needs to know, in the words of a session."""
    return {
        "amount_total": bill["amount_due"],
        "currency": bill["currency"],
        "customer": bill["customer"],
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
    }


def paid(bill: Thing, now: int) -> Thing:
    bill |= {
        "amount_paid": bill["amount_due"],
        "amount_remaining": 0,
        "next_payment_attempt": None,
        "status": "paid",
    }
    bill["status_transitions"]["paid_at"] = now
    return bill
