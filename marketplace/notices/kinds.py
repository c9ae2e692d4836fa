"""What can be told to people: each room registers its own kinds at start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .parameters import decode

if TYPE_CHECKING:
    from .models import Notice


class UnknownKind(LookupError):
    """A notice of a kind that no room registered."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """One kind of notice.

    `line` is a lazy gettext string with `%(name)s` for each parameter, read on the
    site and in mails at discretion 1. `discreet_line` stands in mails from
    discretion 2 on: no alias, no title. `template` is the text of the mail at
    discretion 1, its first line the subject; without one the line is the mail.
    `detail` gives the template what only a look at the present can tell.
    """

    name: str
    room: str
    line: str | Promise
    discreet_line: str | Promise
    template: str = ""
    detail: "Callable[[Notice], Mapping[str, object]] | None" = None

    @property
    def key(self) -> str:
        return f"{self.room}.{self.name}"

    def line_for(self, parameters: Mapping[str, object]) -> str:
        """The line in the active language, its parameters written for the reader."""
        return str(self.line) % decode(parameters)


_registered: dict[str, NoticeKind] = {}
_topics: dict[str, str | Promise] = {}


def register_topic(room: str, label: str | Promise) -> None:
    """Let members do without mails about a room; its notices on the site stay."""
    _topics[room] = label


def topics() -> list[tuple[str, str | Promise]]:
    """What a member may do without, by room."""
    return sorted(_topics.items())


def topic_of(key: str) -> str:
    """The room of a kind whose mails a member may stop; empty for all others."""
    room = key.partition(".")[0]
    return room if room in _topics else ""


def register(kind: NoticeKind) -> NoticeKind:
    """Make a kind known; the same name twice in one room is a mistake."""
    if _registered.get(kind.key, kind) != kind:
        raise ValueError(f"two kinds of notice are called {kind.key}")
    _registered[kind.key] = kind
    return kind


def kind_of(key: str) -> NoticeKind:
    """Look a kind up by its key, or raise `UnknownKind`."""
    try:
        return _registered[key]
    except KeyError:
        raise UnknownKind(key) from None


def line_of(key: str, parameters: Mapping[str, object]) -> str:
    """The line of a stored notice; an old kind that is gone still says something."""
    try:
        return kind_of(key).line_for(parameters)
    except (UnknownKind, KeyError):
        return _("There is news for you.")


def discreet_line_of(key: str) -> str:
    """The line of a notice that names nothing."""
    try:
        return str(kind_of(key).discreet_line)
    except UnknownKind:
        return _("There is news for you.")
