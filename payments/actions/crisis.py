"""Refunds in bulk when a crisis cancels what was paid for: looked at before asked."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from marketplace.exceptions import DomainError
from marketplace.money import Money
from marketplace.people.models import User
from payments.actions.refunds import approve_refund, refundable, request_refund
from payments.exceptions import PreviewChanged
from payments.models import PaymentAttempt, RefundRequest
from payments.modes import current_mode


@dataclass(frozen=True, slots=True)
class RefundLine:
    """What one payment would send back, and whether something stands in the way."""

    attempt: PaymentAttempt
    amount: Money
    is_disputed: bool

    @property
    def is_possible(self) -> bool:
        return self.amount.minor > 0 and not self.is_disputed


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Which payments of fees a crisis touches: made between two days, in one currency.

    `place_id` narrows to fees of ventures with a partner in that district.
    """

    currency: str
    paid_from: date
    paid_until: date
    place_id: int | None = None

    def attempts(self) -> QuerySet[PaymentAttempt]:
        found = PaymentAttempt.objects.filter(
            share__isnull=False,
            state=PaymentAttempt.State.SUCCEEDED,
            mode=current_mode(),
            currency_id=self.currency,
            created_at__date__range=(self.paid_from, self.paid_until),
        )
        if self.place_id is not None:
            found = found.filter(
                share__fee__venture__parties__organisation__place=self.place_id
            )
        return found.select_related("share__party__organisation").distinct()


def preview(cancelled: Cancelled) -> list[RefundLine]:
    """Every payment that would go back, and those that cannot; nothing is written."""
    return [
        RefundLine(
            attempt, refundable(attempt), attempt.disputes.forbidding_refunds().exists()
        )
        for attempt in cancelled.attempts().order_by("pk")
    ]


@transaction.atomic
def request_crisis_refunds(
    cancelled: Cancelled, *, expected: Money, by: User, note: str = ""
) -> list[RefundRequest]:
    """Ask for all of them under one number; another person grants them.

    `expected` is the total that was previewed: if it has changed, nothing is asked.
    """
    lines = [line for line in preview(cancelled) if line.is_possible]
    if total_of(lines, cancelled.currency) != expected:
        raise PreviewChanged
    batch = uuid.uuid4()
    return [
        request_refund(
            line.attempt,
            amount=line.amount,
            because=RefundRequest.Reason.CRISIS,
            note=note,
            batch=batch,
            by=by,
        )
        for line in lines
    ]


def total_of(lines: Iterable[RefundLine], currency: str) -> Money:
    return Money(sum(line.amount.minor for line in lines if line.is_possible), currency)


def approve_batch(
    batch: uuid.UUID, *, by: User
) -> dict[RefundRequest, DomainError | None]:
    """Grant what was asked together, one after the other; each may be refused."""
    waiting = RefundRequest.objects.filter(
        batch=batch, state=RefundRequest.State.REQUESTED
    ).select_related("attempt__share__party__organisation")
    outcome: dict[RefundRequest, DomainError | None] = {}
    for request in waiting.order_by("pk"):
        try:
            outcome[approve_refund(request, by=by)] = None
        except DomainError as refusal:
            outcome[request] = refusal
    return outcome
