"""The one question of the ladder."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation

from .faces import MEANS
from .models import Level

TAKEN_BACK = "none"


class InterestForm(forms.Form):
    """On which rung an organisation stands towards one listing, or on none."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("For"))
    level = forms.ChoiceField(
        label=_("How near your organisation stands"),
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: object, organisations: Iterable[Organisation], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        keys = [organisation.pk for organisation in organisations]
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=keys)
        if len(keys) == 1:
            self.initial["organisation"] = keys[0]
            field.widget = field.hidden_widget()
        self.fields["level"].choices = [
            (TAKEN_BACK, _("No interest, or none any more")),
            *(
                (level, f"{level.label.capitalize()}. {MEANS[level]}")
                for level in Level
            ),
        ]
