"""Forms of a member's own settings."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.plain_text import clean_plain_text

from .models import Discretion, User

PHONE = re.compile(r"^\+?[0-9][0-9 ()./-]{5,22}$")


def clean_line(text: str) -> str:
    """One line as it will be shown: no hidden signs, single spaces."""
    return " ".join(clean_plain_text(text).split())


DISCRETION_EXPLAINED = [
    (
        Discretion.OPEN,
        _(
            "Open: our name stands as the sender, and the subject may name an alias "
            "or a title."
        ),
    ),
    (
        Discretion.NEUTRAL,
        _("Neutral: sender and subject say nothing, the mail only that there is news."),
    ),
    (
        Discretion.DISCREET,
        _(
            "Discreet: neutral, and neither our mails nor the title and icon of the "
            "browser tab name this site."
        ),
    ),
]


ZONES = [
    ("Asia/Jerusalem", _("Jerusalem")),
    ("Asia/Hebron", _("Hebron")),
    ("Asia/Gaza", _("Gaza")),
    ("Asia/Amman", _("Amman")),
    ("Europe/Athens", _("Athens")),
    ("Europe/Berlin", _("Berlin")),
    ("Europe/London", _("London")),
    ("America/New_York", _("New York")),
    ("Asia/Dubai", _("Dubai")),
    ("UTC", _("Universal time (UTC)")),
]


class SettingsForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=ZONES,
        help_text=_("Times are shown to you as the clocks there show them."),
    )
    discretion = forms.TypedChoiceField(
        label=_("How little our mails say on the outside"),
        choices=DISCRETION_EXPLAINED,
        coerce=int,
        widget=forms.RadioSelect,
    )
    legal_name = forms.CharField(
        label=_("Legal name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=24,
        help_text=_("With the country code."),
        widget=forms.TextInput(
            attrs={
                "type": "tel",
                "autocomplete": "tel",
                "inputmode": "tel",
                "dir": "ltr",
            }
        ),
    )

    class Meta:
        model = User
        fields = ["alias", "language", "time_zone", "discretion"]
        widgets = {
            "alias": forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
        }
        help_texts = {
            "alias": _("How others see you. Not your legal name."),
            "language": _("Our mails to you and your pages after you log in."),
        }

    def clean_alias(self) -> str:
        return clean_line(self.cleaned_data["alias"])

    def clean_legal_name(self) -> str:
        return clean_line(self.cleaned_data["legal_name"])

    def clean_phone(self) -> str:
        phone = clean_line(self.cleaned_data["phone"])
        if phone and not PHONE.match(phone):
            raise ValidationError(
                _(
                    "Write digits, with the country code first, for example +970 or +972."
                ),
                code="phone",
            )
        return phone
