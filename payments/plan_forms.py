"""What staff write about a plan, in whole units as people write money."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from payments.models import Plan


class PlanForm(forms.ModelForm):
    """A plan; subscriptions that run keep the figures they began with."""

    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=12)

    class Meta:
        model = Plan
        fields = [
            "key",
            "name_en",
            "name_he",
            "name_ar",
            "currency",
            "amount",
            "interval",
            "trial_days",
            "free_up_to",
            "is_offered",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["amount"] = self.instance.amount.amount

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        currency, amount = cleaned.get("currency"), cleaned.get("amount")
        if currency is None or amount is None:
            return cleaned
        try:
            money = Money.from_major(amount, currency.code)
        except ValueError:
            self.add_error("amount", _("This currency has fewer decimals."))
            return cleaned
        if not currency.takes_card(money) or money.minor % currency.step_minor:
            self.add_error("amount", _("A card cannot be charged this amount."))
        self.instance.amount_minor = money.minor
        return cleaned
