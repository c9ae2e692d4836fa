"""How often and when a member hears from us."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from .kinds import topics
from .models import MailHabits
from .timing import DAYS

# In the order in which weeks are written there; numbers count from Monday.
WEEK = [(day, WEEKDAYS[day]) for day in (6, 0, 1, 2, 3, 4, 5)]


class HabitsForm(forms.ModelForm):
    """Cadence, quiet hours, days off, and the topics mails may be about."""

    days_off = forms.TypedMultipleChoiceField(
        label=_("My days off"),
        help_text=_("No mail comes on these days; it waits for the next one."),
        choices=WEEK,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    wanted = forms.MultipleChoiceField(
        label=_("Mails about"),
        help_text=_(
            "On the site you are told of everything. Mails about money and your account "
            "always come."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = MailHabits
        fields = ["cadence", "quiet_from", "quiet_until", "days_off"]
        clock = {"type": "time", "dir": "ltr"}
        widgets = {
            "cadence": forms.RadioSelect,
            "quiet_from": forms.TimeInput(attrs=clock, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs=clock, format="%H:%M"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted, muted = self.fields["wanted"], self.instance.muted
        wanted.choices = topics()  # type: ignore[attr-defined]
        wanted.initial = [room for room, _label in topics() if room not in muted]

    def clean_days_off(self) -> list[int]:
        days = sorted(set(self.cleaned_data["days_off"]))
        if len(days) == DAYS:
            raise forms.ValidationError(_("Leave us one day of the week."))
        return days

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("quiet_from") is None) != (cleaned.get("quiet_until") is None):
            self.add_error("quiet_until", _("Say both hours, or none."))
        return cleaned

    def habits(self) -> dict[str, Any]:
        """The words of `keep_habits`."""
        kept = {name: self.cleaned_data[name] for name in self.Meta.fields}
        wanted = self.cleaned_data["wanted"]
        muted = [room for room, _label in topics() if room not in wanted]
        return kept | {"muted": muted}
