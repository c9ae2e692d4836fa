"""Paying a bill with a card that is kept."""

from dataclasses import replace

from . import card_objects, objects, rules, subscription_objects
from .events import Moment
from .store import Thing


def charge(moment: Moment, bill: Thing, method: Thing) -> bool:
    """Tries to pay the bill with a card that is kept; the bill is changed, not saved."""
    card = rules.card_by_last4(method["card"]["last4"])
    if card.aftermath == "fails_later":
        card = replace(card, outcome="card_declined", decline_code="generic_decline")
    intent = card_objects.payment_intent(_asked(bill), {}, moment.second)
    taken = card_objects.charge(
        intent, method, card, challenged=False, now=moment.second
    )
    bill |= {"attempted": True, "attempt_count": bill["attempt_count"] + 1}
    intent |= {"latest_charge": taken["id"]}
    if card.declined:
        error = card_objects.payment_error(card, method, taken["id"])
        intent |= {
            "status": "requires_payment_method",
            "last_payment_error": error,
        }
        moment.announce("charge.failed", moment.store.add(taken))
        moment.announce("payment_intent.payment_failed", moment.store.add(intent))
        return False
    kept = rules.fee(taken["amount"], taken["currency"])
    entry = objects.balance_transaction(
        taken, amount=taken["amount"], fee=kept, now=moment.second
    )
    taken["balance_transaction"] = moment.store.add(entry)["id"]
    intent |= {
        "status": "succeeded",
        "amount_received": intent["amount"],
        "payment_method": method["id"],
    }
    moment.announce("charge.succeeded", moment.store.add(taken))
    moment.announce("payment_intent.succeeded", moment.store.add(intent))
    made = subscription_objects.invoice_payment(bill, intent, now=moment.second)
    moment.store.add(made, parent=bill["id"])
    paid(bill, moment.second)
    return True


def _asked(bill: Thing) -> Thing:
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
