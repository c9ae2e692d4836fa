"""The short forms round a listing: a photo, a report, an appeal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Report
from marketplace.plain_text import PlainTextField

from .items import WRITTEN


class PhotoForm(forms.Form):
    """One picture; `marketplace.photos` judges it."""

    photo = forms.FileField(
        label=_("Photo"),
        help_text=_("JPEG, PNG, WebP or AVIF, up to 8 MB. Only the picture is kept."),
        widget=forms.FileInput(
            {"accept": "image/jpeg,image/png,image/webp,image/avif"}
        ),
    )
    description = PlainTextField(
        label=_("What it shows"),
        help_text=_("Read aloud to people who do not see the picture."),
        max_length=160,
        required=False,
        widget=forms.TextInput(WRITTEN),
    )
    shows_nobody = forms.BooleanField(
        label=_("No face, sign, licence plate or home can be recognised in it"),
    )


class AppealForm(forms.Form):
    """Why a listing that was taken down should stand."""

    text = PlainTextField(
        label=_("Why it should come back"),
        help_text=_("In your own language. Staff alone read it."),
        max_length=1000,
        widget=forms.Textarea({"rows": 5, **WRITTEN}),
    )


class ReportForm(forms.Form):
    """Why a listing needs a look."""

    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
    )
    note = PlainTextField(
        label=_("Anything else, in your own language"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4, **WRITTEN}),
    )
