"""What waits for people of finance; nobody is shown what only another may decide."""

from collections.abc import Iterable

from django.db.models import Model
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from payments.models import (
    Adjustment,
    Discrepancy,
    Dispute,
    Fee,
    OfflinePayment,
    PaymentAttempt,
    RefundRequest,
    Share,
    StripeEvent,
    Voucher,
)
from payments.screening import shares_waiting

from .waiting import SHOWN, Waiting


def _facts_of(row: Model) -> str:
    return reverse(f"{row._meta.model_name}:inspect", args=[row.pk])


def payments_to_verify(finder: AdminURLFinder) -> Iterable[Waiting]:
    """Organisations that cannot pay before a decision; neither venture nor amount."""
    waiting = shares_waiting()
    shares = (
        Share.objects.unsettled()
        .filter(public_id__in=waiting)
        .exclude(fee__state=Fee.State.VOID)
        .select_related("party__organisation")
    )
    lines = [(waiting[share.public_id].noted_at, share) for share in shares]
    for since, share in sorted(lines, key=lambda line: line[0])[: SHOWN + 1]:
        organisation = share.party.organisation
        url = finder.get_edit_url(organisation) or ""
        yield Waiting(str(organisation), since, url)


def disputes_to_answer(finder: AdminURLFinder) -> Iterable[Waiting]:
    """What a payer's bank takes back unless it is answered; the bank sets the day."""
    rows = Dispute.objects.still_open().filter(answer_by__isnull=False)
    for row in rows.order_by("answer_by")[: SHOWN + 1]:
        yield Waiting(str(row), row.opened_at, _facts_of(row), row.answer_by)


def waivers_to_decide(finder: AdminURLFinder) -> Iterable[Waiting]:
    rows = Adjustment.objects.filter(state=Adjustment.State.REQUESTED)
    rows = rows.exclude(requested_by=finder.user)
    for row in rows.order_by("requested_at")[: SHOWN + 1]:
        yield Waiting(str(row), row.requested_at, _facts_of(row))


def refunds_to_decide(finder: AdminURLFinder) -> Iterable[Waiting]:
    rows = RefundRequest.objects.filter(state=RefundRequest.State.REQUESTED)
    rows = rows.exclude(requested_by=finder.user)
    for row in rows.order_by("requested_at")[: SHOWN + 1]:
        yield Waiting(str(row), row.requested_at, _facts_of(row))


def transfers_to_confirm(finder: AdminURLFinder) -> Iterable[Waiting]:
    rows = OfflinePayment.objects.filter(
        confirmed_at=None, attempt__state__in=PaymentAttempt.LIVE
    ).exclude(recorded_by=finder.user)
    for row in rows.order_by("recorded_at")[: SHOWN + 1]:
        yield Waiting(str(row), row.recorded_at, _facts_of(row))


def vouchers_to_issue(finder: AdminURLFinder) -> Iterable[Waiting]:
    rows = Voucher.objects.filter(state=Voucher.State.REQUESTED)
    rows = rows.exclude(requested_by=finder.user)
    for row in rows.order_by("requested_at")[: SHOWN + 1]:
        yield Waiting(str(row), row.requested_at, _facts_of(row))


def matters_of_finance(finder: AdminURLFinder) -> Iterable[Waiting]:
    """What does not agree, or needs a person."""
    rows = Discrepancy.objects.unresolved().exclude(kind=Discrepancy.Kind.SCREENING)
    for row in rows.order_by("noted_at")[: SHOWN + 1]:
        yield Waiting(str(row), row.noted_at, _facts_of(row))


def failed_events(finder: AdminURLFinder) -> Iterable[Waiting]:
    rows = StripeEvent.objects.filter(state=StripeEvent.State.FAILED)
    for row in rows.order_by("received_at")[: SHOWN + 1]:
        label = f"{row.type} · {row.last_error_class}"
        yield Waiting(label, row.received_at, _facts_of(row))
