"""Until when a subscription gives a seat, as a pure function of what was fetched."""

from datetime import datetime, timedelta

from payments.seat_facts import SubscriptionFacts

GRACE = timedelta(days=7)
GRANTING = frozenset({"trialing", "active", "past_due"})
KNOWN = frozenset(
    {
        "trialing",
        "active",
        "past_due",
        "incomplete",
        "incomplete_expired",
        "unpaid",
        "paused",
        "canceled",
    }
)


def entitled_until(facts: SubscriptionFacts) -> datetime | None:
    """The moment the seat lapses by itself, or None where there is none any more.

    Stripe moves the period on before it is paid: past due, grace runs from its start.
    While all is well the grace after its end bridges a renewal that is not seen yet.
    A period whose money went back, refunded or disputed, gives none; should it come
    home again, so does the seat.
    """
    if facts.is_returned:
        return None
    if facts.status in ("trialing", "active"):
        grace = timedelta(0) if facts.cancel_at_period_end else GRACE
        return facts.period_end + grace
    if facts.status == "past_due":
        return facts.period_start + GRACE
    return None
