"""No table leaves the staff area unrecorded, or runs in a spreadsheet.

Both hold for Wagtail's own reports as well: they share one mixin, which has no setting
for either, and each report is a class of its own.
"""

from functools import wraps
from typing import Any, cast

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from marketplace.audit.actions import record
from marketplace.audit.models import Entry
from marketplace.people.models import User
from marketplace.spreadsheets import safe_cell


def note_export(request: HttpRequest, *, form: str, rows: int) -> Entry:
    """Who took which table out, in which form and how many rows; no word of them.

    Written before the first byte leaves, so that one broken off is recorded too.
    """
    match = request.resolver_match
    return record(
        Entry.Kind.EXPORTED,
        by=cast(User, request.user),
        table=match.view_name if match else "",
        form=form,
        rows=rows,
    )


def guard_exports() -> None:
    """Every table is recorded, and every cell of text made harmless as it is written."""
    as_written = SpreadsheetExportMixin.preprocess_field_value
    as_taken = SpreadsheetExportMixin.as_spreadsheet

    @wraps(as_written)
    def harmless(
        self: SpreadsheetExportMixin, field: str, value: object, export_format: str
    ) -> object:
        cell = as_written(self, field, value, export_format)
        return safe_cell(cell) if isinstance(cell, str) else cell

    @wraps(as_taken)
    def recorded(
        self: Any, queryset: Any, spreadsheet_format: str
    ) -> HttpResponseBase | None:
        rows = queryset.count() if isinstance(queryset, QuerySet) else len(queryset)
        note_export(self.request, form=spreadsheet_format, rows=rows)
        return as_taken(self, queryset, spreadsheet_format)

    SpreadsheetExportMixin.preprocess_field_value = harmless
    SpreadsheetExportMixin.as_spreadsheet = recorded
