"""The record about an organisation, as its own people read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from marketplace.audit.models import Entry

from .audience import RUNGS
from .models import Membership, Organisation
from .reasons import SeenBecause
from .stages import Stage


@dataclass(frozen=True, slots=True)
class EntryFace:
    """One line: what was done and when; `by` is empty for everybody but colleagues."""

    what: str
    detail: str | Promise
    by: str
    at: datetime
    mark: str


def record_of(organisation: Organisation, entries: Iterable[Entry]) -> list[EntryFace]:
    """A partner or a member of staff who acted is not named, nor is the partner.

    `mark` is the beginning of the hash that chains the entry to all before it.
    """
    ours = set(
        Membership.objects.filter(organisation=organisation).values_list(
            "user", flat=True
        )
    )
    return [
        EntryFace(
            what=entry.get_kind_display(),
            detail=_detail(entry),
            by=str(entry.by) if entry.by_id in ours else "",
            at=entry.at,
            mark=entry.hash[:12],
        )
        for entry in entries
    ]


def _detail(entry: Entry) -> str | Promise:
    facts = entry.facts
    if entry.kind == Entry.Kind.OPENED:
        return dict(RUNGS)[Stage(facts["stage"]).name.lower()]
    if entry.kind == Entry.Kind.SEEN:
        return dict(SeenBecause.choices).get(facts.get("because", ""), "")
    if entry.kind == Entry.Kind.JOINED:
        return dict(Membership.Role.choices).get(facts.get("role", ""), "")
    return ""
