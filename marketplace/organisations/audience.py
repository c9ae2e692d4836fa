"""Who sees a field, in sentences: made from the table, never written beside it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .faces_table import FIELDS, stage_of
from .stages import Stage

SENTENCES: dict[Stage, str | Promise] = {
    Stage.PUBLIC: _("Anyone can see this."),
    Stage.MEMBER: _("Signed-in members can see this."),
    Stage.MATCHED: _("Members you match with can see this."),
    Stage.INTERESTED: _(
        "Shown to whom you ask for an introduction, and to whom you accept."
    ),
    Stage.FACTS: _("Shown once you both agree to share facts."),
    Stage.ORGANISATION: _("Shown once you both agree to share the organisation."),
    Stage.PERSON: _("Shown once you both agree to meet."),
    Stage.VENTURE: _("Shown to partners of the same venture."),
}
# The rungs in words short enough for a row of links, from far to near.
RUNGS: tuple[tuple[str, str | Promise], ...] = (
    ("public", _("Anyone")),
    ("member", _("Members")),
    ("matched", _("A match")),
    ("interested", _("After a request")),
    ("facts", _("Facts")),
    ("organisation", _("Organisation")),
    ("person", _("Person")),
    ("venture", _("Venture partners")),
)
SUBJECTS: dict[str, str | Promise] = {
    "listing": _("Your listing"),
    "organisation": _("Your organisation"),
    "person": _("Your contact person"),
    "introduction": _("An introduction"),
    "meeting": _("A meeting"),
    "venture": _("A joint venture"),
}


def who_sees(subject: str, field: str) -> str:
    """The sentence that stands beside a field of a form."""
    return str(SENTENCES[stage_of(subject, field)])


@dataclass(frozen=True, slots=True)
class TableRow:
    """One field: for each of the eight rungs whether it is open there.

    The sentence says from when on; it is empty where anyone sees the field.
    """

    label: str
    rungs: tuple[tuple[str, bool], ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of one kind of thing."""

    title: str
    rows: tuple[TableRow, ...]


def table() -> list[TablePart]:
    """The whole table in the reader's language, ordered by thing and by stage."""
    known = list(SUBJECTS)
    subjects = sorted(
        {subject for subject, _field in FIELDS},
        key=lambda subject: known.index(subject) if subject in known else len(known),
    )
    return [
        TablePart(str(SUBJECTS.get(subject, subject)), _rows_of(subject))
        for subject in subjects
    ]


def _rows_of(subject: str) -> tuple[TableRow, ...]:
    rows = [row for row in FIELDS.values() if row.subject == subject]
    return tuple(
        TableRow(
            label=str(row.label),
            sentence=str(SENTENCES[row.stage]) if row.stage else "",
            rungs=tuple(
                (str(label), row.stage <= Stage[rung.upper()]) for rung, label in RUNGS
            ),
        )
        for row in sorted(rows, key=lambda row: row.stage)
    )
