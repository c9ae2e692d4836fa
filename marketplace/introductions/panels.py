"""What rooms that stand on introductions add to their page, and to what is taken out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from .models import Introduction
from .onlookers import Onlooker


@dataclass(frozen=True, slots=True)
class PanelFace:
    """A section of the page: how things stand there, and where one goes on."""

    title: str
    lines: tuple[str, ...]
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class ExportRow:
    """One line of the table that a side takes out; `is_ours` is None for both sides'."""

    is_ours: bool | None
    at: datetime | None
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Both for one reader, who is on a side of the introduction or facilitates for it."""

    face: Callable[[Introduction, Onlooker], PanelFace | None]
    rows: Callable[[Introduction, Onlooker], Iterable[ExportRow]]


_panels: list[Panel] = []


def register_panel(panel: Panel) -> None:
    """Make a room's panel known; the same one once more changes nothing."""
    if panel not in _panels:
        _panels.append(panel)


def panels_for(introduction: Introduction, viewer: Onlooker) -> list[PanelFace]:
    """What each room shows this reader, in the order in which they registered."""
    faces = (panel.face(introduction, viewer) for panel in _panels)
    return [face for face in faces if face is not None]


def rows_for(introduction: Introduction, viewer: Onlooker) -> Iterator[ExportRow]:
    for panel in _panels:
        yield from panel.rows(introduction, viewer)
