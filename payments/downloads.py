"""Documents as answers to a browser."""

from django.http import HttpResponse

from payments.documents import render
from payments.models import Document


def pdf_response(document: Document, language: str) -> HttpResponse:
    """The PDF as a file of its own name, which no cache may keep."""
    response = HttpResponse(
        render(document.facts, language), content_type="application/pdf"
    )
    name = f"{document.reference}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
