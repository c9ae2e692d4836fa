"""What came of a meeting, as one side writes it: a note of its own, a line for both."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.introductions.forms import PlainTextForm
from marketplace.introductions.models import Introduction
from marketplace.meetings.actions import LineText
from marketplace.meetings.models import SharedLine
from marketplace.people.models import User
from marketplace.plain_text import PlainTextField


class NoteForm(forms.Form):
    """For the own side alone: whom one met may stand in it."""

    text = PlainTextField(
        label=_("Your own note"),
        help_text=_("Read by your own people only."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class LineForm(PlainTextForm):
    """One line both can confirm, and a next small step if there is one."""

    text = PlainTextField(
        label=_("What came of it, in one line"),
        help_text=_("Only what the other side would say too."),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    step = PlainTextField(
        label=_("Next small step"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    owner = forms.ChoiceField(
        label=_("Who does it"),
        choices=[("", "—"), ("us", _("our side")), ("them", _("the other side"))],
        required=False,
    )
    step_on = forms.DateField(
        label=_("By which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("step"):
            for name in ("owner", "step_on"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("A step needs somebody and a day."))
        elif (cleaned.get("owner") or cleaned.get("step_on")) and not self.errors:
            self.add_error("step", _("Say what is to be done."))
        return cleaned

    def line(self, introduction: Introduction, by: User) -> LineText:
        """What was typed, as the actions take it; call it on a valid form."""
        data = self.cleaned_data
        own = introduction.side_of(by)
        whose = {"us": own, "them": introduction.other_than(own)}
        return LineText(
            text=data["text"],
            step=data["step"],
            step_owner=whose.get(data["owner"]) if data["step"] else None,
            step_on=data["step_on"] if data["step"] else None,
        )

    @staticmethod
    def initial_of(line: SharedLine | None, ours: int) -> dict[str, object]:
        if line is None:
            return {}
        whose = "us" if line.step_owner_id == ours else "them"
        return {
            "text": line.text,
            "step": line.step,
            "owner": whose if line.step else "",
            "step_on": line.step_on,
        }
