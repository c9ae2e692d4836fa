"""How it goes, how often to be asked, and ways on."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.ventures.honesty import Stand
from marketplace.ventures.models import Confirmation, Pulse, WayOn


class StandForm(forms.Form):
    """How it goes, in one tap; a reason only where it stands still."""

    stand = forms.TypedChoiceField(
        label=_("How does it go?"),
        choices=[("", "—"), *Stand.choices],  # nothing is said by default
        coerce=int,
    )
    because = forms.ChoiceField(
        label=_("If it stands still, why?"),
        choices=[("", "—"), *Confirmation.Reason.choices],
        required=False,
    )


class PulseForm(forms.Form):
    every = forms.TypedChoiceField(
        label=_("Ask us"), choices=Pulse.Every.choices, coerce=int
    )


class WayForm(forms.Form):
    way = forms.ChoiceField(
        label=_("What would you do?"),
        choices=[("", "—"), *WayOn.Way.choices],
    )
