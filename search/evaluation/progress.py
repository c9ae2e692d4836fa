"""How far a long command has come, told on stderr."""

from time import monotonic
from typing import IO

SECONDS_BETWEEN_LINES = 10.0
SECONDS_BETWEEN_STROKES = 0.2


class Progress:
    """A line that overwrites itself on a terminal, else a line every ten seconds."""

    def __init__(self, out: IO[str] | None) -> None:
        self.out = out
        self.on_terminal = bool(out and out.isatty())
        self.last = monotonic()

    def tell(self, what: str, done: int, whole: int) -> None:
        """``done`` of ``whole`` steps of a stage are over."""
        if self.out is None:
            return
        wait = SECONDS_BETWEEN_STROKES if self.on_terminal else SECONDS_BETWEEN_LINES
        finished = done >= whole and self.on_terminal
        if monotonic() - self.last < wait and not finished:
            return
        self.last = monotonic()
        line = f"{what}: {done:,} of {whole:,}"
        if self.on_terminal:
            self.out.write(f"\r{line:<60}" + ("\n" if finished else ""))
        else:
            self.out.write(f"{line}\n")
        self.out.flush()
