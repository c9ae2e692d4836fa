"""What payers write: checked here, acted on elsewhere."""

from django import forms
from django.utils.translation import gettext_lazy as _

from payments.models import Adjustment


class WaiverForm(forms.Form):
    """Why a partner asks not to pay; read by finance alone."""

    because = forms.ChoiceField(
        label=_("Reason"), choices=Adjustment.Reason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("In your own words"),
        help_text=_("Optional. Only the finance team reads it."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 4, "dir": "auto"}),
    )
