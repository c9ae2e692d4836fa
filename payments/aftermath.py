"""A payment and what came after it: booked, and matched with our own rows."""

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from wagtail.log_actions import log

from payments import ledger
from payments.booking import postings_of
from payments.charges import DisputeCase, Payment, Refund
from payments.matters import note
from payments.models import Discrepancy, Dispute, PaymentAttempt, RefundRequest
from payments.notice_kinds import REFUND_FAILED, REFUND_SENT
from payments.telling import tell_of_refund

State = RefundRequest.State
# Any other word of the processor's (pending, requires_action) is not the last one.
REMOTE_STATES = {
    "succeeded": State.SUCCEEDED,
    "failed": State.FAILED,
    "canceled": State.FAILED,
}


def book_payment(
    attempt: PaymentAttempt, payment: Payment, *, agrees: bool, fetched_at: datetime
) -> None:
    """Post each fact once; bring refunds and disputes up to the facts, forward only.

    The caller holds the locks of `PaymentAttempt.objects.locked`.
    """
    for fact in postings_of(attempt, payment, agrees=agrees):
        ledger.post(fact)
    for refund in payment.refunds:
        _merge_refund(attempt, refund)
    for case in payment.cases:
        _merge_case(attempt, case, fetched_at)


def _merge_refund(attempt: PaymentAttempt, refund: Refund) -> None:
    request = _request_of(attempt, refund)
    if request is None:
        note(
            Discrepancy.Kind.FOREIGN_REFUND,
            refund.id,
            found=f"{refund.amount.minor} {refund.amount.currency} {refund.status}",
        )
        return
    if request.refund_id is None:
        request.refund_id = refund.id
        request.save(update_fields=["refund_id"])
    state = REMOTE_STATES.get(refund.status, State.PENDING)
    was = request.state
    if not RefundRequest.lifecycle.allows(request, to=state):
        return
    RefundRequest.lifecycle.advance(request, to=state)
    log(request, f"payments.refund_{state}")
    if state == State.FAILED:
        fail(request, "came_home")
    elif was == State.SENDING:
        tell_of_refund(request, REFUND_SENT)


def fail(request: RefundRequest, code: str) -> None:
    """Finance must find another way; payers who were told of it hear it too."""
    note(
        Discrepancy.Kind.REFUND_FAILED,
        f"refund:{request.public_id}",
        expected=f"{request.amount_minor} {request.currency_id}",
        found=code,
    )
    if request.refund_id:
        tell_of_refund(request, REFUND_FAILED)


def _request_of(attempt: PaymentAttempt, refund: Refund) -> RefundRequest | None:
    named = Q(refund_id=refund.id)
    with suppress(ValueError):  # one made in the processor's own pages has no UUID
        named |= Q(public_id=UUID(refund.reference))
    return attempt.refunds.select_for_update(no_key=True).filter(named).first()


def _merge_case(
    attempt: PaymentAttempt, case: DisputeCase, fetched_at: datetime
) -> None:
    dispute, is_new = Dispute.objects.get_or_create(
        dispute_id=case.id,
        defaults={
            "attempt": attempt,
            "currency_id": case.amount.currency,
            "amount_minor": case.amount.minor,
            "opened_at": case.opened_at,
            **_changing(case, fetched_at),
        },
    )
    if is_new:
        log(dispute, "payments.dispute_opened")
        note(
            Discrepancy.Kind.DISPUTED,
            f"dispute:{case.id}",
            expected=f"{case.amount.minor} {case.amount.currency}",
            found=case.status,
        )
    elif dispute.fetch_started_at < fetched_at:
        was = dispute.status
        for name, value in _changing(case, fetched_at).items():
            setattr(dispute, name, value)
        dispute.save(update_fields=[*_changing(case, fetched_at)])
        if dispute.is_closed and dispute.status != was:
            log(dispute, "payments.dispute_closed")


def _changing(case: DisputeCase, fetched_at: datetime) -> dict[str, object]:
    return {
        "status": case.status[:40],
        "reason": case.reason[:60],
        "is_charge_refundable": case.is_charge_refundable,
        "answer_by": case.answer_by,
        "fetch_started_at": fetched_at,
    }
