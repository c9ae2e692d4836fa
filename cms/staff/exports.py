"""No table that leaves the staff area runs in a spreadsheet, Wagtail's own included."""

from functools import wraps

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from payments.spreadsheets import safe_cell


def disarm_exports() -> None:
    """Every cell of text is made harmless as it is written, in CSV and XLSX.

    Members write titles, and Wagtail's reports export them as they are. The mixin has
    no setting for it, and each report is a class of its own; so its one door of cells
    is changed, for reports to come as well.
    """
    as_written = SpreadsheetExportMixin.preprocess_field_value

    @wraps(as_written)
    def harmless(
        self: SpreadsheetExportMixin, field: str, value: object, export_format: str
    ) -> object:
        cell = as_written(self, field, value, export_format)
        return safe_cell(cell) if isinstance(cell, str) else cell

    SpreadsheetExportMixin.preprocess_field_value = harmless
