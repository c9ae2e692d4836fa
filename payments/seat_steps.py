"""What was begun for a seat and not yet seen through: another plan, another card.

Each may be done twice: before every fetch of a seat its open steps are finished.
"""

from contextlib import suppress
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.money import Money
from payments.gateway import GatewayRefused, get_gateway
from payments.models import SeatChange, Subscription
from payments.seat_facts import PlanChange, SubscriptionFacts

State = SeatChange.State


def finish_steps(row: Subscription) -> None:
    """Make the calls that are still owed for this seat; any `GatewayError` passes."""
    if row.card_session_id and row.subscription_id:
        _take_card(row, row.subscription_id)
    change = row.changes.open().filter(sent_at__isnull=True).first()
    if change is not None and row.subscription_id:
        _send(change, row.subscription_id)


def _take_card(row: Subscription, subscription_id: str) -> None:
    session_id = row.card_session_id
    try:
        page = get_gateway().fetch_card_page(session_id)
        if page.status == "complete" and page.method_id:
            get_gateway().use_card(subscription_id, page.method_id)
            log(row, "payments.seat_card_changed")
        is_over = page.status != "open"
    except GatewayRefused:
        is_over = True  # a plain no stays one; the old card goes on
    if is_over:
        # Another page may have been opened meanwhile: only this one is let go.
        left = Subscription.objects.filter(pk=row.pk, card_session_id=session_id)
        left.update(card_session_id="")
        row.card_session_id = ""


def _send(change: SeatChange, subscription_id: str) -> None:
    if not change.may_be_repeated:
        _note(change, State.LAPSED)
        return
    if change.first_sent_at is None and not _may_go(change, subscription_id):
        return
    gateway = get_gateway()
    make = gateway.plan_later if change.from_next else gateway.change_plan
    try:
        make(subscription_id, order_of(change))
    except GatewayRefused:
        _note(change, State.LAPSED)
        raise
    SeatChange.objects.filter(pk=change.pk).update(sent_at=timezone.now())


def _may_go(change: SeatChange, subscription_id: str) -> bool:
    """Asked before the first call only: after it the sum may be another by itself."""
    due = change.due if change.from_next else None
    if due is None:
        with suppress(GatewayRefused):
            due = get_gateway().quote_plan(subscription_id, order_of(change))
    return _begin(change, due)


@transaction.atomic
def _begin(change: SeatChange, due: Money | None) -> bool:
    """Whether the call goes out; one that went out meanwhile is not measured any more."""
    change = SeatChange.objects.select_for_update(no_key=True).get(pk=change.pk)
    if change.state != State.ASKED:
        return False
    if change.first_sent_at is None:
        if due != change.due:
            _note(change, State.LAPSED)
            return False
        change.first_sent_at = timezone.now()
        change.save(update_fields=["first_sent_at"])
    return True


def order_of(change: SeatChange) -> PlanChange:
    """What is asked of Stripe: made of the row, so that a repeat is the same."""
    return PlanChange(
        reference=change.public_id,
        amount=change.amount,
        interval=change.interval,
        at=change.counted_from,
    )


@transaction.atomic
def _note(change: SeatChange, state: SeatChange.State) -> None:
    """Forward only; the caller may hold the seat's lock."""
    change = SeatChange.objects.select_for_update(no_key=True).get(pk=change.pk)
    if SeatChange.lifecycle.allows(change, to=state):
        SeatChange.lifecycle.advance(change, to=state)
        log(change.subscription, f"payments.seat_change_{state}")


def settle_change(
    row: Subscription, facts: SubscriptionFacts, fetched_at: datetime
) -> None:
    """Whether the open change came to be, as the latest fetch tells it."""
    change = row.changes.open().first()
    if change is None:
        return
    if (facts.amount, facts.interval) == (change.amount, change.interval):
        row.plan_id, row.interval = change.plan_id, change.interval
        row.amount_minor = change.amount_minor
        _note(change, State.DONE)
    elif _is_over(change, facts, fetched_at):
        _note(change, State.LAPSED)


def _is_over(
    change: SeatChange, facts: SubscriptionFacts, fetched_at: datetime
) -> bool:
    was_sent = change.sent_at is not None and change.sent_at < fetched_at
    if change.from_next:
        return was_sent and facts.later != str(change.public_id)
    return was_sent and not facts.is_change_pending


def agreed_amounts(row: Subscription) -> set[int]:
    """Every sum this organisation ever agreed to pay for this seat, in minor units."""
    agreed = {row.amount_minor}
    for change in row.changes.all():
        agreed |= {change.was_minor, change.due_minor, change.amount_minor}
    return agreed
