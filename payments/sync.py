"""The only way facts of card payments come in: fetch, then lock, then merge.

Worker, return page and reconciliation all come here, at once if need be. Facts at
the processor only grow, so a fetch that merges late does no harm.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from payments.aftermath import book_payment
from payments.gateway import AttemptFacts, get_gateway
from payments.matters import note
from payments.models import Discrepancy, PaymentAttempt
from payments.modes import deployment
from payments.seat_sync import sync_subscription
from payments.settling import settle

State = PaymentAttempt.State
REMOTE_STATES = {
    "open": State.OPEN,
    "complete": State.OPEN,  # until a charge says that it was paid
    "expired": State.EXPIRED,
}


class NothingToFetch(Exception):
    """The attempt has no page at the processor yet."""


def sync_attempt(attempt: PaymentAttempt, *, session_id: str = "") -> None:
    """Learn from the processor how an attempt stands; any `GatewayError` passes.

    `session_id` helps an attempt whose own answer was lost; it is believed only if
    the page fetched under it names this attempt.
    """
    if attempt.seat is not None:
        sync_subscription(attempt.seat, also=[attempt.intent_id or ""])
        return
    wanted = attempt.session_id or session_id
    if not wanted:
        raise NothingToFetch
    started = timezone.now()
    facts = get_gateway().fetch_attempt(wanted)
    merge_facts(attempt, facts, fetched_at=started)


@transaction.atomic(durable=True)
def merge_facts(
    attempt: PaymentAttempt, facts: AttemptFacts, *, fetched_at: datetime
) -> None:
    """Book each fact once, move the attempt forward, and settle what is settled."""
    attempt = PaymentAttempt.objects.locked(attempt.pk)
    if not _is_about(attempt, facts):
        note(
            Discrepancy.Kind.FACT_DIFFERS,
            f"attempt:{attempt.public_id}",
            expected=f"{attempt.public_id} {deployment()}",
            found=f"{facts.checkout.reference} {facts.checkout.deployment}",
        )
        return
    agrees = _agrees(attempt, facts)
    _advance(attempt, facts)
    _remember(attempt, facts, fetched_at)
    if facts.payment is not None:
        book_payment(attempt, facts.payment, agrees=agrees, fetched_at=fetched_at)
    if agrees and attempt.share is not None:
        settle(attempt.share)


def _is_about(attempt: PaymentAttempt, facts: AttemptFacts) -> bool:
    return (
        facts.checkout.reference == str(attempt.public_id)
        and facts.checkout.deployment == deployment()
    )


def _agrees(attempt: PaymentAttempt, facts: AttemptFacts) -> bool:
    """Whether amount, currency and kind of money are those that were asked for."""
    charged = facts.payment.charge.amount if facts.payment else attempt.amount
    if (facts.amount, charged, facts.livemode) == (
        attempt.amount,
        attempt.amount,
        attempt.livemode,
    ):
        return True
    note(
        Discrepancy.Kind.FACT_DIFFERS,
        f"attempt:{attempt.public_id}",
        expected=f"{attempt.amount_minor} {attempt.currency_id} {attempt.livemode}",
        found=f"{charged.minor} {charged.currency} {facts.livemode}",
    )
    return False


def _advance(attempt: PaymentAttempt, facts: AttemptFacts) -> None:
    """Forward only: an older fetch finds no move that its lifecycle allows."""
    status = facts.checkout.status
    state = State.SUCCEEDED if facts.payment else REMOTE_STATES.get(status)
    if state is None:
        note(
            Discrepancy.Kind.UNKNOWN_STATE,
            f"attempt:{attempt.public_id}",
            found=status,
        )
    elif PaymentAttempt.lifecycle.allows(attempt, to=state):
        PaymentAttempt.lifecycle.advance(attempt, to=state)


def _remember(
    attempt: PaymentAttempt, facts: AttemptFacts, fetched_at: datetime
) -> None:
    """Keep the ids for good, and the last decline by the latest fetch."""
    attempt.session_id = attempt.session_id or facts.checkout.session_id
    attempt.intent_id = attempt.intent_id or facts.intent_id or None
    attempt.checkout_url = attempt.checkout_url or facts.checkout.url
    if attempt.fetch_started_at is None or attempt.fetch_started_at < fetched_at:
        attempt.fetch_started_at = fetched_at
        attempt.error_code = facts.error_code[:60]
    attempt.save(
        update_fields=[
            "session_id",
            "intent_id",
            "checkout_url",
            "fetch_started_at",
            "error_code",
        ]
    )
