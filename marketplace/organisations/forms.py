"""What members type about their organisation and colleagues; validated, never saved."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.plain_text import PlainTextField
from marketplace.taxonomy.choices import RowsField
from marketplace.taxonomy.constants import LANGUAGE_CHOICES
from marketplace.taxonomy.models import Country, Place, Sector, reader_language

from .actions.registration import SETTLED
from .audience import SENTENCES, who_sees
from .faces_table import FIELDS
from .models import Membership, Organisation, Side, Signers, Size, Trait
from .stages import Stage
from .stricter import OFFERED, choices_of, stages_for

_WRITTEN = {"dir": "auto"}
_SIDES = (
    ("", _("Choose one")),
    (Side.ISRAELI, _("Registered or working in Israel")),
    (Side.PALESTINIAN, _("Registered or working in Palestine")),
    (Side.THIRD, _("Elsewhere: an investor or supporter of both")),
)


class OrganisationForm(forms.Form):
    """Register an organisation, or change what it says of itself."""

    alias = PlainTextField(
        label=_("Public alias"),
        help_text=_("A name that gives nobody away, such as: Press in the hills."),
        max_length=80,
        widget=forms.TextInput(_WRITTEN),
    )
    descriptor = PlainTextField(
        label=_("One line about it"),
        max_length=160,
        widget=forms.TextInput(_WRITTEN),
    )
    sector_1 = forms.ModelChoiceField(Sector.objects.none(), label=_("Main sector"))
    sector_2 = forms.ModelChoiceField(
        Sector.objects.none(), label=_("Second sector"), required=False
    )
    traits = forms.MultipleChoiceField(
        label=_("Traits"),
        help_text=_("Shown only where several organisations share them."),
        choices=Trait.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        choices=LANGUAGE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )
    side = forms.ChoiceField(
        label=_("Where it belongs"),
        help_text=_(
            "Decides only who can be introduced to whom. Never shown, never a reason."
        ),
        choices=_SIDES,
    )
    country = forms.ModelChoiceField(
        Country.objects.none(), label=_("Country"), required=False
    )
    place = forms.ModelChoiceField(Place.objects.none(), label=_("District"))
    size = forms.ChoiceField(
        label=_("People in it"),
        choices=[("", _("Choose one")), *Size.choices],
        required=False,
    )
    works_since = forms.IntegerField(
        label=_("Works since"),
        help_text=_("The year."),
        min_value=1850,
        max_value=2100,
        required=False,
    )
    trade_facts = PlainTextField(
        label=_("Facts of the trade"),
        help_text=_(
            "Quantities, machines, certificates, seasons: what a counterpart has to "
            "know before it goes on. No names."
        ),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 4, **_WRITTEN}),
    )
    legal_name = PlainTextField(
        label=_("Legal name"), max_length=200, widget=forms.TextInput(_WRITTEN)
    )
    registration = PlainTextField(
        label=_("Registration number"),
        help_text=_("Only staff who verify see it."),
        max_length=60,
        required=False,
        widget=forms.TextInput({"dir": "ltr"}),
    )

    signers = forms.TypedChoiceField(
        label=_("Who signs a joint venture"),
        help_text=_(
            "Each with the own account. It holds for texts proposed from now on; owners "
            "say it."
        ),
        choices=Signers.choices,
        coerce=int,
        required=False,
    )

    def __init__(
        self,
        *args: object,
        organisation: Organisation | None = None,
        is_owner: bool = False,
        **kwargs: object,
    ) -> None:
        if organisation is not None:
            kwargs["initial"] = _values_of(organisation)
        super().__init__(*args, **kwargs)
        self.fields["signers"].disabled = not is_owner
        if organisation is None:
            del self.fields["signers"]
        self.fields["country"].queryset = Country.objects.by_name()
        self.fields["place"].queryset = Place.objects.by_name()
        name = f"name_{reader_language()}"
        sectors = Sector.objects.filter(level__in=("division", "group")).order_by(name)
        for number in (1, 2):
            self.fields[f"sector_{number}"].queryset = sectors
        for field in ("sector_1", "sector_2", "country", "place"):
            self.fields[field].empty_label = _("Choose one")
        self._settle(is_verified=organisation is not None and organisation.is_verified)
        for field_name, field in self.fields.items():
            key = "sectors" if field_name == "sector_1" else field_name
            if ("organisation", key) in FIELDS:
                field.who = who_sees("organisation", key)

    def _settle(self, *, is_verified: bool) -> None:
        for name in SETTLED if is_verified else ():
            self.fields[name].disabled = True

    def values(self) -> dict[str, object]:
        """What the actions take; how many sign only where it is said."""
        values = dict(self.cleaned_data)
        if not values.get("signers"):
            values.pop("signers", None)
        chosen = [values.pop("sector_1"), values.pop("sector_2")]
        values["sectors"] = list(dict.fromkeys(sector for sector in chosen if sector))
        return values


def _values_of(organisation: Organisation) -> dict[str, object]:
    plain = ("alias", "descriptor", "traits", "languages", "side", "country", "place")
    plain += ("size", "works_since", "trade_facts", "signers")
    values = {name: getattr(organisation, name) for name in plain}
    values |= {"legal_name": organisation.legal_name}
    values |= {"registration": organisation.registration}
    for number, sector in enumerate(organisation.sectors.all()[:2], 1):
        values[f"sector_{number}"] = sector
    return values


class InvitationForm(forms.Form):
    """Ask a colleague to join."""

    email = forms.EmailField(
        label=_("E-mail of your colleague"),
        max_length=254,
        widget=forms.EmailInput({"dir": "ltr", "autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("May do"),
        choices=(
            (Membership.Role.VIEWER, _("Read along")),
            (Membership.Role.EDITOR, _("Write listings and answer introductions")),
            (Membership.Role.OWNER, _("Everything, and invite colleagues")),
        ),
        initial=Membership.Role.EDITOR,
        widget=forms.RadioSelect,
    )


class AvoidanceForm(forms.Form):
    """Areas and sectors an organisation does not want to be matched with."""

    places = RowsField(
        Place.objects.none(),
        label=_("Not these areas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    sectors = RowsField(
        Sector.objects.none(),
        label=_("Not these sectors"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: object, organisation: Organisation, **kwargs: object
    ) -> None:
        rows = list(organisation.avoidances.all())
        kwargs["initial"] = {
            "places": [row.place_id for row in rows if row.place_id],
            "sectors": [row.sector_id for row in rows if row.sector_id],
        }
        super().__init__(*args, **kwargs)
        self.fields["places"].queryset = Place.objects.by_name()
        name = f"name_{reader_language()}"
        divisions = Sector.objects.filter(level="division").order_by(name)
        self.fields["sectors"].queryset = divisions


class StagesForm(forms.Form):
    """From which stage each field shows: the table's own, or a later one."""

    def __init__(
        self, *args: object, organisation: Organisation, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = choices_of([organisation])
        for subject, field in OFFERED:
            self.fields[f"{subject}-{field}"] = forms.TypedChoiceField(
                label=FIELDS[subject, field].label,
                choices=[
                    (int(stage), SENTENCES[stage])
                    for stage in stages_for(subject, field)
                ],
                coerce=lambda value: Stage(int(value)),
                initial=int(chosen.stage(organisation.pk, subject, field)),
            )

    def stages(self) -> dict[tuple[str, str], Stage]:
        return {key: self.cleaned_data["-".join(key)] for key in OFFERED}

    def of(self, subject: str) -> list[forms.BoundField]:
        return [self["-".join(key)] for key in OFFERED if key[0] == subject]
