"""The one form of a listing, whatever its kind."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _
from modelcluster.forms import ClusterForm

from marketplace.amounts import AmountField
from marketplace.listings.models import Listing, ListingItem
from marketplace.money import CURRENCY_CHOICES, UNITS, Money
from marketplace.organisations.audience import who_sees
from marketplace.organisations.faces_table import FIELDS
from marketplace.organisations.models import Organisation
from marketplace.people.models import LANGUAGE_CHOICES as TEXT_LANGUAGES
from marketplace.plain_text import PlainTextField
from marketplace.taxonomy.choices import capability_choices, sector_choices
from marketplace.taxonomy.constants import (
    INSTRUMENT_CHOICES,
    LANGUAGE_CHOICES,
    STAGE_CHOICES,
)
from marketplace.taxonomy.models import Place, Sector

from .items import WRITTEN, BringsForm, NeedsForm, rows_of


class ListingForm(ClusterForm):
    """The whole of a listing. `save(commit=False)` gives the draft for `save_draft`."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("For"))
    title = PlainTextField(
        label=_("Title"),
        help_text=_(
            "What you offer or seek, in one line. No names of firms or people."
        ),
        max_length=120,
        widget=forms.TextInput(WRITTEN),
    )
    summary = PlainTextField(
        label=_("Summary"),
        help_text=_("Two or three sentences. They are what the search reads."),
        max_length=400,
        widget=forms.Textarea({"rows": 4, **WRITTEN}),
    )
    details = PlainTextField(
        label=_("Details"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 8, **WRITTEN}),
    )
    sector_1 = forms.ModelChoiceField(Sector.objects.all(), label=_("Main sector"))
    sector_2 = forms.ModelChoiceField(
        Sector.objects.all(), label=_("Second sector"), required=False
    )
    sector_3 = forms.ModelChoiceField(
        Sector.objects.all(), label=_("Third sector"), required=False
    )
    amount_from = AmountField(label=_("From"))
    amount_to = AmountField(label=_("To"))
    instruments = forms.MultipleChoiceField(
        label=_("In which form money is to come"),
        help_text=_("Where you seek or offer funding. None chosen means any."),
        choices=INSTRUMENT_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        choices=LANGUAGE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    alias = PlainTextField(
        label=_("Alias of this listing alone"),
        help_text=_(
            "If you want it to stand apart from your others: a name that appears "
            "nowhere else."
        ),
        max_length=80,
        required=False,
        widget=forms.TextInput(WRITTEN),
    )
    place = forms.ModelChoiceField(
        Place.objects.all(),
        label=_("District"),
        help_text=_("Where the work happens. The district, never the address."),
    )

    # As the page asks for them, so that what is missing is told from top to bottom.
    field_order = ("organisation", "kind", "written_in", "title", "summary", "details")
    field_order += ("sector_1", "sector_2", "sector_3")

    class Meta:
        model = Listing
        fields = [
            "organisation",
            "kind",
            "written_in",
            "title",
            "summary",
            "details",
            "amount_currency",
            "stage",
            "instruments",
            "place",
            "reach",
            "languages",
            "meets_online",
            "neutral_place",
            "permits",
            "goods_cross",
            "perishable",
            "start_on",
            "anonymous",
            "alias",
        ]
        widgets = {
            "kind": forms.RadioSelect,
            "start_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "stage": _("Of the business, where it matters."),
            "reach": _("How far goods, people or services go."),
            "start_on": _("The first day you could begin, if you know it."),
        }
        formsets = {"brings": rows_of(BringsForm), "needs": rows_of(NeedsForm)}

    def __init__(
        self, *args: object, organisations: Iterable[Organisation], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer_organisations(list(organisations))
        self._fill_from_listing()
        self._name_what_is_open()
        sectors = sector_choices()
        for number in (1, 2, 3):
            self.fields[f"sector_{number}"].widget.choices = sectors
        self._offer_rows()
        self._say_who_sees()

    def _offer_organisations(self, organisations: list[Organisation]) -> None:
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(
            pk__in=[organisation.pk for organisation in organisations]
        )
        field.disabled = self.instance.pk is not None
        if len(organisations) == 1:
            # The form's own word goes before the field's, and a blank draft says "nobody".
            self.initial["organisation"] = organisations[0].pk
            field.widget = field.hidden_widget()

    def _name_what_is_open(self) -> None:
        """Words instead of dashes where nothing is chosen yet."""
        self.fields["kind"].choices = Listing.Kind.choices
        self.fields["written_in"].choices = TEXT_LANGUAGES
        place = self.fields["place"]
        place.queryset, place.empty_label = Place.objects.by_name(), _("Choose one")
        currencies, stages = self.fields["amount_currency"], self.fields["stage"]
        currencies.choices = [("", _("Choose one")), *CURRENCY_CHOICES]
        stages.choices = [("", _("Does not matter")), *STAGE_CHOICES]

    def _fill_from_listing(self) -> None:
        listing = self.instance
        if listing.pk is None:
            return
        for number, sector in enumerate(listing.sectors.all()[:3], 1):
            self.initial[f"sector_{number}"] = sector.pk
        for name, amount in zip(
            ("amount_from", "amount_to"), listing.amounts, strict=True
        ):
            if amount is not None:
                self.initial[name] = f"{amount.amount:f}"

    def _offer_rows(self) -> None:
        choices = capability_choices()
        for formset in self.formsets.values():
            formset.extra = 1  # where it is not bound; a button adds more, one by one
            for row in formset.forms:
                row.fields["capability"].widget.choices = choices

    def _say_who_sees(self) -> None:
        """Each field carries the sentence of the table; three names differ from it."""
        others = {"amount_from": "amounts", "sector_1": "sectors", "anonymous": ""}
        for name, field in self.fields.items():
            key = others.get(name, name)
            if ("listing", key) in FIELDS:
                field.who = who_sees("listing", key)

    @property
    def groups(self) -> list[tuple[str, object]]:
        """The two repeatable blocks with their formsets."""
        return [("brings", self.formsets["brings"]), ("needs", self.formsets["needs"])]

    @property
    def has_errors(self) -> bool:
        return bool(self.errors) or any(
            any(formset.errors) or formset.non_form_errors()
            for formset in self.formsets.values()
        )

    def without_errors(self) -> "ListingForm":
        """The same typed values, shown again without judging them yet."""
        for form in (self, *(row for f in self.formsets.values() for row in f.forms)):
            form._errors, form.cleaned_data = forms.utils.ErrorDict(), {}
        for formset in self.formsets.values():
            formset._errors = [{} for _row in formset.forms]
            formset._non_form_errors = forms.utils.ErrorList()
        return self

    def focus_last_row(self, block: str) -> None:
        """The row just added is where its writer goes on."""
        rows = self.formsets[block].forms if block in self.formsets else []
        if rows:
            rows[-1].fields["capability"].widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        currency = cleaned.get("amount_currency") or ""
        ends = [cleaned.get("amount_from"), cleaned.get("amount_to")]
        if any(end is not None for end in ends) and not currency:
            if "amount_currency" not in self.errors:
                self.add_error(
                    "amount_currency", _("Choose the currency of the amount.")
                )
        elif currency:
            self._read_amounts(currency)
        else:
            self.instance.amount_min = self.instance.amount_max = None
        if cleaned.get("kind") not in Listing.OF_MONEY:
            cleaned["instruments"] = []
        if not (cleaned.get("meets_online") or cleaned.get("neutral_place")):
            self.add_error("meets_online", _("Choose at least one way to meet."))
        return cleaned

    def _read_amounts(self, currency: str) -> None:
        minors: dict[str, int | None] = {}
        for name in ("amount_from", "amount_to"):
            amount = self.cleaned_data.get(name)
            try:
                money = None if amount is None else Money.from_major(amount, currency)
            except ValueError:
                places = UNITS[currency].exponent
                self.add_error(
                    name,
                    _("This currency has %(places)d decimal places.")
                    % {"places": places},
                )
                return
            minors[name] = money.minor if money else None
        low, high = minors["amount_from"], minors["amount_to"]
        if low is not None and high is not None and low > high:
            self.add_error(
                "amount_to", _("The second amount is smaller than the first.")
            )
            return
        if low is None and high is None:
            self.instance.amount_currency = self.cleaned_data["amount_currency"] = ""
        self.instance.amount_min, self.instance.amount_max = low, high

    def save(self, commit: bool = False) -> Listing:
        """The draft with its parts in memory; `commit` is never wanted here."""
        draft = super().save(commit=False)
        chosen = [self.cleaned_data.get(f"sector_{n}") for n in (1, 2, 3)]
        draft.sectors = list(dict.fromkeys(sector for sector in chosen if sector))
        for name in ("brings", "needs"):
            kept = [
                item for item in getattr(draft, name).all() if _says_something(item)
            ]
            for order, item in enumerate(kept):
                item.sort_order = order
            setattr(draft, name, kept)
        return draft


def _says_something(item: ListingItem) -> bool:
    return bool(item.text or item.capability_id)
