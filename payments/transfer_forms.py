"""What finance writes about banks and cash: checked here, acted on elsewhere."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation
from payments.models import Currency, Share
from payments.references import find_in
from payments.refund_forms import AmountField, PastDateField

MOST_BYTES = 2 * 1024 * 1024


class StatementForm(forms.Form):
    """A file of the bank, and the currency of its account."""

    currency = forms.ModelChoiceField(
        Currency.objects.all(), label=_("Currency of the account")
    )
    statement = forms.FileField(
        label=_("File"),
        help_text=_("CSV with a date, an amount and details in each line."),
    )

    def clean_statement(self) -> bytes:
        file: UploadedFile = self.cleaned_data["statement"]
        if file.size is None or file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is too large."))
        content: bytes = file.read()
        return content


class MatchForm(forms.Form):
    """Whose money a line is, by the reference of the share."""

    reference = forms.CharField(
        label=_("Reference of the share"),
        max_length=20,
        widget=forms.TextInput({"dir": "ltr"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for reference in find_in(cleaned.pop("reference", "")):
            share = Share.objects.filter(reference=reference).first()
            if share is not None:
                return cleaned | {"share": share}
        raise forms.ValidationError(_("No share has this reference."))


class CashForm(forms.Form):
    """Cash over the desk of an organisation of the programme, and its receipt."""

    amount = AmountField(label=_("Amount"))
    taken_by = forms.ModelChoiceField(Organisation.objects.none(), label=_("Taken by"))
    reference = forms.CharField(label=_("Number of its receipt"), max_length=80)
    received_on = PastDateField(label=_("Received on"))

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = currency  # type: ignore[attr-defined]
        self.fields["amount"].help_text = currency
        choices = Organisation.objects.verified().order_by("alias")
        self.fields["taken_by"].queryset = choices  # type: ignore[attr-defined]
