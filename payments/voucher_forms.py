"""What is written about vouchers: checked here, acted on elsewhere."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from payments.models import Currency

LONGEST = timedelta(days=3 * 366)


class VoucherRequestForm(forms.Form):
    """Who gives how much, and until when the code counts."""

    sponsor = forms.CharField(
        label=_("Sponsor"),
        help_text=_("Only the finance team reads it."),
        max_length=120,
        widget=forms.TextInput({"dir": "auto"}),
    )
    currency = forms.ModelChoiceField(Currency.objects.all(), label=_("Currency"))
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=12)
    expires_on = forms.DateField(
        label=_("Last day"), widget=forms.DateInput({"type": "date"})
    )

    def clean_expires_on(self) -> date:
        day: date = self.cleaned_data["expires_on"]
        today = timezone.localdate()
        if not today <= day <= today + LONGEST:
            raise forms.ValidationError(
                _("Choose a day from today on, within three years.")
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Leaves `amount` as `Money`, ready for the action."""
        found = self.cleaned_data
        if "amount" in found and "currency" in found:
            try:
                money = Money.from_major(found["amount"], found["currency"].code)
            except ValueError:
                self.add_error("amount", _("This currency has fewer decimals."))
                return found
            if money.minor == 0:
                self.add_error("amount", _("Write an amount."))
            found["amount"] = money
        return found

    def words(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name]
            for name in ("sponsor", "amount", "expires_on")
        }


class VoucherForm(forms.Form):
    """A code, and once its offer was shown, the amount that was said."""

    code = forms.CharField(
        label=_("Code of the voucher"),
        help_text=_("Sixteen signs. Capital or small letters make no difference."),
        max_length=40,
        widget=forms.TextInput(
            {"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    gives = forms.IntegerField(
        min_value=1, max_value=10**15, required=False, widget=forms.HiddenInput
    )
