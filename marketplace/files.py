"""Answers that carry a file made for one reader, at that moment."""

from django.http import HttpResponse


def file_for_reader(data: bytes, *, name: str, kind: str) -> HttpResponse:
    """A download that nobody on the way keeps: a withdrawal hides at once."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
