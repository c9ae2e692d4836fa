"""What came of a meeting: each side for itself, then one line that both confirm."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from marketplace.exceptions import DomainError
from marketplace.meetings import notice_kinds
from marketplace.meetings.models import LineYes, Meeting, SharedLine, SideNote
from marketplace.meetings.permissions import can_note
from marketplace.organisations.models import Organisation
from marketplace.people.models import User
from marketplace.refusals import require

from .parts import locked, tell


@dataclass(frozen=True, slots=True)
class LineText:
    """What came of it in one line; the next small step with its owner and day, if any."""

    text: str
    step: str = ""
    step_owner: Organisation | None = None
    step_on: date | None = None


@transaction.atomic
def keep_note(meeting: Meeting, *, by: User, text: str) -> SideNote:
    """A side writes down for itself what it wants to remember; nobody else reads it."""
    meeting, own = _after(meeting, by)
    return _keep(meeting, own, by, text=text)


@transaction.atomic
def say_took_place(meeting: Meeting, *, by: User, yes: bool) -> SideNote:
    """A side says whether they met, for itself; neither is a failure of anybody."""
    meeting, own = _after(meeting, by)
    said = SideNote.TookPlace.YES if yes else SideNote.TookPlace.NO
    return _keep(meeting, own, by, took_place=said)


def _keep(meeting: Meeting, own: Organisation, by: User, **values: str) -> SideNote:
    note = SideNote.objects.filter(meeting=meeting, organisation=own).first()
    if note is None:
        return SideNote.objects.create(
            meeting=meeting, organisation=own, written_by=by, **values
        )
    if any(getattr(note, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(note, name, value)
        note.written_by, note.written_at = by, timezone.now()
        note.save(update_fields=["written_by", "written_at", *values])
    return note


@transaction.atomic
def write_line(meeting: Meeting, *, by: User, text: LineText) -> SharedLine:
    """A side puts the line into words or changes it; an earlier yes of anybody is void.

    Who writes the words that stand already says yes to them.
    """
    meeting, own = _after(meeting, by)
    require(text.step_owner is None or text.step_owner in meeting.introduction.both)
    values = {**_values(text), "written_by": by, "written_at": timezone.now()}
    line = SharedLine.objects.filter(meeting=meeting).first()
    if line is None:
        line = SharedLine.objects.create(meeting=meeting, **values)
    elif all(getattr(line, name) == value for name, value in _values(text).items()):
        return _confirm(meeting, line, own, by)
    else:
        for name, value in values.items():
            setattr(line, name, value)
        line.version += 1
        line.save()
    _say_yes(line, own, by)
    log(meeting.introduction, "meetings.line", user=by)
    other = meeting.introduction.other_than(own)
    tell(meeting, other, notice_kinds.LINE, is_paced=True)
    return line


def _values(text: LineText) -> dict[str, object]:
    return {
        "text": text.text,
        "step": text.step,
        "step_owner": text.step_owner,
        "step_on": text.step_on,
    }


@transaction.atomic
def confirm_line(meeting: Meeting, *, by: User, version: int) -> SharedLine:
    """The other side confirms the words that it has read; then they are both sides'."""
    meeting, own = _after(meeting, by)
    line = SharedLine.objects.filter(meeting=meeting).first()
    if line is None or line.version != version:
        raise DomainError(_("The line has changed. Read it again before you confirm."))
    return _confirm(meeting, line, own, by)


def _confirm(
    meeting: Meeting, line: SharedLine, own: Organisation, by: User
) -> SharedLine:
    if _say_yes(line, own, by):
        log(meeting.introduction, "meetings.confirm", user=by)
        other = meeting.introduction.other_than(own)
        tell(meeting, other, notice_kinds.CONFIRMED, is_paced=True)
    return line


def _after(meeting: Meeting, by: User) -> tuple[Meeting, Organisation]:
    meeting = locked(meeting)
    require(can_note(by, meeting.introduction))
    if not meeting.is_over_at(timezone.now()):
        raise DomainError(_("The meeting is not over yet."))
    return meeting, meeting.introduction.side_of(by)


def _say_yes(line: SharedLine, own: Organisation, by: User) -> bool:
    """Whether this side had not said it to this version before."""
    _yes, is_new = LineYes.objects.get_or_create(
        line=line, organisation=own, version=line.version, defaults={"said_by": by}
    )
    return is_new
