"""The repeatable rows: what a listing brings and what it needs."""

from itertools import islice, takewhile

from django import forms
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import BaseChildFormSet, ClusterForm

from marketplace.listings.models import Brings, Needs
from marketplace.plain_text import PlainTextField

MOST_ROWS = 8
WRITTEN = {"dir": "auto"}


class ItemForm(ClusterForm):
    """One row of what a listing brings or needs."""

    text = PlainTextField(
        label=_("In your own words"),
        max_length=300,
        required=False,
        widget=forms.TextInput(WRITTEN),
    )
    quantity = PlainTextField(
        label=_("How much"),
        max_length=80,
        required=False,
        widget=forms.TextInput(WRITTEN),
    )
    evidence = PlainTextField(
        label=_("What shows it"),
        help_text=_("A certificate, a reference, years of work. No names."),
        max_length=200,
        required=False,
        widget=forms.TextInput(WRITTEN),
    )

    class Meta:
        fields = ["capability", "text", "quantity", "evidence"]
        labels = {"capability": _("Kind of help")}

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        says_more = cleaned.get("quantity") or cleaned.get("evidence")
        if says_more and not (cleaned.get("text") or cleaned.get("capability")):
            self.add_error(
                "text", _("Choose a kind of help or say it in your own words.")
            )
        return cleaned


class BringsForm(ItemForm):
    class Meta(ItemForm.Meta):
        model = Brings


class NeedsForm(ItemForm):
    class Meta(ItemForm.Meta):
        model = Needs


class ItemFormSet(BaseChildFormSet):
    """The rows as an owner sends them, however the counts and keys were changed.

    Believes no count beyond what a listing can hold, and takes a row whose key is not
    one of this listing's for a new one.
    """

    def total_form_count(self) -> int:
        return min(super().total_form_count(), MOST_ROWS + 1)

    def initial_form_count(self) -> int:
        claimed = super().initial_form_count()
        if not self.is_bound:
            return claimed
        own = {"", *(str(item.pk) for item in self.get_queryset())}
        keys = (self.data.get(f"{self.add_prefix(n)}-id") for n in range(claimed))
        return len(list(takewhile(own.__contains__, islice(keys, MOST_ROWS))))


def rows_of(form: type[ItemForm]) -> dict[str, object]:
    return {
        "form": form,
        "formset": ItemFormSet,
        "fields": ItemForm.Meta.fields,
        "max_num": MOST_ROWS,
        "validate_max": True,
        "can_order": False,
    }
