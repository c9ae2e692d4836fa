"""What finance writes about refunds: checked here, acted on elsewhere."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from marketplace.taxonomy.models import Place
from payments.actions.crisis import Cancelled
from payments.models import Currency, RefundRequest


class AmountField(forms.DecimalField):
    """An amount in whole units, read as `Money` of the form's currency."""

    def __init__(self, *, currency: str = "", **kwargs: Any) -> None:
        super().__init__(min_value=0, max_digits=12, **kwargs)
        self.currency = currency

    def clean(self, value: Any) -> Money | None:
        amount = super().clean(value)
        if amount is None:
            return None
        try:
            money = Money.from_major(amount, self.currency)
        except ValueError as error:
            text = _("This currency has fewer decimals.")
            raise forms.ValidationError(text) from error
        if money.minor == 0 and self.required:
            raise forms.ValidationError(_("Write an amount."))
        if money.minor % money.unit.step:
            text = _("The last decimal of this currency is 0.")
            raise forms.ValidationError(text)
        return money


class PastDateField(forms.DateField):
    """A day that has come already."""

    widget = forms.DateInput({"type": "date"})

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class RefundForm(forms.Form):
    """How much of a payment goes back, and why."""

    amount = AmountField(label=_("Amount"))
    because = forms.ChoiceField(label=_("Reason"), choices=RefundRequest.Reason.choices)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Only the finance team reads it."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = currency  # type: ignore[attr-defined]
        self.fields["amount"].help_text = currency


class RefundSentForm(forms.Form):
    """The line of the bank's statement by which the money left."""

    reference = forms.CharField(label=_("The bank's reference"), max_length=80)
    sent_on = PastDateField(label=_("Sent on"))


class CrisisForm(forms.Form):
    """Which payments a crisis touches."""

    currency = forms.ModelChoiceField(Currency.objects.all(), label=_("Currency"))
    paid_from = PastDateField(label=_("Paid from"))
    paid_until = PastDateField(label=_("Paid until"))
    place = forms.ModelChoiceField(
        Place.objects.all(),
        label=_("District of a partner"),
        required=False,
        help_text=_("Empty: every district."),
    )
    note = forms.CharField(
        label=_("Note"), max_length=500, widget=forms.TextInput({"dir": "auto"})
    )

    def cancelled(self) -> Cancelled:
        found = self.cleaned_data
        return Cancelled(
            currency=found["currency"].code,
            paid_from=found["paid_from"],
            paid_until=found["paid_until"],
            place_id=found["place"].pk if found["place"] else None,
        )
