"""Where an owner lets a field show later than the programme's table does.

Stricter only: a choice below the table counts for nothing, and nobody chooses for
others. Fields that stand in the index or decide about meeting are not offered, because
their effect would show elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .faces_table import stage_of
from .models import FieldChoice, Organisation
from .stages import Stage

LATER = (Stage.MEMBER, Stage.INTERESTED, Stage.FACTS, Stage.ORGANISATION)
OFFERED: tuple[tuple[str, str], ...] = (
    ("organisation", "descriptor"),
    ("organisation", "sectors"),
    ("organisation", "languages"),
    ("organisation", "place"),
    ("organisation", "size"),
    ("organisation", "works_since"),
    ("organisation", "trade_facts"),
    ("listing", "details"),
    ("listing", "photos"),
)
# What stands in a face where its owner holds a field back at this rung.
EMPTY: dict[str, object] = {
    "descriptor": "",
    "sectors": (),
    "languages": (),
    "place": "",
    "size": "",
    "works_since": None,
    "trade_facts": "",
    "details": "",
    "photos": (),
}


def stages_for(subject: str, field: str) -> list[Stage]:
    """From which stages an owner may choose: the table's own, and later ones."""
    table = stage_of(subject, field)
    return [table, *(stage for stage in LATER if stage > table)]


@dataclass(frozen=True, slots=True)
class Choices:
    """What some owners chose, read once: owner's key → subject, field → stage."""

    of: Mapping[int, Mapping[tuple[str, str], Stage]]

    def stage(self, organisation_id: int, subject: str, field: str) -> Stage:
        """From which stage a field of this owner shows."""
        chosen = self.of.get(organisation_id, {}).get((subject, field), Stage.PUBLIC)
        return max(stage_of(subject, field), chosen)

    def held_back(
        self, organisation_id: int, subject: str, stage: Stage
    ) -> dict[str, object]:
        """The fields an owner keeps from this stage, each with what stands for it."""
        chosen = self.of.get(organisation_id, {})
        return {
            field: EMPTY[field]
            for (about, field), later in chosen.items()
            if about == subject and later > stage
        }


def choices_of(organisations: Iterable[Organisation | int]) -> Choices:
    """One query for all of them."""
    keys = {getattr(each, "pk", each) for each in organisations}
    found: dict[int, dict[tuple[str, str], Stage]] = {}
    for row in FieldChoice.objects.filter(organisation__in=keys):
        chosen = found.setdefault(row.organisation_id, {})
        chosen[row.subject, row.field] = Stage(row.stage)
    return Choices(found)
