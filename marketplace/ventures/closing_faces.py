"""The end of a venture as its partners read it."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from marketplace.people.models import User

from .models import ClosingNote, JointVenture
from .partners import knows_all, partner_names
from .permissions import party_of


@dataclass(frozen=True, slots=True)
class ClosingFace:
    """One note, who still has to confirm it, and what this reader can do.

    `restart_url` is empty unless all have confirmed and the partners still know each
    other; `restarted_url` leads to what was proposed by it.
    """

    url: str
    ending: str
    note: str
    lesson: str
    version: int
    waiting_for: tuple[str, ...]
    closed_at: datetime | None
    restart_url: str
    restarted_url: str
    may_write: bool
    may_confirm: bool


def may_close(venture: JointVenture, viewer: User) -> bool:
    """Partners of a venture that has been active; before that a fee is open."""
    return (
        venture.activated_at is not None
        and venture.status in JointVenture.GOING_ON
        and party_of(viewer, venture) is not None
    )


def closing_face(venture: JointVenture, viewer: User) -> ClosingFace | None:
    """None while nobody has written one."""
    note = (
        ClosingNote.objects.filter(venture=venture)
        .select_related("venture", "restarted_as")
        .first()
    )
    if note is None:
        return None
    said = set(note.words.filter(version=note.version).values_list("party", flat=True))
    own = party_of(viewer, venture)
    is_open = may_close(venture, viewer)
    restarted, restart = _new_start(note, viewer)
    return ClosingFace(
        url=note.get_absolute_url(),
        ending=str(note.get_ending_display()),
        note=note.note,
        lesson=note.lesson,
        version=note.version,
        waiting_for=tuple(
            name for key, name in partner_names(venture).items() if key not in said
        ),
        closed_at=note.closed_at,
        restart_url=restart if own is not None else "",
        restarted_url=restarted,
        may_write=is_open,
        may_confirm=is_open and own is not None and own.pk not in said,
    )


def can_restart(note: ClosingNote) -> bool:
    """All had closed it, all still know each other, and no new start is under way."""
    started = note.restarted_as
    if note.closed_at is None or not knows_all(note.venture):
        return False
    return started is None or started.status == JointVenture.Status.WITHDRAWN


def _new_start(note: ClosingNote, viewer: User) -> tuple[str, str]:
    """Where the new start stands, as far as this reader may read it; where to begin."""
    begun = JointVenture.objects.involving(viewer).filter(restarts=note)
    restarted = begun.exclude(status=JointVenture.Status.WITHDRAWN).first()
    begin = reverse("ventures:restart", args=[note.restart])
    return (
        restarted.get_absolute_url() if restarted else "",
        begin if can_restart(note) else "",
    )
