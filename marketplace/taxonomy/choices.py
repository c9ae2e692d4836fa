"""The long lists of a form, read once a page and grouped as people look for them."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from .constants import STEP_CHOICES
from .isic import SECTION_OF_DIVISION
from .models import Capability, Sector, reader_language

Choices = list[tuple[object, object]]


class RowsField(forms.ModelMultipleChoiceField):
    """Several rows by key; one that no database could hold is wrong, not an error."""

    LONGEST_KEY = 18

    def clean(self, value: list[str] | None) -> QuerySet:
        for key in value or ():
            if len(str(key)) > self.LONGEST_KEY:
                message = self.error_messages["invalid_pk_value"]
                raise forms.ValidationError(message, params={"pk": str(key)[:20]})
        return super().clean(value)


def sector_choices() -> Choices:
    """Sectors by section, each by its name in the reader's language."""
    name = f"name_{reader_language()}"
    rows = list(
        Sector.objects.order_by("code").values_list("pk", "code", "level", name)
    )
    titles = {code: title for _pk, code, level, title in rows if level == "section"}
    groups: dict[str, Choices] = {}
    for pk, code, level, title in rows:
        if level != "section":
            section = SECTION_OF_DIVISION.get(code[:2], "")
            groups.setdefault(titles.get(section, _("Other")), []).append((pk, title))
    return [("", _("Choose a sector")), *groups.items()]


def capability_choices() -> Choices:
    """Kinds of help by the steps of the value chain, in the reader's language."""
    name = f"name_{reader_language()}"
    groups: dict[str, Choices] = {step: [] for step, _label in STEP_CHOICES}
    for pk, step, title in Capability.objects.order_by(name).values_list(
        "pk", "step", name
    ):
        groups.setdefault(step, []).append((pk, title))
    labels = dict(STEP_CHOICES)
    shown = [(labels.get(step, step), rows) for step, rows in groups.items() if rows]
    return [("", _("Choose a kind of help")), *shown]
