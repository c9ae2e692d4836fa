"""The one form of a mandate; search shows it beside what it would have found."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.amounts import AmountField
from marketplace.money import CURRENCY_CHOICES, UNITS, Money
from marketplace.organisations.models import Organisation, Trait
from marketplace.plain_text import PlainTextField
from marketplace.taxonomy.choices import RowsField, sector_choices
from marketplace.taxonomy.constants import (
    INSTRUMENT_CHOICES,
    LANGUAGE_CHOICES,
    STAGE_CHOICES,
)
from marketplace.taxonomy.models import Place, Sector

from .actions import Conditions
from .models import InvestorMandate, Must

SECTORS = 5
WRITTEN = {"dir": "auto"}


def _several(label: object, choices: object, **kwargs: object) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        **kwargs,
    )


class MandateForm(forms.ModelForm):
    """What an investor looks for. `save(commit=False)` gives it to `save_mandate`."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("For"))
    name = PlainTextField(
        label=_("Name of the mandate"),
        help_text=_("For you alone, to tell your mandates apart."),
        max_length=80,
        widget=forms.TextInput(WRITTEN),
    )
    words = PlainTextField(
        label=_("What you look for, in your own words"),
        help_text=_(
            "Compared with the words of every new listing, in all three languages."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 5, **WRITTEN}),
    )
    places = RowsField(
        Place.objects.all(),
        label=_("Districts"),
        help_text=_("None chosen means anywhere."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    stages = _several(_("Stages"), STAGE_CHOICES)
    instruments = _several(_("In which form you fund"), INSTRUMENT_CHOICES)
    languages = _several(_("Languages you can work in"), LANGUAGE_CHOICES)
    traits = _several(
        _("What the organisation says of itself"),
        Trait.choices,
        help_text=_("Only organisations that chose to show it are found by it."),
    )
    amount_from = AmountField(label=_("Amount from"))
    amount_to = AmountField(label=_("Amount to"))
    musts = _several(
        _("What may not be missing"),
        Must.choices,
        help_text=_(
            "A listing that misses one of these is never sent. The rest adds points."
        ),
    )

    class Meta:
        model = InvestorMandate
        fields = [
            "organisation",
            "name",
            "words",
            "written_in",
            "amount_currency",
            "cadence",
            "stages",
            "instruments",
            "languages",
            "traits",
            "musts",
        ]
        widgets = {"cadence": forms.RadioSelect}

    def __init__(
        self, *args: object, organisations: Iterable[Organisation], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer_organisations(list(organisations))
        choices = sector_choices()
        chosen = list(self.instance.sectors.all()) if self.instance.pk else []
        for number in range(1, SECTORS + 1):
            self.fields[f"sector_{number}"] = forms.ModelChoiceField(
                Sector.objects.all(),
                label=_("Sector %(number)s") % {"number": number},
                required=False,
                initial=chosen[number - 1].pk if number <= len(chosen) else None,
            )
            self.fields[f"sector_{number}"].widget.choices = choices
        self.fields["places"].queryset = Place.objects.by_name()
        self.fields["amount_currency"].choices = [
            ("", _("Choose one")),
            *CURRENCY_CHOICES,
        ]
        self.fields["cadence"].choices = InvestorMandate.Cadence.choices
        if self.instance.pk:
            self.initial["places"] = list(self.instance.places.all())
            ends = zip(("amount_from", "amount_to"), self.instance.amounts, strict=True)
            self.initial.update({name: f"{end.amount:f}" for name, end in ends if end})
        self.order_fields(self._order())

    def _offer_organisations(self, organisations: list[Organisation]) -> None:
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(
            pk__in=[organisation.pk for organisation in organisations]
        )
        field.disabled = self.instance.pk is not None
        if len(organisations) == 1:
            self.initial["organisation"] = organisations[0].pk
            field.widget = field.hidden_widget()

    def _order(self) -> list[str]:
        sectors = [f"sector_{number}" for number in range(1, SECTORS + 1)]
        return [
            *("organisation", "name", "words", "written_in", *sectors),
            *("stages", "amount_from", "amount_to", "amount_currency", "instruments"),
            *("places", "languages", "traits", "musts", "cadence"),
        ]

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        self._read_amounts(cleaned)
        missing = [must for must in cleaned.get("musts", ()) if not self._says(must)]
        for must in missing:
            self.add_error(
                "musts",
                _("%(condition)s: you have not said which, so it cannot be a must.")
                % {"condition": Must(must).label},
            )
        if not self.errors and not self._narrows():
            self.add_error(
                None,
                _(
                    "Every listing would fit this mandate. Name a sector, a stage, an "
                    "amount, a form of funding, a district, or say it in your own "
                    "words."
                ),
            )
        if not self.errors and cleaned.get("cadence") == "at_once":
            self._refuse_haste()
        return cleaned

    def _refuse_haste(self) -> None:
        """Without a sector every listing would have to be weighed the moment it comes."""
        if not self._sectors():
            self.add_error(
                "cadence",
                _("Name at least one sector to be told at once, or choose once a day."),
            )

    def _says(self, must: str) -> bool:
        if must == Must.SECTORS:
            return bool(self._sectors())
        if must == Must.AMOUNT:
            return self.instance.amount_min is not None or (
                self.instance.amount_max is not None
            )
        return bool(self.cleaned_data.get(must))

    def _narrows(self) -> bool:
        names = ("words", "stages", "places", "traits", "instruments")
        return (
            bool(self._sectors())
            or self._says(Must.AMOUNT)
            or any(self.cleaned_data.get(name) for name in names)
        )

    def _sectors(self) -> list[Sector]:
        chosen = (
            self.cleaned_data.get(f"sector_{number}")
            for number in range(1, SECTORS + 1)
        )
        return list(dict.fromkeys(sector for sector in chosen if sector))

    def _read_amounts(self, cleaned: dict[str, object]) -> None:
        currency = str(cleaned.get("amount_currency") or "")
        ends = {name: cleaned.get(name) for name in ("amount_from", "amount_to")}
        self.instance.amount_min = self.instance.amount_max = None
        if all(end is None for end in ends.values()):
            cleaned["amount_currency"] = ""
            return
        if not currency:
            if "amount_currency" not in self.errors:
                self.add_error(
                    "amount_currency", _("Choose the currency of the amount.")
                )
            return
        minors = {name: self._minor(name, currency) for name in ends}
        low, high = minors.values()
        if low is not None and high is not None and low > high:
            self.add_error(
                "amount_to", _("The second amount is smaller than the first.")
            )
            return
        self.instance.amount_min, self.instance.amount_max = low, high

    def _minor(self, name: str, currency: str) -> int | None:
        amount = self.cleaned_data.get(name)
        try:
            return None if amount is None else Money.from_major(amount, currency).minor
        except ValueError:
            places = UNITS[currency].exponent
            self.add_error(
                name,
                _("This currency has %(places)d decimal places.") % {"places": places},
            )
            return None

    @property
    def conditions(self) -> Conditions:
        """Sectors and districts as chosen; valid forms only."""
        return Conditions(self._sectors(), list(self.cleaned_data["places"]))
