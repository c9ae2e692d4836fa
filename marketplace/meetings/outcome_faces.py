"""What came of a meeting, as one side reads it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from marketplace.organisations.models import Organisation

from .models import Meeting, SharedLine, SideNote


@dataclass(frozen=True, slots=True)
class LineFace:
    """The shared line; it stands once both have confirmed this version."""

    text: str
    step: str
    step_is_ours: bool
    step_on: date | None
    version: int
    stands: bool
    we_said_yes: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class OutcomeFace:
    """The own note in full, of the other side's only the word whether they met."""

    note: str
    our_word: str
    their_word: str
    line: LineFace | None
    may_note: bool


def outcome_face(row: Meeting, own: Organisation, *, may_note: bool) -> OutcomeFace:
    notes = {note.organisation_id: note for note in row.notes.all()}
    other = row.introduction.other_than(own)
    ours, theirs = notes.get(own.pk), notes.get(other.pk)
    line: SharedLine | None = getattr(row, "line", None)
    return OutcomeFace(
        note=ours.text if ours else "",
        our_word=_word(ours),
        their_word=_word(theirs),
        line=_line(line, own, other, may_note=may_note) if line else None,
        may_note=may_note,
    )


def _word(note: SideNote | None) -> str:
    said = note.get_took_place_display() if note and note.took_place else ""
    return str(said) or _("has said nothing yet")


def _line(
    line: SharedLine, own: Organisation, other: Organisation, *, may_note: bool
) -> LineFace:
    said = {
        yes.organisation_id for yes in line.yeses.all() if yes.version == line.version
    }
    return LineFace(
        text=line.text,
        step=line.step,
        step_is_ours=line.step_owner_id == own.pk,
        step_on=line.step_on,
        version=line.version,
        stands={own.pk, other.pk} <= said,
        we_said_yes=own.pk in said,
        may_confirm=may_note and own.pk not in said,
    )
