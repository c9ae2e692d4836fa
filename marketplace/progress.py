"""How far a long command has come, told on stderr."""

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import IO, TypeVar

Thing = TypeVar("Thing")
SECONDS_BETWEEN_LINES = 10.0
SECONDS_BETWEEN_STROKES = 0.2
BAR = 24
"""Signs of the bar on a terminal."""


class Progress:
    """A bar that overwrites itself on a terminal, else a line every ten seconds."""

    def __init__(self, out: IO[str] | None) -> None:
        self.out = out
        self.on_terminal = bool(out and out.isatty())
        self.last = monotonic()
        self.ended = ""

    @property
    def is_watched(self) -> bool:
        return self.out is not None

    def tell(self, what: str, done: int, whole: int) -> None:
        """``done`` of ``whole`` steps of a stage are over."""
        if self.out is None:
            return
        wait = SECONDS_BETWEEN_STROKES if self.on_terminal else SECONDS_BETWEEN_LINES
        if what == self.ended:
            return
        finished = done >= whole and self.on_terminal
        if monotonic() - self.last < wait and not finished:
            return
        self.last = monotonic()
        self.ended = what if finished else ""
        line = f"{what}: {done:,} of {whole:,}"
        if self.on_terminal:
            full = min(BAR, BAR * done // whole) if whole else BAR
            line = f"[{'#' * full}{'.' * (BAR - full)}] {line}"
            self.out.write(f"\r{line:<78}" + ("\n" if finished else ""))
        else:
            self.out.write(f"{line}\n")
        self.out.flush()

    def over(self, things: Iterable[Thing], what: str, whole: int) -> Iterator[Thing]:
        """The same things, each told once it was worked off."""
        for number, thing in enumerate(things, 1):
            yield thing
            self.tell(what, number, whole)


QUIET = Progress(None)
"""For whoever is asked by a page or a task, where nobody looks on."""
