"""Sending money back: asked for by one person, granted by another, sent once.

Granting speaks to the processor, so it is two short transactions with the call
between them; `resume_refund` finishes what a crash or a lost answer left.
"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.money import Money, WrongCurrency
from marketplace.people.models import User
from marketplace.refusals import require
from payments import ledger
from payments.aftermath import fail
from payments.exceptions import (
    AboveLimit,
    AlreadyDecided,
    Disputed,
    NothingToRefund,
    NotPayableAmount,
)
from payments.gateway import (
    GatewayError,
    GatewayRefused,
    GatewayUnavailable,
    RefundOrder,
    get_gateway,
)
from payments.matters import note
from payments.models import Discrepancy, PaymentAttempt, RefundRequest, Share
from payments.models.ledger import Account
from payments.modes import Mode, current_mode, deployment
from payments.notice_kinds import REFUND_SENT
from payments.permissions import (
    can_decide_refund,
    can_grant,
    can_pay,
    can_request_refund,
)
from payments.settling import settle
from payments.sync import sync_attempt
from payments.telling import tell_of_refund

State = RefundRequest.State


@transaction.atomic
def ask_for_refund(share: Share, *, by: User) -> None:
    """A payer asks finance to send money back; what becomes of it people decide.

    Safe to repeat while finance has not answered.
    """
    share = Share.objects.locked(share.pk)
    require(can_pay(by, share))
    about = f"share:{share.public_id}"
    kind = Discrepancy.Kind.REFUND_ASKED
    if Discrepancy.objects.filter(kind=kind, about=about, resolved_at=None).exists():
        return
    note(kind, about)
    log(share, "payments.refund_asked", user=by)


@transaction.atomic
def request_refund(
    attempt: PaymentAttempt,
    *,
    amount: Money,
    because: str,
    by: User,
    note: str = "",
    batch: UUID | None = None,
) -> RefundRequest:
    """One of finance asks that a payment, or a part of it, goes back."""
    attempt = PaymentAttempt.objects.locked(attempt.pk)
    require(can_request_refund(by, attempt))
    if amount.currency != attempt.currency_id:
        raise WrongCurrency
    if amount.minor % amount.unit.step:
        raise NotPayableAmount
    if amount.minor < 1 or refundable(attempt) < amount:
        raise NothingToRefund
    request = RefundRequest.objects.create(
        attempt=attempt,
        currency_id=amount.currency,
        amount_minor=amount.minor,
        reason=because,
        note=note,
        batch=batch,
        requested_by=by,
    )
    log(request, "payments.refund_requested", user=by)
    return request


def refundable(attempt: PaymentAttempt) -> Money:
    """What may still be asked back of a payment: held, and not spoken for."""
    spoken_for = attempt.refunds.filter(state__in=RefundRequest.SPOKEN_FOR)
    total = spoken_for.aggregate(total=Sum("amount_minor"))["total"] or 0
    left = ledger.returnable(attempt).minor - total
    return Money(max(left, 0), attempt.currency_id)


def approve_refund(request: RefundRequest, *, by: User) -> RefundRequest:
    """A second person agrees: by card it is sent at once, else by hand."""
    request = _grant(request, by)
    if request.state == State.SENDING:
        resume_refund(request)
        request.refresh_from_db()
    return request


@transaction.atomic(durable=True)
def _grant(request: RefundRequest, by: User) -> RefundRequest:
    request = _locked(request)
    require(can_decide_refund(by, request))
    if request.state != State.REQUESTED:
        raise AlreadyDecided
    if not can_grant(by, request.amount):
        raise AboveLimit
    if request.attempt.disputes.forbidding_refunds().exists():
        raise Disputed
    if ledger.returnable(request.attempt) < request.amount:
        raise NothingToRefund
    if request.attempt.mode != current_mode():
        raise NothingToRefund  # it was paid in another kind of money
    by_card = request.attempt.method == PaymentAttempt.Method.STRIPE_CHECKOUT
    _decide(request, by, State.SENDING if by_card else State.BY_HAND)
    log(request, "payments.refund_approved", user=by)
    return request


@transaction.atomic
def decline_refund(request: RefundRequest, *, by: User) -> RefundRequest:
    """The money stays; what was asked for is free to be asked again."""
    request = _locked(request)
    require(can_decide_refund(by, request))
    _decide(request, by, State.DECLINED)
    log(request, "payments.refund_declined", user=by)
    return request


def _locked(request: RefundRequest) -> RefundRequest:
    attempt = PaymentAttempt.objects.locked(request.attempt_id)
    rows = RefundRequest.objects.select_for_update(no_key=True)
    request = rows.get(pk=request.pk)
    request.attempt = attempt
    return request


def _decide(request: RefundRequest, by: User, state: str) -> None:
    # One save for both: the database demands a second person for a decided row.
    if request.state != State.REQUESTED:
        raise AlreadyDecided
    request.state, request.decided_by = state, by
    request.decided_at = timezone.now()
    request.save(update_fields=["state", "decided_by", "decided_at"])


def resume_refund(request: RefundRequest) -> None:
    """Send a granted refund, or learn that it was sent; safe to repeat at any time.

    The processor is asked first what it knows: a refund of ours is found by its
    reference even where the answer was lost and the idempotency key has run out.
    """
    if _was_sent_before(request) and not _learn(request):
        return
    try:
        get_gateway().refund(_order_of(request))
    except GatewayUnavailable:
        return  # the row says "sending"; the next sweep asks again
    except GatewayRefused as error:
        _refused(request, error.code)
    else:
        _learn(request)


def _was_sent_before(request: RefundRequest) -> bool:
    """Whether this may be a repeat: the first call follows the decision at once."""
    decided_at = request.decided_at or timezone.now()
    return timezone.now() - decided_at > timedelta(seconds=30)


def _learn(request: RefundRequest) -> bool:
    """Fetch the payment; True where its refund is still unknown over there."""
    try:
        sync_attempt(request.attempt)
    except GatewayError:
        return False
    request.refresh_from_db()
    return request.state == State.SENDING


def _order_of(request: RefundRequest) -> RefundOrder:
    return RefundOrder(
        reference=request.public_id,
        attempt=request.attempt.public_id,
        deployment=deployment(),
        intent_id=request.attempt.intent_id or "",
        amount=request.amount,
    )


@transaction.atomic(durable=True)
def _refused(request: RefundRequest, code: str) -> None:
    """A plain no: nothing was sent, and finance learns of it."""
    request = _locked(request)
    if request.state == State.SENDING:
        request.error_code = code[:60]
        request.save(update_fields=["error_code"])
        RefundRequest.lifecycle.advance(request, to=State.FAILED)
        log(request, "payments.refund_failed")
        fail(request, code)


@transaction.atomic
def record_refund_sent(
    request: RefundRequest, *, reference: str, sent_on: date, by: User
) -> RefundRequest:
    """The transfer back has left the programme's account: now it is booked."""
    request = _locked(request)
    require(can_decide_refund(by, request))
    attempt, share = request.attempt, request.attempt.share
    RefundRequest.lifecycle.advance(request, to=State.SUCCEEDED)
    request.bank_reference = reference
    request.save(update_fields=["bank_reference"])
    ledger.post(
        ledger.Fact(
            key=f"refund_out:{request.public_id}",
            kind=ledger.Kind.REFUND,
            legs=ledger.legs(
                debit=Account.REFUNDS,
                credit=Account.BANK_CLEARING,
                amount=request.amount,
            ),
            occurred_at=datetime.combine(sent_on, time(), tzinfo=UTC),
            mode=Mode(attempt.mode),
            source=ledger.Source.STAFF,
            fee=share.fee if share else None,
            share=share,
            attempt=attempt,
            actor=by,
        )
    )
    log(request, "payments.refund_succeeded", user=by)
    tell_of_refund(request, REFUND_SENT)
    if share is not None:
        settle(share)
    return request
