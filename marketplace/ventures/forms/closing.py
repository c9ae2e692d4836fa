"""How it ended, what partners say of it, and what others may learn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation
from marketplace.people.models import LANGUAGE_CHOICES
from marketplace.plain_text import PlainTextField
from marketplace.ventures.actions import ClosingText
from marketplace.ventures.giveaways import given_away
from marketplace.ventures.models import ClosingNote, Ending, JointVenture


class ClosingForm(forms.Form):
    """The note is the partners' own; the lesson names nobody."""

    ending = forms.ChoiceField(
        label=_("How it ended"), choices=[("", "—"), *Ending.choices]
    )
    note = PlainTextField(
        label=_("Closing note"),
        help_text=_("What you leave behind, in words all partners can confirm."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    lesson = PlainTextField(
        label=_("A lesson for others"),
        help_text=_(
            "One or two sentences without a name, a place or a number that leads to "
            "you. Staff put it into three languages and publish it in the library."
        ),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    written_in = forms.ChoiceField(
        label=_("Language of these words"), choices=LANGUAGE_CHOICES
    )

    def __init__(
        self, *args: Any, venture: JointVenture, own: Organisation, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.venture, self.own = venture, own

    def clean_lesson(self) -> str:
        lesson: str = self.cleaned_data["lesson"]
        found = given_away(lesson, self.venture, self.own)
        if found:
            words = ", ".join(dict.fromkeys(each.words for each in found))
            raise forms.ValidationError(
                _("These words lead to somebody: %(words)s. Please say it without."),
                params={"words": words},
            )
        return lesson

    def closing(self) -> ClosingText:
        """What was typed, as the actions take it; call it on a valid form."""
        return ClosingText(**self.cleaned_data)

    @staticmethod
    def initial_of(note: ClosingNote | None, language: str) -> dict[str, object]:
        if note is None:
            return {"written_in": language}
        names = ("ending", "note", "lesson", "written_in")
        return {name: getattr(note, name) for name in names}
