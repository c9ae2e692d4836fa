"""Whether a reader may still hear of what a notice is about.

A notice outlives the consent it rests on: the introduction is closed, the colleague
has left. So each room says here, for its own things, who may read them now.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from uuid import UUID

from marketplace.people.models import User

from .models import Notice

# Of these public ids, those that this person may read today.
Readable = Callable[[User, Collection[UUID]], Iterable[UUID]]

_readers: dict[str, Readable] = {}


def register_reader(about_type: str, readable: Readable) -> None:
    """Make known who reads the things of a model, by its label (`listings.listing`)."""
    _readers[about_type] = readable


def is_known(about_type: str) -> bool:
    return about_type in _readers


def open_notices(notices: Sequence[Notice], reader: User) -> set[int]:
    """Keys of the notices whose thing this person may still read.

    One query for each kind of thing; notices about nothing stay open.
    """
    things: dict[str, set[UUID]] = defaultdict(set)
    for notice in notices:
        if notice.about_id:
            things[notice.about_type].add(UUID(notice.about_id))
    readable = {
        about_type: {str(public_id) for public_id in _among(about_type, ids, reader)}
        for about_type, ids in things.items()
    }
    return {
        notice.pk
        for notice in notices
        if not notice.about_id or notice.about_id in readable[notice.about_type]
    }


def _among(about_type: str, ids: Collection[UUID], reader: User) -> Iterable[UUID]:
    """A thing that no room speaks for is closed: deny is the default."""
    readable = _readers.get(about_type)
    return readable(reader, ids) if readable else ()


def is_open(notice: Notice) -> bool:
    """Whether its own reader may still hear of it."""
    return bool(open_notices([notice], notice.recipient))
