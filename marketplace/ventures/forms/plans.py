"""What partners plan: next steps, and local arrangements."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.clocks import zone_of
from marketplace.people.clocks import place_of
from marketplace.people.models import User
from marketplace.plain_text import PlainTextField
from marketplace.ventures.actions import ArrangementText, MilestoneText
from marketplace.ventures.models import Arrangement, JointVenture, Milestone
from marketplace.ventures.occasions import LONGEST, Repeats
from marketplace.ventures.partners import partner_name

TEXT_OF_ARRANGEMENT = (
    *("what", "who", "place", "first_on", "last_on", "from_time", "to_time"),
    *("repeats", "zone", "review_on"),
)


def _day(label: str | Promise, help_text: str | Promise = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_text, widget=widget)


def _hour(label: str | Promise) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


class MilestoneForm(forms.Form):
    """One step: what, who of the partners, and by which day."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Milestone.Kind.choices)
    text = PlainTextField(
        label=_("What is to be done"),
        help_text=_("One thing of which both can say whether it is done."),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    owner = forms.ChoiceField(label=_("Who does it"))
    due_on = _day(_("By which day"))

    def __init__(
        self, *args: Any, venture: JointVenture, was: Milestone | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.was = was
        self.parties = {
            party.organisation.public_id.hex: party
            for party in venture.parties.select_related("organisation")
        }
        self.fields["owner"].choices = [
            ("", "—"),
            *((key, partner_name(party)) for key, party in self.parties.items()),
        ]

    def clean_due_on(self) -> date:
        """A day to come; one that has passed may stay as it was."""
        day: date = self.cleaned_data["due_on"]
        if day < timezone.localdate() and not (self.was and self.was.due_on == day):
            raise forms.ValidationError(_("This day has passed."))
        return day

    def text_of_step(self) -> MilestoneText:
        """What was typed, as the actions take it; call it on a valid form."""
        data = self.cleaned_data
        owner = self.parties[data["owner"]]
        return MilestoneText(data["kind"], data["text"], owner, data["due_on"])

    @classmethod
    def initial_of(cls, milestone: Milestone | None) -> dict[str, object]:
        if milestone is None:
            return {}
        return {
            "kind": milestone.kind,
            "text": milestone.text,
            "owner": milestone.owner.organisation.public_id.hex,
            "due_on": milestone.due_on,
        }


class ArrangementForm(forms.Form):
    """Who does what, where, between which days and hours, and on whose clock."""

    what = PlainTextField(
        label=_("What is arranged"),
        help_text=_(
            "Small and exact: a delivery window, a turn at the pump, a market day."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    who = PlainTextField(
        label=_("Who, on each side"),
        help_text=_("Who does what, and whom to ask on each side."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    place = PlainTextField(
        label=_("Where"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    first_on = _day(_("First day"))
    last_on = _day(_("Last day"), _("It lapses by itself after this day."))
    from_time = _hour(_("From hour"))
    to_time = _hour(_("To hour"))
    repeats = forms.ChoiceField(label=_("How often"), choices=Repeats.choices)
    zone = forms.ChoiceField(
        label=_("Whose clock counts"),
        help_text=_("On some days of the year the clocks of two places differ."),
    )
    review_on = _day(_("Looked at together on"), _("Here you talk about going on."))

    def __init__(
        self, *args: Any, venture: JointVenture, by: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        parties = venture.parties.select_related("organisation")
        zones = dict.fromkeys(
            [by.time_zone, *(zone_of(party.organisation) for party in parties)]
        )
        if kept := self.initial.get("zone"):
            zones.setdefault(str(kept))
        self.fields["zone"].choices = [(zone, place_of(zone)) for zone in zones]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last:
            self._check_days(first, last, cleaned.get("review_on"))
        begins, ends = cleaned.get("from_time"), cleaned.get("to_time")
        is_one_stretch = cleaned.get("repeats") == Repeats.ONCE and first != last
        if begins and ends and ends <= begins and not is_one_stretch:
            self.add_error("to_time", _("The end cannot come before the start."))
        return cleaned

    def _check_days(self, first: date, last: date, review: date | None) -> None:
        if last < first:
            self.add_error("last_on", _("The end cannot come before the start."))
        elif last < timezone.localdate():
            self.add_error("last_on", _("This day has passed."))
        elif last - first > LONGEST:
            self.add_error("last_on", _("A year at most; then it can be renewed."))
        elif review and not first <= review <= last:
            message = _("Choose a day between the first and the last.")
            self.add_error("review_on", message)

    def arrangement(self) -> ArrangementText:
        """What was typed, as the actions take it; call it on a valid form."""
        return ArrangementText(
            **{name: self.cleaned_data[name] for name in TEXT_OF_ARRANGEMENT}
        )

    @staticmethod
    def initial_for(user: User) -> dict[str, object]:
        return {"zone": user.time_zone}

    @staticmethod
    def initial_of(arrangement: Arrangement) -> dict[str, object]:
        return {name: getattr(arrangement, name) for name in TEXT_OF_ARRANGEMENT}

    @classmethod
    def initial_after(cls, arrangement: Arrangement) -> dict[str, object]:
        """The same again, from the day after the last or from today."""
        lasted = arrangement.last_on - arrangement.first_on
        first = max(arrangement.last_on + timedelta(days=1), timezone.localdate())
        days = {"first_on": first, "last_on": first + lasted}
        return cls.initial_of(arrangement) | days | {"review_on": first + lasted}
