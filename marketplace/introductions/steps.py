"""The four steps in which two sides come to know each other."""

from marketplace.organisations.stages import Stage

from .models import Introduction

FIRST = Stage.INTERESTED
STEPS: tuple[Stage, ...] = (Stage.FACTS, Stage.ORGANISATION, Stage.PERSON)


def next_step(introduction: Introduction) -> Stage | None:
    """The step that both sides may agree to now; None at the end or before a yes."""
    if not introduction.is_open:
        return None
    reached = introduction.stage
    return next((step for step in STEPS if step > reached), None)


def stage_before(step: Stage) -> Stage:
    """What stays open where this step closes."""
    return max(stage for stage in (FIRST, *STEPS) if stage < step)
