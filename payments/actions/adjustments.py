"""Waivers: asked for by one person, decided by another, booked once."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.people.models import User
from marketplace.refusals import require
from payments import ledger
from payments.actions.checkout import supersede_live
from payments.exceptions import AlreadySettled, AmountTooHigh, WaiverPending
from payments.models import Adjustment, Share
from payments.models.ledger import Account
from payments.modes import Mode
from payments.notice_kinds import WAIVER_DECLINED
from payments.permissions import can_ask_for_waiver, can_decide_waiver
from payments.settling import settle
from payments.telling import tell_payers


@transaction.atomic
def request_waiver(
    share: Share, *, by: User, because: str, note: str = ""
) -> Adjustment:
    """A partner need not pay what is still open, if finance agrees."""
    share = Share.objects.locked(share.pk)
    require(can_ask_for_waiver(by, share))
    due = ledger.open_amount(share)
    if due.minor == 0:
        raise AlreadySettled
    if share.adjustments.filter(state=Adjustment.State.REQUESTED).exists():
        raise WaiverPending
    adjustment = Adjustment.objects.create(
        share=share,
        currency_id=due.currency,
        amount_minor=due.minor,
        reason=because,
        note=note,
        requested_by=by,
    )
    log(adjustment, "payments.waiver_requested", user=by)
    return adjustment


def approve_waiver(adjustment: Adjustment, *, by: User) -> Adjustment:
    """Grant a waiver: an open card page is closed first, then the share is settled."""
    require(can_decide_waiver(by, adjustment))
    supersede_live(adjustment.share)
    return _approve(adjustment, by)


@transaction.atomic(durable=True)
def _approve(adjustment: Adjustment, by: User) -> Adjustment:
    share = Share.objects.locked(adjustment.share_id)
    adjustment = _decide(adjustment, by, Adjustment.State.APPROVED)
    due = ledger.open_amount(share)
    if due < adjustment.amount:
        raise AmountTooHigh
    ledger.post(
        ledger.Fact(
            key=f"adj:{adjustment.public_id}",
            kind=ledger.Kind.ADJUSTMENT,
            legs=ledger.legs(
                debit=Account.WAIVED,
                credit=Account.RECEIVABLE,
                amount=adjustment.amount,
            ),
            occurred_at=timezone.now(),
            mode=Mode(share.fee.mode),
            source=ledger.Source.STAFF,
            fee=share.fee,
            share=share,
            actor=by,
        )
    )
    settle(share)
    return adjustment


@transaction.atomic
def decline_waiver(adjustment: Adjustment, *, by: User) -> Adjustment:
    """Say no to a request; the share stays as it is and its payers are told."""
    require(can_decide_waiver(by, adjustment))
    share = Share.objects.locked(adjustment.share_id)
    adjustment = _decide(adjustment, by, Adjustment.State.DECLINED)
    tell_payers(share, WAIVER_DECLINED)
    return adjustment


def _decide(adjustment: Adjustment, by: User, state: str) -> Adjustment:
    adjustment = Adjustment.objects.select_for_update(no_key=True).get(pk=adjustment.pk)
    adjustment.decided_by, adjustment.decided_at = by, timezone.now()
    # One save for both: the database demands a second person for a decided row.
    if not Adjustment.lifecycle.allows(adjustment, to=state):
        raise AlreadySettled
    adjustment.state = state
    adjustment.save(update_fields=["decided_by", "decided_at", "state"])
    log(adjustment, f"payments.waiver_{state}", user=by)
    return adjustment
