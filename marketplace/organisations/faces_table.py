"""The one table of field × stage: each room declares its rows when it is loaded.

Faces are built from it; the page "who sees what" and the leak tests read it.
"""

from dataclasses import dataclass

from django.utils.functional import Promise

from .stages import Stage


@dataclass(frozen=True, slots=True)
class FieldStage:
    """From which stage one field of one kind of thing is open to others."""

    subject: str
    field: str
    stage: Stage
    label: str | Promise


FIELDS: dict[tuple[str, str], FieldStage] = {}


def declare(*rows: FieldStage) -> None:
    """Add a room's rows to the table; a field declared otherwise before is an error."""
    for row in rows:
        key = (row.subject, row.field)
        if FIELDS.setdefault(key, row) != row:
            raise ValueError(f"{row.subject}.{row.field} already has a stage")


def open_fields(subject: str, stage: Stage) -> frozenset[str]:
    """The fields of such a thing that are open at a stage."""
    return frozenset(
        row.field
        for row in FIELDS.values()
        if row.subject == subject and row.stage <= stage
    )


def stage_of(subject: str, field: str) -> Stage:
    """From which stage a field is open; KeyError for a field nobody declared."""
    return FIELDS[subject, field].stage
