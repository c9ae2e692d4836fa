"""From a stored event to the attempt it is about: an event only says where to look.

The table names, for each type of event, the fields under which its object carries
the session or the intent; what became of them is always fetched.
"""

import logging
import random
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from payments.gateway import GatewayUnavailable, get_gateway
from payments.matters import note
from payments.models import (
    Discrepancy,
    PaymentAttempt,
    StripeEvent,
    Subscription,
)
from payments.modes import deployment
from payments.seat_sync import sync_subscription
from payments.sync import sync_attempt
from payments.telling import tell_trial_ends

State = StripeEvent.State
MOST_TRIES = 8
LEASE = timedelta(minutes=2)

logger = logging.getLogger("payments")


@dataclass(frozen=True, slots=True)
class Trail:
    """Which fields of the event's object hold ids that lead to an attempt."""

    session: str = ""
    intent: str = ""


SESSION = Trail(session="id", intent="payment_intent")
INTENT = Trail(intent="id")
OF_INTENT = Trail(intent="payment_intent")
SEAT = Trail()  # named by the metadata of its subscription
HANDLED: dict[str, Trail] = {
    "checkout.session.completed": SESSION,
    "checkout.session.expired": SESSION,
    "checkout.session.async_payment_succeeded": SESSION,
    "checkout.session.async_payment_failed": SESSION,
    "payment_intent.payment_failed": INTENT,
    "charge.refunded": OF_INTENT,
    "refund.created": OF_INTENT,
    "refund.updated": OF_INTENT,
    "refund.failed": OF_INTENT,
    "charge.dispute.created": OF_INTENT,
    "charge.dispute.updated": OF_INTENT,
    "charge.dispute.closed": OF_INTENT,
    "charge.dispute.funds_withdrawn": OF_INTENT,
    "charge.dispute.funds_reinstated": OF_INTENT,
    "customer.subscription.created": SEAT,
    "customer.subscription.updated": SEAT,
    "customer.subscription.deleted": SEAT,
    "customer.subscription.paused": SEAT,
    "customer.subscription.resumed": SEAT,
    "customer.subscription.trial_will_end": SEAT,
    "invoice.paid": SEAT,
    "invoice.payment_failed": SEAT,
    "invoice.payment_action_required": SEAT,
}


class NotYetKnown(Exception):
    """An event of ours about an attempt that is not written yet."""


def process(event_pk: int) -> None:
    """Work off one event of the inbox; safe to call twice and from several workers."""
    event = _claim(event_pk)
    if event is None:
        return
    try:
        state = _follow(event)
    except Exception as error:  # noqa: BLE001 - the edge: the row keeps the error
        _put_back(event, error)
    else:
        _finish(event, state)


@transaction.atomic(durable=True)
def _claim(event_pk: int) -> StripeEvent | None:
    now = timezone.now()
    event = (
        StripeEvent.objects.ready(at=now)
        .filter(pk=event_pk)
        .select_for_update(skip_locked=True)
        .first()
    )
    if event is None:
        return None
    event.state, event.lease_until = State.PROCESSING, now + LEASE
    event.tries += 1
    event.save(update_fields=["state", "lease_until", "tries"])
    return event


def _follow(event: StripeEvent) -> StripeEvent.State:
    trail = HANDLED.get(event.type)
    if trail is None:
        return State.IGNORED
    thing = _object_of(event)
    seat = _seat_named(thing)
    if seat or trail is SEAT:
        return _follow_seat(event, thing, seat)
    attempt = _attempt_of(event, trail, thing)
    if attempt is None:
        return State.IGNORED
    sync_attempt(attempt, session_id=_id_in(thing, trail.session))
    return State.DONE


def _seat_named(thing: dict[str, object]) -> str:
    """Our own id of the seat that an event is about, "" where it is about none."""
    seat = _metadata_in(_seat_part(thing)).get("seat")
    return seat if isinstance(seat, str) else ""


def _seat_part(thing: dict[str, object]) -> dict[str, object]:
    """An invoice names its subscription under its parent; others carry it themselves."""
    parent = thing.get("parent")
    details = parent.get("subscription_details") if isinstance(parent, dict) else None
    return details if isinstance(details, dict) else thing


def _follow_seat(
    event: StripeEvent, thing: dict[str, object], seat: str
) -> StripeEvent.State:
    try:
        row = Subscription.objects.filter(public_id=seat).first() if seat else None
    except ValidationError:
        row = None
    if row is None:
        if _deployment_in(_seat_part(thing)) == deployment():
            raise NotYetKnown
        return State.IGNORED
    named = "id" if thing.get("object") == "subscription" else "subscription"
    sync_subscription(row, subscription_id=_id_in(_seat_part(thing), named))
    if event.type == "customer.subscription.trial_will_end":
        row.refresh_from_db()
        tell_trial_ends(row)
    return State.DONE


def _attempt_of(
    event: StripeEvent, trail: Trail, thing: dict[str, object]
) -> PaymentAttempt | None:
    """The attempt, by any id that leads to it; None where it is not of this site."""
    session_id, intent_id = _id_in(thing, trail.session), _id_in(thing, trail.intent)
    attempt = (
        _by(public_id=event.reference)
        or _by(session_id=session_id)
        or _by(intent_id=intent_id)
    )
    if attempt is not None:
        return attempt
    if not event.reference and intent_id:
        pages = get_gateway().find_checkouts(
            since=event.created_at, intent_id=intent_id
        )
        page = next(pages, None)
        attempt = _by(public_id=page.reference) if page else None
    if attempt is None and _deployment_in(thing) == deployment():
        raise NotYetKnown
    return attempt


def _by(**one_id: str) -> PaymentAttempt | None:
    if not all(one_id.values()):
        return None
    try:
        return PaymentAttempt.objects.by_card().filter(**one_id).first()
    except ValidationError:
        return None  # a reference of somebody else's, which is no UUID


def _object_of(event: StripeEvent) -> dict[str, object]:
    data = event.payload.get("data") or {}
    return data.get("object") or {}


def _id_in(thing: dict[str, object], field: str) -> str:
    """The id under a field, be it plain or expanded; "" where there is none."""
    found = thing.get(field) if field else ""
    if isinstance(found, dict):
        found = found.get("id")
    return found if isinstance(found, str) else ""


def _deployment_in(thing: dict[str, object]) -> object:
    return _metadata_in(thing).get("deployment")


def _metadata_in(thing: dict[str, object]) -> dict[str, object]:
    metadata = thing.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _finish(event: StripeEvent, state: StripeEvent.State) -> None:
    event.state, event.lease_until, event.last_error_class = state, None, ""
    event.save(update_fields=["state", "lease_until", "last_error_class"])


def _put_back(event: StripeEvent, error: Exception) -> None:
    """Try again after 2, 4, 8 … seconds; after the last try finance is told."""
    event.last_error_class = type(error).__name__[:80]
    event.lease_until = None
    if event.tries >= MOST_TRIES:
        event.state = State.FAILED
        note(Discrepancy.Kind.UNKNOWN_OBJECT, event.event_id, found=event.type)
        logger.error("payments: event %s failed", event.event_id, exc_info=error)
    else:
        asked = error.retry_after if isinstance(error, GatewayUnavailable) else 0
        pause = max(asked, 2**event.tries * random.uniform(1, 1.5))  # noqa: S311
        event.state = State.NEW
        event.next_try_at = timezone.now() + timedelta(seconds=pause)
        logger.warning("payments: event %s waits", event.event_id, exc_info=error)
    event.save(
        update_fields=["state", "lease_until", "last_error_class", "next_try_at"]
    )
