"""Local arrangements as the partners read them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.people.clocks import ClockFace, place_of
from marketplace.people.models import User

from .clocks import clocks_of
from .models import Arrangement, ArrangementWord, JointVenture, VentureParty
from .occasions import Occasion, Phase, next_occasion, occasions
from .partners import partner_names
from .permissions import party_of

What = ArrangementWord.What
Said = dict[int, str]


@dataclass(frozen=True, slots=True)
class KeptFace:
    """What one partner says of whether it was kept; empty where it says nothing."""

    name: str
    is_own: bool
    word: str
    label: str


@dataclass(frozen=True, slots=True)
class ArrangementFace:
    """One arrangement, where it stands by its dates, and what this reader can do.

    `state` is waiting, expired, ahead, in_force, lapsed, left or closed (with
    its venture). `clocks` show the time
    under way or the next to come, and the first once all are over.
    """

    public_id: UUID
    url: str
    what: str
    who: str
    place: str
    how_often: str
    clock: str
    first_on: date
    last_on: date
    hours: str
    review_on: date
    is_review_due: bool
    version: int
    state: str
    state_label: str
    agreed_at: datetime | None
    left_by: str
    waiting_for: tuple[str, ...]
    clocks: tuple[ClockFace, ...]
    kept: tuple[KeptFace, ...]
    kept_label: str
    renews: str
    may_agree: bool
    may_edit: bool
    may_leave: bool
    may_renew: bool
    may_say: bool
    may_download: bool


@dataclass(frozen=True, slots=True)
class ArrangementLine:
    """One arrangement in the list of its venture."""

    url: str
    what: str
    place: str
    first_on: date
    last_on: date
    state: str
    state_label: str
    kept_label: str


def arrangement_lines(venture: JointVenture) -> tuple[ArrangementLine, ...]:
    """All of a venture that goes on or went on; the latest first."""
    if venture.agreed_at is None:
        return ()
    now, everybody = timezone.now(), venture.parties.count()
    rows = venture.arrangements.prefetch_related("words")
    return tuple(_line(row, now, everybody) for row in rows)


def _line(row: Arrangement, now: datetime, everybody: int) -> ArrangementLine:
    state = _state(row, now)
    return ArrangementLine(
        url=row.get_absolute_url(),
        what=row.what,
        place=row.place,
        first_on=row.first_on,
        last_on=row.last_on,
        state=state,
        state_label=_state_labels()[state],
        kept_label=_kept_label(row, everybody) if _has_begun(row, now) else "",
    )


def arrangement_face(
    row: Arrangement, viewer: User, venture: JointVenture
) -> ArrangementFace:
    parties = list(venture.parties.select_related("organisation"))
    names = partner_names(venture)
    own = party_of(viewer, venture)
    acting = own if venture.status in JointVenture.GOING_ON else None
    now = timezone.now()
    state, is_mine = _state(row, now), acting is not None
    agreed = _who_agreed(row)
    stands = state in ("ahead", "in_force", "lapsed")
    began = _has_begun(row, now)
    return ArrangementFace(
        public_id=row.public_id,
        url=row.get_absolute_url(),
        what=row.what,
        who=row.who,
        place=row.place,
        how_often=str(row.get_repeats_display()),
        clock=place_of(row.zone),
        first_on=row.first_on,
        last_on=row.last_on,
        hours=f"{row.from_time:%H:%M}–{row.to_time:%H:%M}",
        review_on=row.review_on,
        is_review_due=state == "in_force" and row.review_on <= timezone.localdate(),
        version=row.version,
        state=state,
        state_label=_state_labels()[state],
        agreed_at=row.agreed_at,
        left_by=names[row.left_by_id] if row.left_by_id else "",
        waiting_for=tuple(name for key, name in names.items() if key not in agreed),
        clocks=clocks_of(_shown(row, now), row.zone, parties, viewer),
        kept=_kept(row, names, own) if began else (),
        kept_label=_kept_label(row, len(names)) if began else "",
        renews=row.renews.get_absolute_url() if row.renews else "",
        may_agree=(
            acting is not None and state == "waiting" and acting.pk not in agreed
        ),
        may_edit=is_mine and state in ("waiting", "expired"),
        may_leave=is_mine and state in ("waiting", "ahead", "in_force"),
        may_renew=is_mine and state in ("in_force", "lapsed", "left", "closed"),
        may_say=is_mine and began,
        may_download=stands and venture.status in JointVenture.GOING_ON,
    )


def _state(row: Arrangement, now: datetime) -> str:
    if row.left_at is not None:
        return "left" if row.left_by_id else "closed"
    phase = row.phase_at(now)
    if row.agreed_at is None:
        return "expired" if phase == Phase.LAPSED else "waiting"
    return str(phase.value)


def _has_begun(row: Arrangement, now: datetime) -> bool:
    """Whether there was anything to keep before it ended."""
    if row.agreed_at is None:
        return False
    return row.phase_at(row.left_at or now) != Phase.AHEAD


def _state_labels() -> dict[str, str]:
    return {
        "waiting": _("not agreed by all"),
        "expired": _("never agreed by all"),
        "ahead": str(Phase.AHEAD.label),
        "in_force": str(Phase.IN_FORCE.label),
        "lapsed": str(Phase.LAPSED.label),
        "left": _("ended by a partner"),
        "closed": _("ended for all"),
    }


def _shown(row: Arrangement, now: datetime) -> Occasion:
    return next_occasion(row.times, now) or next(occasions(row.times))


def _who_agreed(row: Arrangement) -> set[int]:
    return {
        word.party_id
        for word in row.words.all()
        if word.what == What.AGREED and word.voided_at is None
    }


def _last_words(row: Arrangement) -> dict[int, ArrangementWord]:
    """Of each partner the last word on whether it was kept."""
    words = (word for word in row.words.all() if word.what != What.AGREED)
    return {word.party_id: word for word in words}


def _kept(
    row: Arrangement, names: dict[int, str], own: VentureParty | None
) -> tuple[KeptFace, ...]:
    last = _last_words(row)
    return tuple(
        KeptFace(
            name=name,
            is_own=own is not None and key == own.pk,
            word=last[key].what if key in last else "",
            label=(
                str(last[key].get_what_display())
                if key in last
                else _("has said nothing yet")
            ),
        )
        for key, name in names.items()
    )


def _kept_label(row: Arrangement, parties: int) -> str:
    """Kept only by the word of all; one "not kept" is enough for the contrary."""
    said = {word.what for word in _last_words(row).values()}
    if What.NOT_KEPT in said:
        return _("not kept, says at least one side")
    everybody = len(_last_words(row)) == parties
    return _("kept, all sides say") if everybody else ""
