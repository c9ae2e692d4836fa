"""A subscription's life: begun at Checkout, renewed by the clock, ended by wish or default."""

import calendar
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from . import card_objects, collecting, objects, schedules, subscription_objects
from .events import Moment
from .rules import DAY, TestCard
from .session_objects import customer_details
from .store import Thing

# After a failed charge it is tried again so many days later, then given up.
RETRIES = (3, 5, 7)
NOTICE = 3 * DAY
LIVE = frozenset({"trialing", "active", "past_due"})


# -- the beginning -----------------------------------------------------------


def begin(
    moment: Moment, session: Thing, card: TestCard, valid: tuple[int, int], who: Thing
) -> str:
    """A card is entered at Checkout; returns `paid`, or the reason of the decline.

    In a trial the card is only kept. A bank that wants to be asked has been.
    """
    session["customer_details"] = customer_details(who.get("email"), who.get("name"))
    if card.declined:
        return card.decline_code
    if not session["customer"]:
        given = {name: who[name] for name in ("email", "name") if who.get(name)}
        made = moment.store.add(objects.customer(given, moment.second))
        moment.announce("customer.created", made)
        session["customer"] = made["id"]
    method = card_objects.payment_method(session, card, valid, moment.second)
    price, data = _told(moment, session)
    ends = _end_of_first(moment.second, price, data)
    made = subscription_objects.subscription(
        session, method, price, data, now=moment.second, ends=ends
    )
    due = 0 if made["status"] == "trialing" else price["unit_amount"]
    bill = subscription_objects.invoice(
        made,
        due,
        reason="subscription_create",
        now=moment.second,
        base_url=moment.base_url,
    )
    moment.store.add(method)
    if due and not collecting.charge(moment, bill, method, holder_is_here=True):
        return "generic_decline"
    made["latest_invoice"] = bill["id"]
    moment.store.add(made)
    moment.store.add(collecting.paid(bill, moment.second) if not due else bill)
    session |= {
        "status": "complete",
        "payment_status": "paid" if due else "no_payment_required",
        "url": None,
        "subscription": made["id"],
        "invoice": bill["id"],
    }
    moment.store.save(session)
    moment.announce("customer.subscription.created", made)
    moment.announce("invoice.paid", bill)
    moment.announce("checkout.session.completed", session)
    return "paid"


def _told(moment: Moment, session: Thing) -> tuple[Thing, Thing]:
    """The recurring price, and what the session was told of the subscription."""
    (line,) = moment.store.newest_first("item", session["id"])
    data = moment.store.get("intent_data", f"data_{session['id']}")
    return line["price"], data


def _end_of_first(now: int, price: Thing, data: Thing) -> int:
    trial = data.get("trial_period_days")
    return now + trial * DAY if trial else after(now, price)


def after(at: int, price: Thing) -> int:
    """One interval later, on the same day of the month or the month's last."""
    every = price["recurring"]
    count = every["interval_count"]
    if every["interval"] in ("day", "week"):
        return at + count * DAY * (7 if every["interval"] == "week" else 1)
    was = datetime.fromtimestamp(at, UTC)
    months = was.month - 1 + count * (12 if every["interval"] == "year" else 1)
    year, month = was.year + months // 12, months % 12 + 1
    day = min(was.day, calendar.monthrange(year, month)[1])
    return int(was.replace(year=year, month=month, day=day).timestamp())


# -- by the clock ------------------------------------------------------------


def renew_due(moment: Moment) -> None:
    """Whatever time has brought, each thing at the moment it was due, in order."""
    for of in moment.store.newest_first("subscription")[::-1]:
        while of["status"] in LIVE:
            due = _due(moment, of)
            if due is None or due[0] > moment.second:
                break
            at, act = due
            act(replace(moment, now=float(at)), of)


def _due(moment: Moment, of: Thing) -> tuple[int, Callable[..., None]] | None:
    """When something next happens to it, and what; nothing where nobody knows."""
    if of["status"] == "past_due":
        bill = moment.store.get("invoice", of["latest_invoice"])
        at = bill["next_payment_attempt"]
        return None if at is None else (at, _try_again)
    if of["pending_update"]:
        return of["pending_update"]["expires_at"], _drop_pending
    if of["status"] == "trialing" and not moment.store.switch(_told_of(of)):
        return max(of["trial_end"] - NOTICE, of["created"]), _announce_end_of_trial
    ends = of["items"]["data"][0]["current_period_end"]
    return ends, _end if of["cancel_at_period_end"] else _renew


def _told_of(of: Thing) -> str:
    return f"trial_will_end:{of['id']}"


def _announce_end_of_trial(moment: Moment, of: Thing) -> None:
    """Three days before a trial ends, or at once where it is shorter."""
    moment.store.set_switch(_told_of(of), "1")
    moment.announce("customer.subscription.trial_will_end", of)


def _drop_pending(moment: Moment, of: Thing) -> None:
    """A change that nobody paid for is forgotten, and its bill with it."""
    bill = moment.store.get("invoice", of["latest_invoice"])
    bill["status"] = "void"
    bill["status_transitions"]["voided_at"] = moment.second
    moment.announce("invoice.voided", moment.store.save(bill))
    of["pending_update"] = None
    kind = "customer.subscription.pending_update_expired"
    moment.announce(kind, moment.store.save(of))


def _renew(moment: Moment, of: Thing) -> None:
    item = of["items"]["data"][0]
    begins = item["current_period_end"]
    schedules.enter_phase(moment, of, begins)
    item |= {
        "current_period_start": begins,
        "current_period_end": after(begins, item["price"]),
    }
    bill = subscription_objects.invoice(
        of,
        item["price"]["unit_amount"],
        reason="subscription_cycle",
        now=moment.second,
        base_url=moment.base_url,
    )
    moment.store.add(bill)
    of["latest_invoice"] = bill["id"]
    moment.store.save(of)
    _collect(moment, of, bill)


def _try_again(moment: Moment, of: Thing) -> None:
    _collect(moment, of, moment.store.get("invoice", of["latest_invoice"]))


def _collect(moment: Moment, of: Thing, bill: Thing) -> None:
    method = moment.store.get("payment_method", of["default_payment_method"])
    if collecting.charge(moment, bill, method):
        moment.store.save(bill)
        _settle(moment, of, bill)
        return
    tried = bill["attempt_count"]
    waits = RETRIES[tried - 1] * DAY if tried <= len(RETRIES) else None
    bill["next_payment_attempt"] = moment.second + waits if waits else None
    if collecting.is_asked(moment, bill):
        moment.announce("invoice.payment_action_required", bill)
    moment.announce("invoice.payment_failed", moment.store.save(bill))
    if waits:
        of["status"] = "past_due"
        moment.announce("customer.subscription.updated", moment.store.save(of))
    else:
        _end(moment, of, reason="payment_failed")


def _settle(moment: Moment, of: Thing, bill: Thing) -> None:
    """The bill is paid: the subscription is active, unless it has ended."""
    if of["status"] in LIVE:
        of["status"] = "active"
    moment.store.save(of)
    moment.announce("invoice.paid", bill)
    moment.announce("customer.subscription.updated", of)


def _end(moment: Moment, of: Thing, reason: str = "cancellation_requested") -> None:
    of |= {"status": "canceled", "ended_at": moment.second}
    of["canceled_at"] = of["canceled_at"] or moment.second
    of["cancellation_details"]["reason"] = reason
    moment.announce("customer.subscription.deleted", moment.store.save(of))
