"""The four steps of an introduction as one side sees them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.faces_table import FIELDS
from marketplace.organisations.stages import Stage

from .models import Introduction
from .onlookers import Onlooker
from .permissions import can_close
from .steps import FIRST, STEPS, next_step

STEP_TITLES: dict[Stage, str | Promise] = {
    Stage.INTERESTED: _("Alias and what each can do"),
    Stage.FACTS: _("Facts of the trade"),
    Stage.ORGANISATION: _("The organisation"),
    Stage.PERSON: _("The contact person"),
}


@dataclass(frozen=True, slots=True)
class StepFace:
    """One of the four steps. `state` is open, next or later.

    `is_mine` and `is_theirs` say who has agreed so far; silence says nothing.
    """

    slug: str
    title: str
    shows: tuple[str, ...]
    state: str
    is_mine: bool
    is_theirs: bool
    may_agree: bool
    may_stop: bool


def step_faces(introduction: Introduction, viewer: Onlooker) -> tuple[StepFace, ...]:
    if not introduction.is_open:
        return ()
    own = viewer.own
    mine = introduction.given_by(own)
    theirs = introduction.given_by(introduction.other_than(own))
    offered, acts = next_step(introduction), can_close(viewer, introduction)
    return tuple(
        StepFace(
            slug=step.name.lower(),
            title=str(STEP_TITLES[step]),
            shows=fields_opened(step),
            state=_state(step, introduction.stage, offered),
            is_mine=mine >= step,
            is_theirs=theirs >= step,
            may_agree=acts and step == offered and mine < step,
            may_stop=acts and step in STEPS and mine >= step,
        )
        for step in (FIRST, *STEPS)
    )


def _state(step: Stage, reached: Stage, offered: Stage | None) -> str:
    if step <= reached:
        return "open"
    return "next" if step == offered else "later"


def fields_opened(step: Stage) -> tuple[str, ...]:
    """What a step shows of an organisation, in the words of the one table.

    With the people the clock opens on which they read the times of a meeting.
    """
    subjects = ("organisation", "person", "meeting")
    rows = [row for row in FIELDS.values() if row.subject in subjects]
    if step == FIRST:
        return tuple(str(row.label) for row in rows if row.field == "alias")
    return tuple(str(row.label) for row in rows if row.stage == step)
