"""The text of a venture, and how it is divided."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.introductions.forms import PlainTextForm
from marketplace.money import CURRENCY_CHOICES
from marketplace.organisations.faces import face_of
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.plain_text import PlainTextField
from marketplace.ventures.actions import VentureText
from marketplace.ventures.models import WHOLE, JointVenture


class VentureForm(PlainTextForm):
    """Words, dates, currency and one share for each partner; shares add up to 100 %."""

    title = PlainTextField(
        label=_("Title"),
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("What you build together, and what each partner contributes."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    starts_on = forms.DateField(
        label=_("Starts on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    ends_on = forms.DateField(
        label=_("Ends on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    fee_currency = forms.ChoiceField(
        label=_("Currency of the programme fee"),
        help_text=_("One currency for all partners; it is part of the signed text."),
        choices=CURRENCY_CHOICES,
        initial="USD",
    )

    def __init__(
        self, *args: Any, organisations: Iterable[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = list(organisations)
        for organisation in self.organisations:
            name = face_of(organisation, Stage.ORGANISATION).name
            self.fields[self.share_field(organisation)] = forms.DecimalField(
                label=_("Share of %(name)s, in percent") % {"name": name},
                max_digits=5,
                decimal_places=2,
                min_value=Decimal("0.01"),
                max_value=Decimal(100),
                widget=forms.NumberInput(
                    attrs={"step": "0.01", "inputmode": "decimal", "dir": "ltr"}
                ),
            )

    @staticmethod
    def share_field(organisation: Organisation) -> str:
        return f"share_{organisation.public_id.hex}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The end cannot come before the start."))
        shares = [
            cleaned.get(self.share_field(organisation))
            for organisation in self.organisations
        ]
        if None not in shares and sum(filter(None, shares)) * 100 != WHOLE:
            last = self.share_field(self.organisations[-1])
            self.add_error(last, _("The shares have to add up to exactly 100%."))
        return cleaned

    def text(self) -> VentureText:
        """What was typed, as the action takes it; call it on a valid form."""
        data = self.cleaned_data
        return VentureText(
            title=data["title"],
            purpose=data["purpose"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            fee_currency=data["fee_currency"],
            ownership={
                organisation: int(data[self.share_field(organisation)] * 100)
                for organisation in self.organisations
            },
        )

    @classmethod
    def initial_of(cls, venture: JointVenture) -> dict[str, object]:
        """What the form shows when the text of this venture is to be changed."""
        initial: dict[str, object] = {
            name: getattr(venture, name)
            for name in ("title", "purpose", "starts_on", "ends_on", "fee_currency")
        }
        for party in venture.parties.select_related("organisation"):
            share = Decimal(party.ownership).scaleb(-2)
            initial[cls.share_field(party.organisation)] = share
        return initial
