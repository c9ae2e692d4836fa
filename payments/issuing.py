"""Issuing documents: numbered without gaps, their facts frozen as they are today."""

import hashlib
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from marketplace.money import Money
from marketplace.people.sealing import unseal
from marketplace.prepared import Reading
from payments.models import (
    Document,
    DocumentSeries,
    LedgerTransaction,
    Share,
    Subscription,
)
from payments.models.documents import DocumentKind
from payments.models.ledger import Account
from payments.modes import Mode

Kind = LedgerTransaction.Kind
# What each fact of a share calls for, and the account that holds its amount. A
# refund that failed and a dispute take nothing back that a document had said.
CALLED_FOR = {
    Kind.CHARGE: (DocumentKind.RECEIPT, Account.RECEIVABLE),
    Kind.TRANSFER: (DocumentKind.RECEIPT, Account.RECEIVABLE),
    Kind.REFUND: (DocumentKind.CREDIT_NOTE, Account.REFUNDS),
    Kind.ADJUSTMENT: (DocumentKind.WAIVER_LETTER, Account.RECEIVABLE),
}
SEATS_CALL_FOR = {
    Kind.CHARGE: (
        (DocumentKind.INVOICE, Account.SEAT_INCOME),
        (DocumentKind.RECEIPT, Account.SEAT_INCOME),
    ),
    Kind.REFUND: ((DocumentKind.CREDIT_NOTE, Account.REFUNDS),),
}
MARKS = {Mode.SANDBOX: "SANDBOX-", Mode.STRIPE_TEST: "TEST-", Mode.STRIPE_LIVE: ""}


# Asked whenever anything is heard of a share, and mostly answered with nothing.
_UNDOCUMENTED = Reading(
    lambda shares, language: LedgerTransaction.objects.filter(
        share__in=shares,
        kind__in=CALLED_FOR,
        documents__isnull=True,
        mode=F("share__fee__mode"),
    ).values_list("pk")
)


def issue_missing(share: Share) -> None:
    """Issue what the share's postings call for; safe to repeat.

    Runs in the transaction of the posting, under the locks of
    `Share.objects.locked`, so a document exists if and only if its fact is booked.
    """
    if share.due_minor:
        _issue_invoice(share)
    bare = [key for (key,) in _UNDOCUMENTED([share.pk], "")]
    if not bare:
        return
    for posting in share.postings.filter(pk__in=bare).order_by("recorded_at"):
        kind, account = CALLED_FOR[Kind(posting.kind)]
        total = _moved(posting, account)
        taken_back = kind == DocumentKind.WAIVER_LETTER and total > 0
        if not taken_back:
            _issue(share, kind, posting, Money(abs(total), share.currency_id))


def issue_missing_of_seat(seat: Subscription) -> None:
    """Issue what the payments of a seat call for; safe to repeat.

    Each payment is asked for and received at once, so it has an invoice and a
    receipt. What waits in suspense, because it is no sum agreed to, has neither.
    The caller holds the lock of `Subscription.objects.locked`.
    """
    postings = LedgerTransaction.objects.filter(
        attempt__seat=seat,
        kind__in=[Kind.CHARGE, Kind.REFUND],
        documents__isnull=True,
        mode=seat.mode,
    )
    for posting in postings.order_by("recorded_at").prefetch_related("entries"):
        for kind, account in SEATS_CALL_FOR[Kind(posting.kind)]:
            total = _moved(posting, account)
            if total:
                _issue(seat, kind, posting, Money(abs(total), seat.currency_id))


def _moved(posting: LedgerTransaction, account: Account) -> int:
    legs = posting.entries.all()
    return sum(leg.amount_minor for leg in legs if leg.account == account)


def _issue_invoice(share: Share) -> None:
    if share.documents.filter(kind=DocumentKind.INVOICE).exists():
        return
    raised = share.fee.postings.filter(kind=Kind.FEE).get()
    _issue(share, DocumentKind.INVOICE, raised, share.due)


def issue_void_notes(share: Share, posting: LedgerTransaction) -> None:
    """The invoice of a fee that is void is taken back by a credit note."""
    if share.documents.filter(kind=DocumentKind.INVOICE).exists():
        _issue(share, DocumentKind.CREDIT_NOTE, posting, share.due)


def _issue(
    about: Share | Subscription,
    kind: DocumentKind,
    posting: LedgerTransaction,
    amount: Money,
) -> Document:
    now = timezone.now()
    mode = Mode(posting.mode)
    year = timezone.localtime(now).year
    series = _locked_series(kind, mode, year)
    series.last_number += 1
    series.save(update_fields=["last_number"])
    reference = f"{MARKS[mode]}{kind.letter}-{year}-{series.last_number:05d}"
    document = Document(
        kind=kind,
        series=series,
        number=series.last_number,
        reference=reference,
        share=about if isinstance(about, Share) else None,
        seat=about if isinstance(about, Subscription) else None,
        posting=posting,
        currency_id=amount.currency,
        amount_minor=amount.minor,
        issued_at=now,
    )
    document.facts = {
        "reference": reference,
        "kind": kind.value,
        "mode": mode.value,
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "issued_on": timezone.localdate(now).isoformat(),
        "occurred_on": timezone.localdate(posting.occurred_at).isoformat(),
        "way": posting.attempt.method if posting.attempt else "",
        "issuer": dict(settings.PROGRAMME_ISSUER),
        "vat_percent": settings.PROGRAMME_VAT_PERCENT,
        **_facts(about, kind, posting),
    }
    document.facts_hash = hash_of(unseal(document.sealed_facts))
    document.save()
    return document


def _locked_series(kind: DocumentKind, mode: Mode, year: int) -> DocumentSeries:
    wanted: dict[str, Any] = {"kind": kind, "mode": mode, "year": year}
    locked = DocumentSeries.objects.select_for_update(no_key=True)
    series = locked.filter(**wanted).first()
    if series is None:  # the first document of its kind this year
        DocumentSeries.objects.get_or_create(**wanted)
        series = locked.get(**wanted)
    return series


def hash_of(text: str) -> str:
    """SHA-256 of what a document says: it stays when keys are changed."""
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(
    about: Share | Subscription, kind: DocumentKind, posting: LedgerTransaction
) -> dict[str, Any]:
    """What differs between a share of a fee and a seat; `what` is one of the two."""
    if isinstance(about, Share):
        payer, invoices = about.party.organisation, about.documents.all()
        facts = {
            "what": "share",
            "fee": str(about.fee.public_id),
            "due_on": about.fee.due_on.isoformat(),
        }
    else:
        payer = about.organisation
        invoices = about.documents.filter(posting__attempt=posting.attempt)
        facts = {"what": "seat"}
    return facts | {
        "payer": payer.legal_name or payer.alias,
        "payer_registration": payer.registration,
        "invoice": "" if kind == DocumentKind.INVOICE else _reference_of(invoices),
    }


def _reference_of(documents: QuerySet[Document]) -> str:
    invoice = documents.filter(kind=DocumentKind.INVOICE).first()
    return invoice.reference if invoice else ""
