"""What a subscription will cost from its next period on: Stripe's subscription schedules.

Sources: Stripe's pages "Subscription schedules" (made from a subscription, released
when its last phase is over) and "Downgrade subscriptions at the end of the period".
"""

from . import session_objects, subscription_objects
from .events import Moment
from .objects import start
from .parameters import EXPAND, Shape, many, metadata, one_of, text, whole
from .reading import existing
from .rules import DAY
from .store import Thing
from .wire import ApiError

PRICE: Shape = {
    "currency!": text(),
    "product!": text(),
    "unit_amount!": whole,
    "recurring!": {
        "interval!": one_of("day", "month", "week", "year"),
        "interval_count": whole,
    },
}
PHASE: Shape = {
    "items!": many({"price": text(), "price_data": PRICE, "quantity": whole}),
    "start_date": whole,
    "end_date": whole,
    "duration": {"interval!": one_of("month", "year"), "interval_count": whole},
    "proration_behavior": one_of("always_invoice", "create_prorations", "none"),
}
CREATE: Shape = {**EXPAND, "from_subscription!": text()}
UPDATE: Shape = {
    **EXPAND,
    "phases!": many(PHASE),
    "end_behavior": one_of("release", "cancel"),
    "proration_behavior": one_of("always_invoice", "create_prorations", "none"),
    "metadata": metadata,
}
KIND = "subscription_schedule"
LONGEST = {"month": 31 * DAY, "year": 366 * DAY}


# -- the calls -----------------------------------------------------------------


def create(moment: Moment) -> Thing:
    """POST /subscription_schedules: as the subscription stands, for its period."""
    wanted = moment.params["from_subscription"]
    of = existing(moment, "subscription", wanted, "from_subscription")
    if of["schedule"]:
        raise ApiError(
            f"You cannot migrate a subscription that is already attached to a schedule:"
            f" `{of['schedule']}`."
        )
    moment = moment.later()
    item = of["items"]["data"][0]
    begins, ends = item["current_period_start"], item["current_period_end"]
    made = _schedule(of, moment.second)
    made["phases"] = [_phase(of, item["price"]["id"], begins, ends)]
    made["current_phase"] = {"start_date": begins, "end_date": ends}
    moment.store.add(made)
    _attach(moment, of, made["id"])
    return made


def update(moment: Moment, identifier: str) -> Thing:
    """POST /subscription_schedules/ID: the running phase as it is, and one more."""
    schedule = _running(moment, identifier)
    of = moment.store.get("subscription", schedule["subscription"])
    given = moment.params
    now, later = _two(given["phases"], schedule)
    price = _price(moment, of, later["items"][0])
    begins, lasts = now["end_date"], later["duration"]
    ends = begins + LONGEST[lasts["interval"]] * lasts.get("interval_count", 1)
    schedule["phases"] = [
        schedule["phases"][0],
        _phase(of, price["id"], begins, ends),
    ]
    schedule["metadata"] |= given.get("metadata", {})
    return moment.store.save(schedule)


def release(moment: Moment, identifier: str) -> Thing:
    """POST /subscription_schedules/ID/release: the subscription goes on as it is."""
    return _release(moment.later(), _running(moment, identifier))


# -- by the clock ----------------------------------------------------------------


def enter_phase(moment: Moment, of: Thing, begins: int) -> None:
    """At the end of a period: the price of the phase that begins, or of none any more."""
    if not of["schedule"]:
        return
    schedule = moment.store.get(KIND, of["schedule"])
    phase = next((p for p in schedule["phases"] if p["start_date"] == begins), None)
    if phase is None:
        _release(moment, schedule)
        of["schedule"] = None
        return
    price = moment.store.get("price", phase["items"][0]["price"])
    of["items"]["data"][0] |= {"price": price, "plan": subscription_objects.plan(price)}
    schedule["current_phase"] = {
        "start_date": phase["start_date"],
        "end_date": phase["end_date"],
    }
    moment.store.save(schedule)


# -- the parts -------------------------------------------------------------------


def _running(moment: Moment, identifier: str) -> Thing:
    schedule = existing(moment, KIND, identifier)
    if schedule["status"] != "active":
        raise ApiError(
            f"This subscription schedule is {schedule['status']} and cannot be changed."
        )
    return schedule


def _two(phases: list[Thing], schedule: Thing) -> tuple[Thing, Thing]:
    first = schedule["phases"][0]
    if len(phases) != 2 or "duration" not in phases[1]:
        raise ApiError(
            "The sandbox knows the running phase and one with a duration.",
            param="phases",
        )
    now, later = phases
    kept = (first["items"][0]["price"], first["start_date"], first["end_date"])
    if (
        now["items"][0].get("price"),
        now.get("start_date"),
        now.get("end_date"),
    ) != kept:
        raise ApiError("The sandbox changes no running phase.", param="phases[0]")
    if now.get("proration_behavior") != "none":
        raise ApiError("The sandbox knows no prorations here.", param="phases[0]")
    return now, later


def _price(moment: Moment, of: Thing, item: Thing) -> Thing:
    data = item.get("price_data")
    if data is None:
        raise ApiError("The sandbox wants price_data here.", param="phases[1][items]")
    data["currency"] = data["currency"].lower()
    if data["currency"] != of["currency"]:
        raise ApiError("The price must have the subscription's currency.")
    existing(moment, "product", data["product"], "phases[1][items]")
    made = session_objects.price(data, data["product"], moment.second)
    return moment.store.add(made)


def _attach(moment: Moment, of: Thing, schedule_id: str | None) -> None:
    of["schedule"] = schedule_id
    moment.announce("customer.subscription.updated", moment.store.save(of))


def _release(moment: Moment, schedule: Thing) -> Thing:
    of = moment.store.get("subscription", schedule["subscription"])
    schedule |= {
        "status": "released",
        "released_at": moment.second,
        "released_subscription": of["id"],
        "subscription": None,
        "current_phase": None,
    }
    moment.store.save(schedule)
    _attach(moment, of, None)
    return schedule


def _schedule(of: Thing, now: int) -> Thing:
    return start(KIND, "sub_sched_1", now, 23) | {
        "application": None,
        "billing_mode": of["billing_mode"],
        "canceled_at": None,
        "completed_at": None,
        "current_phase": None,
        "customer": of["customer"],
        "customer_account": None,
        "default_settings": {
            "application_fee_percent": None,
            "automatic_tax": of["automatic_tax"],
            "billing_cycle_anchor": "automatic",
            "billing_thresholds": None,
            "collection_method": "charge_automatically",
            "default_payment_method": None,
            "description": None,
            "invoice_settings": {
                "account_tax_ids": None,
                "days_until_due": None,
                "issuer": {"type": "self"},
            },
            "on_behalf_of": None,
            "transfer_data": None,
        },
        "end_behavior": "release",
        "livemode": False,
        "metadata": {},
        "pause_schedules": [],
        "phases": [],
        "released_at": None,
        "released_subscription": None,
        "status": "active",
        "subscription": of["id"],
        "test_clock": None,
    }


def _phase(of: Thing, price_id: str, begins: int, ends: int) -> Thing:
    item: Thing = {
        "billing_thresholds": None,
        "discounts": [],
        "metadata": {},
        "plan": price_id,
        "price": price_id,
        "quantity": 1,
        "tax_rates": [],
    }
    return {
        "add_invoice_items": [],
        "application_fee_percent": None,
        "billing_cycle_anchor": None,
        "billing_thresholds": None,
        "collection_method": None,
        "currency": of["currency"],
        "default_payment_method": None,
        "default_tax_rates": [],
        "description": None,
        "discounts": [],
        "end_date": ends,
        "invoice_settings": None,
        "items": [item],
        "metadata": {},
        "on_behalf_of": None,
        "proration_behavior": "none",
        "start_date": begins,
        "transfer_data": None,
        "trial_end": None,
    }
