"""A field for an amount as people type it."""

from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LARGEST_AMOUNT = Decimal(10) ** 12


class AmountField(forms.CharField):
    """An amount in major units as people type it: 12,500 or 12500.50."""

    widget = forms.TextInput

    def __init__(self, **kwargs: object) -> None:
        super().__init__(required=False, max_length=20, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "dir": "ltr"}

    def clean(self, value: object) -> Decimal | None:
        typed = str(super().clean(value)).replace(",", "").replace(" ", "")
        if not typed:
            return None
        try:
            amount = Decimal(typed)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not amount.is_finite():
            raise ValidationError(_("Write the amount in digits, for example 12500."))
        if amount < 0:
            raise ValidationError(_("An amount cannot be below zero."))
        if amount > LARGEST_AMOUNT:
            raise ValidationError(_("This amount is too large."))
        return amount
