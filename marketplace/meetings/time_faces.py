"""A time of a meeting on the reader's clock, and on the other side's once that is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from marketplace.introductions.models import Introduction
from marketplace.introductions.onlookers import Onlooker, onlooker_of
from marketplace.notices.models import habits_of
from marketplace.notices.timing import Rhythm, is_quiet
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.clocks import clock_faces, stretch_in_words
from marketplace.people.models import User


@dataclass(frozen=True, slots=True)
class Reader:
    """Through whose eyes a meeting is seen: the side, the clock, the own rest.

    `shows_clock` says that the other side's people are open, and with them where their
    clock hangs. Before that its hours would tell where: two clocks that agree or differ
    on one day of the year name a city. `is_own` is false for a facilitator.
    """

    own: Organisation
    is_own: bool
    zone: str
    shows_clock: bool
    rhythm: Rhythm | None


@dataclass(frozen=True, slots=True)
class TimeFace:
    """One stretch of time in words; `is_same` where both clocks show the same.

    `theirs` and `their_city` are empty before the other side's clock is open.
    """

    mine: str
    theirs: str
    is_same: bool
    city: str
    their_city: str


def reader_of(
    introduction: Introduction, viewer: User | Onlooker, *, asks_rest: bool = True
) -> Reader:
    """The viewer is on one of the sides; the own rest is known to its person alone.

    Without `asks_rest` it stays unread, where no time is to be weighed against it.
    """
    onlooker = onlooker_of(introduction, viewer)
    user, is_own = onlooker.user, onlooker.is_own
    return Reader(
        own=onlooker.own,
        is_own=is_own,
        zone=user.time_zone,
        shows_clock=is_own and introduction.stage >= Stage.PERSON,
        rhythm=habits_of(user).rhythm if is_own and asks_rest else None,
    )


def time_face(
    begins_at: datetime, ends_at: datetime, their_zone: str, reader: Reader
) -> TimeFace:
    if not reader.shows_clock:
        (mine,) = clock_faces(begins_at, ends_at, {reader.zone: []}, reader.zone)
        return TimeFace(stretch_in_words(mine), "", False, mine.place, "")
    whose: dict[str, list[str]] = {reader.zone: [], their_zone: []}
    faces = clock_faces(begins_at, ends_at, whose, reader.zone)
    mine, theirs = faces[0], faces[-1]
    in_words = stretch_in_words(mine), stretch_in_words(theirs)
    return TimeFace(
        mine=in_words[0],
        theirs=in_words[1],
        is_same=in_words[0] == in_words[1],
        city=mine.place,
        their_city=theirs.place,
    )


def rests_at(moments: Iterable[datetime], zone: str, rhythm: Rhythm | None) -> bool:
    """Whether one of these moments falls on quiet hours or a day off of a person."""
    return rhythm is not None and any(is_quiet(each, zone, rhythm) for each in moments)
