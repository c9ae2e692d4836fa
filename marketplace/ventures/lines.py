"""Ventures as rows of a member's list: as many queries for twenty as for one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import prefetch_related_objects

from marketplace.organisations.models import Organisation
from marketplace.organisations.stricter import Choices, choices_of
from marketplace.people.models import User

from .faces import percent
from .models import JointVenture
from .partners import met_by
from .text_faces import name_of, title_for, wording_faces


@dataclass(frozen=True, slots=True)
class VentureLine:
    """Enough to choose; `parties` are names as far as the reader knows them, and shares."""

    url: str
    title: str
    title_language: str
    status: str
    status_label: str
    starts_on: date
    parties: tuple[tuple[str, Decimal], ...]


def venture_lines(rows: Iterable[JointVenture], viewer: User) -> list[VentureLine]:
    ventures = list(rows)
    parts = [f"parties__organisation__{part}" for part in ("sectors", "place")]
    prefetch_related_objects(ventures, "wordings", *parts)
    rows_of_all = (row for venture in ventures for row in venture.parties.all())
    choices = choices_of({row.organisation for row in rows_of_all})
    met = {own.pk: met_by(own) | {own.pk} for own in Organisation.objects.of(viewer)}
    return [_line(venture, met, choices) for venture in ventures]


def _line(
    venture: JointVenture, met: dict[int, set[int]], choices: Choices
) -> VentureLine:
    words = title_for(wording_faces(venture))
    parties = venture.parties.all()
    mine = [met[row.organisation_id] for row in parties if row.organisation_id in met]
    known = None if venture.agreed_at is not None else set().union(*mine)
    return VentureLine(
        url=venture.get_absolute_url(),
        title=words.title,
        title_language=words.language,
        status=venture.status,
        status_label=venture.get_status_display(),
        starts_on=venture.starts_on,
        parties=tuple(
            (name_of(row, known, choices), percent(row.ownership)) for row in parties
        ),
    )
