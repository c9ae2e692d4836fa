"""What came of a command, as figures for people and for programs."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError, CommandParser

Figure = float | int | str | Sequence[str]


def add_json(parser: CommandParser) -> None:
    """The option every command has that reports figures."""
    parser.add_argument("--json", type=Path, help="write the figures here too")


def print_figures(figures: Mapping[str, Figure], out: IO[str]) -> None:
    """One figure a line, its name first."""
    for name, value in figures.items():
        shown = f"{value:.4f}" if isinstance(value, float) else value
        out.write(f"{name} {shown}\n")


def write_figures(figures: Mapping[str, Figure], path: Path | None) -> None:
    """The same figures under the same names, where a file is named."""
    if path is None:
        return
    try:
        path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
