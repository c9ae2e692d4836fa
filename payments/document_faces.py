"""What its own people see of a document: its number, and where it can be read."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation

from marketplace.money import Money
from payments.models import Document


@dataclass(frozen=True, slots=True)
class DocumentFace:
    """A document of the payer's own share or seat; `urls` by language code."""

    label: str
    reference: str
    issued_at: datetime
    amount: Money
    urls: tuple[tuple[str, str], ...]


def document_faces(rows: QuerySet[Document]) -> list[DocumentFace]:
    """What was issued, the latest first, each in three languages."""
    return [
        DocumentFace(
            label=str(row.get_kind_display()),
            reference=row.reference,
            issued_at=row.issued_at,
            amount=row.amount,
            urls=tuple((code, _in(code, row)) for code, _name in settings.LANGUAGES),
        )
        for row in rows
    ]


def _in(language: str, document: Document) -> str:
    with translation.override(language):
        return document.get_absolute_url()
