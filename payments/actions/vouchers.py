"""Vouchers of sponsors: asked for, issued by another person, redeemed once."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.money import Money
from marketplace.people.models import User
from marketplace.refusals import require
from payments import ledger
from payments.actions.checkout import supersede_live
from payments.actions.granting import book_adjustment
from payments.exceptions import (
    AboveLimit,
    AlreadyDecided,
    AlreadySettled,
    NotPayableAmount,
    OfferChanged,
    TransferPending,
    VoucherNotUsable,
)
from payments.models import Adjustment, Share, Voucher
from payments.modes import current_mode
from payments.permissions import (
    can_decide_voucher,
    can_grant,
    can_pay,
    can_request_voucher,
)
from payments.voucher_codes import hash_of, new_code

State = Voucher.State


@dataclass(frozen=True, slots=True)
class Offer:
    """What a voucher gives for a share, and what of it is lost: said before."""

    gives: Money
    lost: Money


@transaction.atomic
def request_voucher(
    *, sponsor: str, amount: Money, expires_on: date, by: User
) -> Voucher:
    """One of finance asks for a voucher; it has no code before another issues it."""
    require(can_request_voucher(by))
    if amount.minor < 1 or amount.minor % amount.unit.step:
        raise NotPayableAmount
    voucher = Voucher.objects.create(
        sponsor=sponsor,
        currency_id=amount.currency,
        amount_minor=amount.minor,
        mode=current_mode(),
        expires_on=expires_on,
        requested_by=by,
    )
    log(voucher, "payments.voucher_requested", user=by)
    return voucher


@transaction.atomic
def issue_voucher(voucher: Voucher, *, by: User) -> str:
    """A second person issues it within their limit; the code is known here and now only."""
    require(can_decide_voucher(by, voucher))
    if not can_grant(by, voucher.amount):
        raise AboveLimit
    code = new_code()
    _decide(voucher, by, State.ISSUED, code_hash=hash_of(code))
    return code


@transaction.atomic
def decline_voucher(voucher: Voucher, *, by: User) -> Voucher:
    """A second person says no; there never is a code."""
    require(can_decide_voucher(by, voucher))
    return _decide(voucher, by, State.DECLINED)


def _decide(
    voucher: Voucher, by: User, state: str, code_hash: str | None = None
) -> Voucher:
    voucher = _locked(voucher.pk, to=state)
    voucher.decided_by, voucher.decided_at = by, timezone.now()
    voucher.state, voucher.code_hash = state, code_hash
    # One save for all: the database demands a second person, and a code when issued.
    voucher.save(update_fields=["decided_by", "decided_at", "state", "code_hash"])
    log(voucher, f"payments.voucher_{state}", user=by)
    return voucher


@transaction.atomic
def withdraw_voucher(voucher: Voucher, *, by: User) -> Voucher:
    """A code that was lost or must not be used any more is worth nothing from now on."""
    require(can_request_voucher(by))
    voucher = _locked(voucher.pk, to=State.WITHDRAWN)
    voucher.state = State.WITHDRAWN
    voucher.save(update_fields=["state"])
    log(voucher, "payments.voucher_withdrawn", user=by)
    return voucher


def _locked(pk: int, *, to: str) -> Voucher:
    voucher = Voucher.objects.select_for_update(no_key=True).get(pk=pk)
    if not Voucher.lifecycle.allows(voucher, to=to):
        raise AlreadyDecided
    return voucher


def offer_of(share: Share, code: str, *, by: User) -> Offer:
    """What this code gives for this share; changes nothing.

    `VoucherNotUsable` is the same for every code that gives nothing here.
    """
    require(can_pay(by, share))
    return _offer(share, _find(share, code))


def _find(share: Share, code: str) -> Voucher:
    rows = Voucher.objects.usable_for(share, on=timezone.localdate())
    voucher = rows.filter(code_hash=hash_of(code)).first()
    if voucher is None:
        raise VoucherNotUsable
    return voucher


def _offer(share: Share, voucher: Voucher) -> Offer:
    still_open = ledger.open_amount(share)
    if still_open.minor == 0:
        raise AlreadySettled
    gives = min(still_open, voucher.amount)
    return Offer(gives, voucher.amount - gives)


def redeem_voucher(share: Share, code: str, *, gives: Money, by: User) -> Adjustment:
    """A partner lessens its share by a voucher, by as much as was said before.

    An open card page is closed first. `OfferChanged` where it would now give another
    amount than `gives`.
    """
    offer_of(share, code, by=by)  # a wrong code closes no page
    supersede_live(share)
    return _redeem(share, code, gives, by)


@transaction.atomic(durable=True)
def _redeem(share: Share, code: str, gives: Money, by: User) -> Adjustment:
    share = Share.objects.locked(share.pk)
    voucher = _find(share, code)
    try:
        voucher = _locked(voucher.pk, to=State.REDEEMED)
    except AlreadyDecided as error:
        raise VoucherNotUsable from error
    if share.attempts.live().exists():
        raise TransferPending
    if _offer(share, voucher).gives != gives:
        raise OfferChanged
    adjustment = Adjustment.objects.create(
        share=share,
        currency_id=gives.currency,
        amount_minor=gives.minor,
        kind=Adjustment.Kind.VOUCHER,
        rule=Adjustment.Rule.CODE,
        reason=Adjustment.Reason.OTHER,
        state=Adjustment.State.APPROVED,
        decided_at=timezone.now(),
    )
    voucher.state, voucher.adjustment = State.REDEEMED, adjustment
    voucher.save(update_fields=["state", "adjustment"])
    log(voucher, "payments.voucher_redeemed", user=by)
    book_adjustment(adjustment, share, memo="voucher")
    return adjustment
