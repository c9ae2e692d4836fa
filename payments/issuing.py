"""Issuing documents: numbered without gaps, their facts frozen as they are today."""

import hashlib
from typing import Any

from django.conf import settings
from django.utils import timezone

from marketplace.money import Money
from marketplace.people.sealing import unseal
from payments.models import Document, DocumentSeries, LedgerTransaction, Share
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
MARKS = {Mode.SANDBOX: "SANDBOX-", Mode.STRIPE_TEST: "TEST-", Mode.STRIPE_LIVE: ""}


def issue_missing(share: Share) -> None:
    """Issue what the share's postings call for; safe to repeat.

    Runs in the transaction of the posting, under the locks of
    `Share.objects.locked`, so a document exists if and only if its fact is booked.
    """
    if share.due_minor:
        _issue_invoice(share)
    for posting in share.postings.filter(
        kind__in=CALLED_FOR, documents__isnull=True, mode=share.fee.mode
    ).order_by("recorded_at"):
        kind, account = CALLED_FOR[Kind(posting.kind)]
        total = sum(
            entry.amount_minor
            for entry in posting.entries.all()
            if entry.account == account
        )
        taken_back = kind == DocumentKind.WAIVER_LETTER and total > 0
        if not taken_back:
            _issue(share, kind, posting, Money(abs(total), share.currency_id))


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
    share: Share, kind: DocumentKind, posting: LedgerTransaction, amount: Money
) -> Document:
    now = timezone.now()
    mode = Mode(share.fee.mode)
    year = timezone.localtime(now).year
    DocumentSeries.objects.get_or_create(kind=kind, mode=mode, year=year)
    series = DocumentSeries.objects.select_for_update(no_key=True).get(
        kind=kind, mode=mode, year=year
    )
    series.last_number += 1
    series.save(update_fields=["last_number"])
    reference = f"{MARKS[mode]}{kind.letter}-{year}-{series.last_number:05d}"
    document = Document(
        kind=kind,
        series=series,
        number=series.last_number,
        reference=reference,
        share=share,
        posting=posting,
        currency_id=amount.currency,
        amount_minor=amount.minor,
        issued_at=now,
    )
    facts = _facts(share, kind, posting, amount, reference)
    document.facts = facts | {"issued_on": timezone.localdate(now).isoformat()}
    document.facts_hash = hash_of(unseal(document.sealed_facts))
    document.save()
    return document


def hash_of(text: str) -> str:
    """SHA-256 of what a document says: it stays when keys are changed."""
    return hashlib.sha256(text.encode()).hexdigest()


def _facts(
    share: Share,
    kind: DocumentKind,
    posting: LedgerTransaction,
    amount: Money,
    reference: str,
) -> dict[str, Any]:
    payer = share.party.organisation
    return {
        "reference": reference,
        "kind": kind.value,
        "mode": share.fee.mode,
        "amount_minor": amount.minor,
        "currency": amount.currency,
        "due_on": share.fee.due_on.isoformat(),
        "occurred_on": timezone.localdate(posting.occurred_at).isoformat(),
        "way": posting.attempt.method if posting.attempt else "",
        "invoice": _invoice_of(share, kind),
        "fee": str(share.fee.public_id),
        "payer": payer.legal_name or payer.alias,
        "payer_registration": payer.registration,
        "issuer": dict(settings.PROGRAMME_ISSUER),
        "vat_percent": settings.PROGRAMME_VAT_PERCENT,
    }


def _invoice_of(share: Share, kind: DocumentKind) -> str:
    if kind == DocumentKind.INVOICE:
        return ""
    invoice = share.documents.filter(kind=DocumentKind.INVOICE).first()
    return invoice.reference if invoice else ""
