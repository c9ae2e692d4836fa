"""Times that one side offers, on its own wall."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from marketplace.introductions.forms import LOOKED, PlainTextForm
from marketplace.meetings.actions import Times
from marketplace.meetings.models import Way
from marketplace.meetings.models.proposals import MOST_SLOTS, SHORTEST
from marketplace.meetings.time_faces import rests_at
from marketplace.notices.models import habits_of
from marketplace.people.clocks import HourComesTwice, NoSuchHour, moment_on_wall
from marketplace.people.models import User
from marketplace.plain_text import PlainTextField

KEPT_REST, ADD_ROW, ROWS = "kept_rest", "add_row", "rows"
ROWS_AT_FIRST = 2
PASSED, TOO_FAR = _("This time has passed."), _("This is too far ahead.")
# A second of one's own in a calendar's file would name the meeting on every device;
# some browsers write the zeros.
WHOLE_MINUTES = ("%H:%M", "%H:%M:00", "%H:%M:00.000")
LENGTHS = (15, 30, 45, 60, 90, 120)
SLOTS = tuple(f"time_{number}" for number in range(1, MOST_SLOTS + 1))


class DayAndHour(forms.SplitDateTimeWidget):
    """A day and an hour side by side, each with its own name for who cannot see them."""

    use_fieldset = True

    def __init__(self) -> None:
        day: dict[str, Any] = {"type": "date", "aria-label": _("day")}
        hour: dict[str, Any] = {"type": "time", "aria-label": _("hour")}
        super().__init__(
            date_attrs=day,
            time_attrs=hour,
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )

    def decompress(self, value: Any) -> Any:
        return list(value) if value else [None, None]


class WallClockField(forms.MultiValueField):
    """A day and an hour as a wall shows them, not yet a moment."""

    widget = DayAndHour

    def __init__(self, *, label: str | Promise, required: bool) -> None:
        fields = (forms.DateField(), forms.TimeField(input_formats=WHOLE_MINUTES))
        super().__init__(
            fields, label=label, required=required, require_all_fields=True
        )

    def compress(self, values: list[Any]) -> tuple[date, time] | None:
        if not values:
            return None
        day, hour = values
        if day is None or hour is None:
            raise forms.ValidationError(_("A time needs a day and an hour."))
        self._look_at_reach(day)
        return day, hour

    def _look_at_reach(self, day: date) -> None:
        """Refuse what is out of reach on every wall: no clock reads the year 1 or 9999."""
        today, margin = timezone.now().date(), timedelta(days=1)
        if day < today - margin:
            raise forms.ValidationError(PASSED)
        if day > today + timedelta(days=settings.MEETINGS_AHEAD_DAYS) + margin:
            raise forms.ValidationError(TOO_FAR)


class TimesForm(PlainTextForm):
    """Up to five times on the clock of who writes, one length and one way to meet.

    Times on the writer's own day off or quiet hours come back once, as words that give
    away a contact do: sent again they pass. Of the other side's rest nothing is said.
    """

    time_1 = WallClockField(label=_("First time"), required=True)
    time_2 = WallClockField(label=_("Second time"), required=False)
    time_3 = WallClockField(label=_("Third time"), required=False)
    time_4 = WallClockField(label=_("Fourth time"), required=False)
    time_5 = WallClockField(label=_("Fifth time"), required=False)
    minutes = forms.TypedChoiceField(
        label=_("How long"), coerce=int, initial=30, choices=()
    )
    way = forms.ChoiceField(label=_("In which way"), choices=(), initial=Way.VIDEO)
    place = PlainTextField(
        label=_("Where"),
        help_text=_("A town, a café, or who calls whom. Not needed for a first talk."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    note = PlainTextField(
        label=_("A word to the other side"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(
        self, *args: Any, by: User, is_own: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.is_own = by, is_own
        self.rests: tuple[str, ...] = ()
        self.fields["minutes"].choices = [
            (length, _("%(n)s minutes") % {"n": length}) for length in LENGTHS
        ]
        self.fields["way"].choices = [
            (value, capfirst(str(label))) for value, label in Way.choices
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        begins: dict[datetime, str] = {}
        for name in SLOTS:
            if cleaned.get(name):
                self._read(name, cleaned[name], begins)
        cleaned["begins"] = tuple(sorted(begins))
        if not self.has_kept_rest:
            self._look_at_rest(begins, cleaned.get("minutes") or SHORTEST)
        return cleaned

    @property
    def has_kept_rest(self) -> bool:
        """Its writer wants to keep times on the own day off."""
        return KEPT_REST in self.data

    @property
    def has_looked(self) -> bool:
        return LOOKED in self.data

    @property
    def rows(self) -> int:
        """How many times there is room for: two at first, and one more for the asking.

        What was filled in is always shown, whatever the page says of itself.
        """
        said = str(self.data.get(ROWS, ""))
        typed = [number for number, name in enumerate(SLOTS, 1) if self._is_typed(name)]
        rows = max(ROWS_AT_FIRST, *typed, int(said) if said in set("12345") else 0)
        return min(rows + (ADD_ROW in self.data), MOST_SLOTS)

    @property
    def has_room(self) -> bool:
        return self.rows < MOST_SLOTS

    def _is_typed(self, name: str) -> bool:
        return any(self.data.get(f"{name}_{part}") for part in range(2))

    def shown_again(self) -> None:
        """The same typed values, not judged yet; the last row is where one goes on."""
        self._errors, self.cleaned_data = forms.utils.ErrorDict(), {}
        day, _hour = self.fields[SLOTS[self.rows - 1]].widget.widgets
        day.attrs["autofocus"] = True

    def _read(
        self, name: str, wall: tuple[date, time], begins: dict[datetime, str]
    ) -> None:
        try:
            moment = moment_on_wall(*wall, self.by.time_zone)
        except NoSuchHour:
            message = _(
                "The clocks go forward here: on this day there is no such hour."
            )
        except HourComesTwice:
            message = _(
                "The clocks go back here: this hour comes twice. Choose another."
            )
        else:
            message = _fault_of(moment)
            if not message and moment in begins:
                message = _("This time stands above already.")
            begins[moment] = name
        if message:
            self.add_error(name, message)

    def _look_at_rest(self, begins: dict[datetime, str], minutes: int) -> None:
        rhythm = habits_of(self.by).rhythm if self.is_own else None
        for begin, name in begins.items():
            moments = (begin, begin + timedelta(minutes=minutes - 1))
            if rests_at(moments, self.by.time_zone, rhythm):
                self.rests += (str(self.fields[name].label),)
        if self.rests:
            text = _("Some times fall on your own days off or quiet hours.")
            self.add_error(None, forms.ValidationError(text, code="rests"))

    def times(self) -> Times:
        """What was typed, as the actions take it; call it on a valid form."""
        data = self.cleaned_data
        return Times(
            begins=data["begins"],
            minutes=data["minutes"],
            way=data["way"],
            place=data["place"],
            note=data["note"],
        )


def _fault_of(moment: datetime) -> str | Promise:
    now = timezone.now()
    if moment <= now:
        return PASSED
    if moment > now + timedelta(days=settings.MEETINGS_AHEAD_DAYS):
        return TOO_FAR
    return ""
