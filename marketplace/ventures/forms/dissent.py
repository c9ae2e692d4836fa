"""What a partner sees otherwise than the agreement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.plain_text import PlainTextField


class DissentForm(forms.Form):
    """One note; it stands beside the text and is not signed."""

    text = PlainTextField(
        label=_("What you see otherwise"),
        help_text=_(
            "Your partners, and an observer where there is one, read it under your name, "
            "beside the agreement."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
