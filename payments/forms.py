"""What payers and finance write: checked here, acted on elsewhere."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from marketplace.organisations.models import Side
from marketplace.plain_text import PlainTextField
from payments.models import Adjustment, Currency, FeeSchedule, ScheduleLine


class WaiverForm(forms.Form):
    """Why a partner asks not to pay; read by finance alone."""

    because = forms.ChoiceField(
        label=_("Reason"), choices=Adjustment.Reason.choices, widget=forms.RadioSelect
    )
    note = PlainTextField(
        label=_("In your own words"),
        help_text=_("Only the finance team reads it."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )


class FeeScheduleForm(forms.ModelForm):
    """What a venture costs, written in whole units as people write money."""

    total = forms.DecimalField(
        label=_("Total"),
        help_text=_("For the whole venture. 0 asks no fee."),
        min_value=0,
        max_digits=12,
    )

    il = forms.DecimalField(
        label=_("Israeli partner"), min_value=0, max_digits=12, required=False
    )
    ps = forms.DecimalField(
        label=_("Palestinian partner"), min_value=0, max_digits=12, required=False
    )
    third = forms.DecimalField(
        label=_("Partner of a third party"),
        help_text=_("Only where an amount for each side is charged."),
        min_value=0,
        max_digits=12,
        required=False,
    )
    instalment_over = forms.DecimalField(
        label=_("Instalments above"),
        help_text=_("A share above this may be paid in monthly parts."),
        min_value=0,
        max_digits=12,
        required=False,
    )

    class Meta:
        model = FeeSchedule
        fields = [
            "currency",
            "total",
            "mode",
            "il",
            "ps",
            "third",
            "waiver_rule",
            "waiver_percent",
            "most_instalments",
            "instalment_over",
            "due_days",
            "valid_from",
        ]
        widgets = {"valid_from": forms.DateInput({"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["total"] = self.instance.total.amount
            self.initial["instalment_over"] = self.instance.instalment_over.amount
            for line in self.instance.lines.all():
                self.initial[line.side] = line.amount.amount

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        currency, total = cleaned.get("currency"), cleaned.get("total")
        if currency is not None and total is not None:
            self.instance.total_minor = self._payable("total", total, currency)
        if currency is not None:
            over = cleaned.get("instalment_over") or Decimal(0)
            self.instance.instalment_over_minor = self._payable(
                "instalment_over", over, currency
            )
            self._read_lines(cleaned, currency)
        return cleaned

    def _read_lines(self, cleaned: dict[str, Any], currency: Currency) -> None:
        """An amount for each side, or for none; not all of them nothing."""
        adjusted = cleaned.get("mode") == FeeSchedule.Mode.ADJUSTED
        self.line_amounts: dict[str, int] = {}
        for side in Side.values if adjusted else ():
            amount = cleaned.get(side)
            if amount is None:
                if side not in self.errors:
                    self.add_error(side, _("Write what this side pays."))
                continue
            self.line_amounts[side] = self._payable(side, amount, currency)
        if adjusted and len(self.line_amounts) == len(Side) and not self._two_pay():
            self.add_error("il", _("Somebody has to pay something."))

    def _two_pay(self) -> bool:
        """Whether every pairing of two sides leaves something to be paid."""
        free = [side for side, minor in self.line_amounts.items() if minor == 0]
        return len(free) <= 1

    def save(self, commit: bool = True) -> FeeSchedule:
        schedule: FeeSchedule = super().save(commit)
        schedule.lines.all().delete()
        for side, minor in self.line_amounts.items():
            ScheduleLine.objects.create(
                schedule=schedule, side=side, amount_minor=minor
            )
        return schedule

    def _payable(self, field: str, total: Decimal, currency: Currency) -> int:
        try:
            minor = Money.from_major(total, currency.code).minor
        except ValueError:
            self.add_error(field, _("This currency has fewer decimals."))
            return 0
        if minor % currency.step_minor:
            self.add_error(field, _("The last decimal of this currency is 0."))
        return minor


class TransferForm(forms.Form):
    """A line of the bank's statement that pays a share."""

    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=12)
    reference = forms.CharField(label=_("The bank's reference"), max_length=80)
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput({"type": "date"})
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields["amount"].help_text = currency

    def clean_amount(self) -> Money:
        try:
            amount = Money.from_major(self.cleaned_data["amount"], self.currency)
        except ValueError as error:
            text = _("This currency has fewer decimals.")
            raise forms.ValidationError(text) from error
        if amount.minor == 0:
            raise forms.ValidationError(_("Write what came in."))
        return amount

    def clean_received_on(self) -> date:
        received_on: date = self.cleaned_data["received_on"]
        if received_on > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return received_on
