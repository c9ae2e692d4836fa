"""The only way a subscription's facts come in: fetch, lock, merge by start of fetch."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.organisations.actions import (
    end_entitlement,
    grant_entitlement,
    move_entitlement_end,
)
from marketplace.organisations.models import MANDATES, Entitlement
from marketplace.people.clock import clock_user
from payments.aftermath import book_payment
from payments.charges import Payment
from payments.gateway import get_gateway
from payments.issuing import issue_missing_of_seat
from payments.matters import note
from payments.models import Discrepancy, PaymentAttempt, Subscription
from payments.modes import Mode, deployment
from payments.notice_kinds import (
    SEAT_CONFIRM,
    SEAT_ENDED,
    SEAT_MONEY_BACK,
    SEAT_UNPAID,
)
from payments.seat_facts import SubscriptionFacts
from payments.seat_standing import GRANTING, KNOWN, entitled_until
from payments.seat_steps import agreed_amounts, finish_steps, settle_change
from payments.telling import tell_investors


def sync_subscription(
    row: Subscription, *, subscription_id: str = "", also: Iterable[str] = ()
) -> None:
    """Learn from the processor how a seat stands; any `GatewayError` passes.

    `subscription_id` helps a row whose own answer was lost; it is believed only if
    what is fetched under it names this row. `also` names payments by intent that may
    be older than what is fetched anyway.
    """
    finish_steps(row)
    started = timezone.now()
    wanted = row.subscription_id or subscription_id
    if not wanted and row.session_id:
        page = get_gateway().fetch_seat_page(row.session_id)
        wanted = page.subscription_id
        if not wanted and page.status == "expired":
            abandon(row)
    if wanted:
        facts = get_gateway().fetch_subscription(wanted, also=also)
        merge_subscription(row, facts, fetched_at=started)


@transaction.atomic(durable=True)
def abandon(row: Subscription) -> None:
    locked = Subscription.objects.locked(row.pk)
    if locked.status == Subscription.OPENING:
        locked.status = Subscription.ABANDONED
        locked.save(update_fields=["status"])


@transaction.atomic(durable=True)
def merge_subscription(
    row: Subscription, facts: SubscriptionFacts, *, fetched_at: datetime
) -> None:
    """Book each payment once; keep the state of the latest fetch, and what it grants.

    States of a subscription go back and forth, so an older fetch changes none.
    """
    row = Subscription.objects.locked(row.pk)
    if (facts.reference, facts.deployment, facts.livemode) != (
        str(row.public_id),
        deployment(),
        Mode(row.mode).is_live,
    ):
        note(
            Discrepancy.Kind.FACT_DIFFERS,
            f"subscription:{row.public_id}",
            expected=f"{row.public_id} {deployment()}",
            found=f"{facts.reference} {facts.deployment} {facts.livemode}",
        )
        return
    for payment in facts.payments:
        _merge_payment(row, payment, fetched_at)
    if row.fetch_started_at is None or row.fetch_started_at < fetched_at:
        settle_change(row, facts, fetched_at)
        _remember(row, facts, fetched_at)
        _entitle(row, facts)


def _merge_payment(row: Subscription, payment: Payment, fetched_at: datetime) -> None:
    """Income where the amount is the one agreed on; else it waits in suspense."""
    charge = payment.charge
    attempt, _is_new = PaymentAttempt.objects.get_or_create(
        intent_id=payment.intent_id,
        seat=row,
        defaults={
            "amount_minor": charge.amount.minor,
            "currency_id": charge.amount.currency,
            "state": PaymentAttempt.State.SUCCEEDED,
            "language": row.language,
            "mode": row.mode,
            "livemode": Mode(row.mode).is_live,
            "started_by": row.started_by,
            "created_at": charge.made_at,
        },
    )
    agrees = (
        charge.amount.currency == row.currency_id
        and charge.amount.minor in agreed_amounts(row)
    )
    if not agrees:
        note(
            Discrepancy.Kind.FACT_DIFFERS,
            charge.id,
            expected=f"{row.amount_minor} {row.currency_id}",
            found=f"{charge.amount.minor} {charge.amount.currency}",
        )
    book_payment(attempt, payment, agrees=agrees, fetched_at=fetched_at)
    issue_missing_of_seat(row)


def _remember(
    row: Subscription, facts: SubscriptionFacts, fetched_at: datetime
) -> None:
    was = row.status
    row.status = facts.status[:40]
    row.subscription_id, row.customer_id = facts.id, facts.customer_id
    row.period_start, row.period_end = facts.period_start, facts.period_end
    row.trial_end = facts.trial_end
    row.cancel_at_period_end = facts.cancel_at_period_end
    went_back = facts.is_returned and not row.is_returned
    row.is_returned = facts.is_returned
    asked = bool(facts.confirm_url) and not row.asks_bank
    row.asks_bank = bool(facts.confirm_url)
    row.fetch_started_at = fetched_at
    row.save()
    if row.status != was:
        log(row, "payments.seat_changed", data={"from": was, "to": row.status})
    if asked and row.status == "past_due":
        tell_investors(row, SEAT_CONFIRM, once=f"confirm:{row.period_start:%Y-%m-%d}")
    elif row.status != was:
        _tell(row)
    if went_back and row.status in GRANTING:
        log(row, "payments.seat_money_back")
        tell_investors(row, SEAT_MONEY_BACK, once=f"back:{row.period_start:%Y-%m-%d}")
    if row.status not in KNOWN:
        note(
            Discrepancy.Kind.UNKNOWN_STATE,
            f"subscription:{row.public_id}",
            found=row.status,
        )


def _tell(row: Subscription) -> None:
    """The two changes that people must hear of; what they did themselves is none."""
    if row.status == "past_due":
        tell_investors(row, SEAT_UNPAID, once=f"unpaid:{row.period_start:%Y-%m-%d}")
    elif row.status in ("canceled", "unpaid"):
        tell_investors(row, SEAT_ENDED, once="ended")


def _entitle(row: Subscription, facts: SubscriptionFacts) -> None:
    """The right carries its own end, so a seat lapses even while payments is down."""
    until, clock = entitled_until(facts), clock_user()
    held = Entitlement.objects.filter(source=row.entitlement_source).first()
    if until is None:
        if held is not None:
            end_entitlement(held, by=clock)
    elif held is None:
        grant_entitlement(
            row.organisation,
            feature=MANDATES,
            source=row.entitlement_source,
            by=clock,
            ends_at=until,
        )
    elif held.ends_at != until:
        move_entitlement_end(held, ends_at=until, by=clock)
