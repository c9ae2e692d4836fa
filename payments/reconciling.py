"""What tasks and webhooks did not finish, finished by asking."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from django.db.models import Q
from django.utils import timezone

from marketplace.exceptions import DomainError
from marketplace.ventures.models import JointVenture
from payments import checking, event_handlers
from payments.actions.checkout import resume_attempt
from payments.actions.fees import raise_fee
from payments.actions.refunds import resume_refund
from payments.exceptions import CheckoutUnavailable
from payments.gateway import (
    GatewayError,
    GatewayRefused,
    GatewayUnavailable,
    get_gateway,
)
from payments.matters import note
from payments.models import (
    Discrepancy,
    Dispute,
    PaymentAttempt,
    RefundRequest,
    StripeEvent,
    Subscription,
)
from payments.modes import current_mode, deployment
from payments.seat_sync import sync_subscription
from payments.sync import sync_attempt

PATIENCE = timedelta(minutes=1)  # an attempt this old was left by its own request
OPEN_FOR = timedelta(minutes=5)
SEATS_EVERY = timedelta(hours=1)
PAYLOADS_KEPT = timedelta(days=90)

Row = TypeVar("Row", PaymentAttempt, Subscription)
logger = logging.getLogger("payments")


def retry_events() -> int:
    """Work off every event whose time has come; returns how many were looked at."""
    ready = StripeEvent.objects.ready(at=timezone.now()).order_by("pk")
    pks = list(ready.values_list("pk", flat=True)[:500])
    for pk in pks:
        event_handlers.process(pk)
    return len(pks)


def forget_payloads() -> int:
    """Empty the payloads of old events; their ids stay. Returns how many."""
    old = StripeEvent.objects.filter(received_at__lt=timezone.now() - PAYLOADS_KEPT)
    done = old.filter(state__in=[StripeEvent.State.DONE, StripeEvent.State.IGNORED])
    return done.exclude(payload={}).update(payload={})


def resume_attempts() -> int:
    """Finish the calls that a crash or a lost answer left open; returns how many."""
    left = PaymentAttempt.objects.by_card().filter(
        state=PaymentAttempt.State.CREATING,
        created_at__lt=timezone.now() - PATIENCE,
    )
    return _each(resume_attempt, left)


def sync_open_attempts() -> int:
    """Ask how each open page stands, every five minutes; returns how many answered."""
    a_while_ago = timezone.now() - OPEN_FOR
    waiting = PaymentAttempt.objects.by_card().filter(
        Q(fetch_started_at__isnull=True) | Q(fetch_started_at__lt=a_while_ago),
        state=PaymentAttempt.State.OPEN,
        created_at__lt=a_while_ago,
    )
    return _each(sync_attempt, waiting)


def sync_seats() -> int:
    """Ask how each seat stands, once an hour, a page just opened after five minutes."""
    now = timezone.now()
    waiting = Subscription.objects.live().filter(
        Q(fetch_started_at__lt=now - SEATS_EVERY)
        | Q(fetch_started_at__isnull=True, created_at__lt=now - OPEN_FOR),
        mode=current_mode(),
    )
    return _each(sync_subscription, waiting)


def resume_refunds() -> int:
    """Finish refunds that were granted and not yet sent; returns how many."""
    left = RefundRequest.objects.filter(
        state=RefundRequest.State.SENDING, decided_at__lt=timezone.now() - PATIENCE
    ).select_related("attempt")
    for request in left:
        resume_refund(request)
    return len(left)


def sync_aftermaths() -> int:
    """Ask about refunds on their way and disputes that are open; returns how many."""
    waiting = PaymentAttempt.objects.by_card().filter(
        Q(refunds__state=RefundRequest.State.PENDING)
        | Q(disputes__in=Dispute.objects.still_open())
    )
    return _each(sync_attempt, waiting.distinct())


def sync_pages_since(since: datetime) -> Iterator[str]:
    """Compare Stripe's pages with our rows; yields the ids of those not ours."""
    for page in get_gateway().find_checkouts(since=since):
        if page.deployment != deployment():
            continue
        attempt = PaymentAttempt.objects.filter(public_id=page.reference).first()
        if attempt is None:
            note(Discrepancy.Kind.UNKNOWN_OBJECT, page.session_id, found=page.status)
            yield page.session_id
        elif page.status == "complete" and not attempt.postings.exists():
            _each(partial(sync_attempt, session_id=page.session_id), [attempt])


def sync_seats_since(since: datetime) -> Iterator[str]:
    """Compare paid bills with our seats; yields the subscriptions that no row knows."""
    for bill in get_gateway().find_seat_bills(since=since):
        if bill.deployment != deployment():
            continue
        row = Subscription.objects.filter(public_id=bill.reference).first()
        if row is None:
            note(Discrepancy.Kind.UNKNOWN_SEAT, bill.subscription_id, found="paid")
            yield bill.subscription_id
        elif set(bill.intents) - set(row.payments.values_list("intent_id", flat=True)):
            ask = partial(
                sync_subscription,
                subscription_id=bill.subscription_id,
                also=bill.intents,
            )
            _each(ask, [row])


def sync_returned_since(since: datetime) -> int:
    """Ask about what was refunded or disputed, should nobody have told us of it."""
    returned = list(get_gateway().find_returned(since=since))
    return _each(sync_attempt, PaymentAttempt.objects.filter(intent_id__in=returned))


def check_postings_since(since: datetime) -> Iterator[str]:
    """Payments we booked that Stripe does not know; yields the attempts' ids."""
    booked = PaymentAttempt.objects.by_card().filter(
        postings__kind="charge",
        postings__occurred_at__gte=since,
        mode=current_mode(),
    )
    for attempt in booked.distinct():
        try:
            payment = get_gateway().fetch_payment(attempt.intent_id or "")
        except GatewayRefused:
            payment = None
        keys = set(attempt.postings.filter(kind="charge").values_list("key", flat=True))
        charge = payment.charge if payment else None
        if charge is None or keys != {f"charge:{charge.id}"}:
            note(
                Discrepancy.Kind.NO_REMOTE,
                f"attempt:{attempt.public_id}",
                expected=" ".join(sorted(keys)),
                found=f"charge:{charge.id}" if charge else "",
            )
            yield str(attempt.public_id)


def note_breaches() -> Iterator[str]:
    """What the ledger's own rules say, each also a matter for finance."""
    for breach in checking.breaches():
        note(Discrepancy.Kind.RULE_BROKEN, breach[:120], found=breach)
        yield breach


def raise_missing_fees() -> int:
    """Raise the fees that waited for a schedule; returns how many were raised."""
    waiting = JointVenture.objects.filter(
        status=JointVenture.Status.AGREED, fees__isnull=True
    )
    return sum(raise_fee(venture) is not None for venture in waiting)


def _each(work: Callable[[Row], object], rows: Iterable[Row]) -> int:
    """Do it for each; one that fails waits, and a Stripe out of reach ends the round."""
    done = 0
    for row in rows:
        try:
            work(row)
        except (GatewayError, DomainError) as error:
            name = type(error).__name__
            logger.warning("payments: %s waits: %s", row.public_id, name)
            if isinstance(error, (GatewayUnavailable, CheckoutUnavailable)):
                break
        else:
            done += 1
    return done
