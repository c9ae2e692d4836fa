"""The record about an organisation and about a person, as they themselves read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Group
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.audit.models import Entry
from marketplace.people.models import User

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


# The same acts, said to the person whom they concern.
TO_ONESELF = {
    Entry.Kind.JOINED: _("You joined an organisation"),
    Entry.Kind.LEFT: _("Your access to an organisation was ended"),
    Entry.Kind.ROLES: _("Your rights as staff changed"),
    Entry.Kind.ACCOUNT: _("Staff changed your account"),
}
CHANGED = {
    "added": _("given"),
    "removed": _("taken away"),
    "opened": _("account opened"),
    "closed": _("account closed"),
}


def own_record(user: User, entries: Iterable[Entry]) -> list[EntryFace]:
    """What was recorded about one person; who did it is named only if it was oneself."""
    groups = dict(Group.objects.values_list("pk", "name"))
    return [
        EntryFace(
            what=str(TO_ONESELF.get(Entry.Kind(entry.kind), entry.get_kind_display())),
            detail=_of_person(entry, groups),
            by=str(user) if entry.by_id == user.pk else "",
            at=entry.at,
            mark=entry.hash[:12],
        )
        for entry in entries
    ]


def _of_person(entry: Entry, groups: dict[int, str]) -> str | Promise:
    change = CHANGED.get(entry.facts.get("change", ""))
    if change is None:
        return _detail(entry)
    held = [int(pk) for pk in entry.facts.get("groups", "").split(",") if pk]
    names = [gettext(groups[pk]) for pk in held if pk in groups]
    if "everything" in entry.facts:
        names = [gettext("May do everything")]
    return f"{', '.join(names)} – {change}" if names else change


def _detail(entry: Entry) -> str | Promise:
    facts = entry.facts
    if entry.kind == Entry.Kind.OPENED:
        return dict(RUNGS)[Stage(facts["stage"]).name.lower()]
    if entry.kind == Entry.Kind.SEEN:
        return dict(SeenBecause.choices).get(facts.get("because", ""), "")
    if entry.kind in (Entry.Kind.JOINED, Entry.Kind.LEFT):
        return dict(Membership.Role.choices).get(facts.get("role", ""), "")
    return ""
