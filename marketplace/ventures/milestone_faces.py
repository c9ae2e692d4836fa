"""Next steps and milestones as the partners read them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from .models import JointVenture, Milestone, MilestoneWord, VentureParty
from .partners import partner_names

What = MilestoneWord.What
LATEST_OVER = 10


@dataclass(frozen=True, slots=True)
class StoodFace:
    """What all partners had confirmed before a change that still waits."""

    text: str
    owner: str
    due_on: date


@dataclass(frozen=True, slots=True)
class MilestoneFace:
    """One step, and what this reader can still say about it.

    `state` is waiting, open, done or dropped; `finishing` and `dropping` name who has
    said so while others have not.
    """

    public_id: UUID
    kind: str
    text: str
    owner: str
    is_own: bool
    due_on: date
    is_late: bool
    version: int
    state: str
    waiting_for: tuple[str, ...]
    finishing: tuple[str, ...]
    dropping: tuple[str, ...]
    stood: StoodFace | None
    may_edit: bool
    may_confirm: bool
    may_finish: bool
    may_drop: bool


def milestone_faces(
    venture: JointVenture, own: VentureParty | None
) -> tuple[MilestoneFace, ...]:
    """Those under way by their days, then the latest that are over."""
    if venture.agreed_at is None:
        return ()
    names, rows = partner_names(venture), venture.milestones.prefetch_related("words")
    under_way = [row for row in rows if not row.is_over]
    over = [row for row in rows if row.is_over]
    over.sort(key=_over_at, reverse=True)
    acting = own if venture.status in JointVenture.GOING_ON else None
    return tuple(_face(row, names, acting) for row in [*under_way, *over[:LATEST_OVER]])


def _over_at(row: Milestone) -> datetime:
    return row.done_at or row.dropped_at or row.written_at


def _face(
    row: Milestone, names: dict[int, str], own: VentureParty | None
) -> MilestoneFace:
    said = {what: _who_said(row, what) for what in What}
    mine = {what for what, who in said.items() if own and own.pk in who}
    open_to_own = own is not None and not row.is_over
    return MilestoneFace(
        public_id=row.public_id,
        kind=str(row.get_kind_display()),
        text=row.text,
        owner=names[row.owner_id],
        is_own=own is not None and row.owner_id == own.pk,
        due_on=row.due_on,
        is_late=row.counts and not row.is_over and row.due_on < timezone.localdate(),
        version=row.version,
        state=_state(row),
        waiting_for=_names(names, set(names) - said[What.COUNTS]),
        finishing=_names(names, said[What.DONE]),
        dropping=_names(names, said[What.DROPPED]),
        stood=_stood(row, names),
        may_edit=open_to_own,
        may_confirm=open_to_own and What.COUNTS not in mine,
        may_finish=open_to_own and row.counts and What.DONE not in mine,
        may_drop=open_to_own and What.DROPPED not in mine,
    )


def _state(row: Milestone) -> str:
    if row.done_at is not None:
        return "done"
    if row.dropped_at is not None:
        return "dropped"
    return "open" if row.counts else "waiting"


def _who_said(row: Milestone, what: What) -> set[int]:
    live = [word for word in row.words.all() if word.voided_at is None]
    return {word.party_id for word in live if word.what == what}


def _names(names: dict[int, str], keys: set[int]) -> tuple[str, ...]:
    return tuple(name for key, name in names.items() if key in keys)


def _stood(row: Milestone, names: dict[int, str]) -> StoodFace | None:
    """Nothing where the present version counts, or none ever did."""
    if row.counts or row.stood_owner_id is None or row.stood_due_on is None:
        return None
    return StoodFace(row.stood_text, names[row.stood_owner_id], row.stood_due_on)
