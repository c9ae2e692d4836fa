"""What finance writes about a share or a fee: checked here, acted on elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from payments.models import Adjustment, Currency
from payments.refund_forms import AmountField

# A voucher is redeemed by its code, never entered by hand.
BY_HAND = [
    choice for choice in Adjustment.Kind.choices if choice[0] != Adjustment.Kind.VOUCHER
]


class AdjustmentForm(forms.Form):
    """How much less a partner pays, and why."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BY_HAND)
    amount = AmountField(label=_("Amount"))
    note = forms.CharField(
        label=_("Reason and evidence"),
        help_text=_("Only the finance team reads it."),
        max_length=500,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = currency  # type: ignore[attr-defined]
        self.fields["amount"].help_text = currency


class ReversalForm(forms.Form):
    """Why what was granted is taken back."""

    note = forms.CharField(
        label=_("Reason and evidence"),
        max_length=500,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )


class AnewForm(forms.Form):
    """The currency of the fee that takes the place of a void one."""

    currency = forms.ModelChoiceField(Currency.objects.all(), label=_("Currency"))

    def clean_currency(self) -> str:
        code: str = self.cleaned_data["currency"].code
        return code
