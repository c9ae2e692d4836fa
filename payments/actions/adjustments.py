"""Waivers: asked for by one person, decided by another, booked once."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.money import Money, WrongCurrency
from marketplace.people.models import User
from marketplace.refusals import require
from payments import ledger
from payments.actions.checkout import supersede_live
from payments.actions.granting import book_adjustment
from payments.exceptions import (
    AboveLimit,
    AlreadyDecided,
    AlreadySettled,
    AmountTooHigh,
    NotPayableAmount,
    WaiverPending,
)
from payments.models import Adjustment, Fee, Share
from payments.notice_kinds import WAIVER_DECLINED
from payments.permissions import (
    can_adjust,
    can_ask_for_waiver,
    can_decide_waiver,
    can_grant,
)
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
    return _request(share, due, by, reason=because, note=note)


@transaction.atomic
def request_adjustment(
    share: Share, *, kind: str, amount: Money, note: str, by: User
) -> Adjustment:
    """One of finance asks that a share be lessened by a part of what is open."""
    share = Share.objects.locked(share.pk)
    require(can_adjust(by, share))
    if amount.currency != share.currency_id:
        raise WrongCurrency
    if amount.minor % amount.unit.step:
        raise NotPayableAmount
    if amount.minor < 1 or ledger.open_amount(share) < amount:
        raise AmountTooHigh
    reason = Adjustment.Reason.OTHER
    return _request(share, amount, by, kind=kind, reason=reason, note=note)


@transaction.atomic
def request_reversal(adjustment: Adjustment, *, note: str, by: User) -> Adjustment:
    """One of finance asks to take back what was granted; the share opens again."""
    share = Share.objects.locked(adjustment.share_id)
    require(can_adjust(by, share))
    adjustment = Adjustment.objects.select_for_update(no_key=True).get(pk=adjustment.pk)
    if adjustment.state != Adjustment.State.APPROVED or adjustment.reverses_id:
        raise AlreadyDecided
    if Adjustment.objects.filter(reverses=adjustment).exists():
        raise WaiverPending
    return _request(
        share,
        adjustment.amount,
        by,
        kind=adjustment.kind,
        reason=Adjustment.Reason.OTHER,
        note=note,
        reverses=adjustment,
    )


def _request(share: Share, amount: Money, by: User, **words: object) -> Adjustment:
    if share.adjustments.filter(state=Adjustment.State.REQUESTED).exists():
        raise WaiverPending
    adjustment = Adjustment.objects.create(
        share=share,
        currency_id=amount.currency,
        amount_minor=amount.minor,
        requested_by=by,
        **words,
    )
    log(adjustment, "payments.waiver_requested", user=by)
    return adjustment


def approve_waiver(adjustment: Adjustment, *, by: User) -> Adjustment:
    """Grant it within one's limit: an open card page is closed first, then it is booked."""
    require(can_decide_waiver(by, adjustment))
    if not can_grant(by, adjustment.amount):
        raise AboveLimit
    supersede_live(adjustment.share)
    return _approve(adjustment, by)


@transaction.atomic(durable=True)
def _approve(adjustment: Adjustment, by: User) -> Adjustment:
    share = Share.objects.locked(adjustment.share_id)
    adjustment = _decide(adjustment, by, Adjustment.State.APPROVED)
    takes_back = adjustment.reverses_id is not None
    if share.fee.state == Fee.State.VOID:
        raise AlreadySettled
    if not takes_back and ledger.open_amount(share) < adjustment.amount:
        raise AmountTooHigh
    book_adjustment(adjustment, share, by=by)
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
