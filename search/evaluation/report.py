"""Figures of an evaluation for people and for programs."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO


def print_figures(figures: Mapping[str, float | int | str], out: IO[str]) -> None:
    """One figure a line, its name first."""
    for name, value in figures.items():
        shown = f"{value:.4f}" if isinstance(value, float) else value
        out.write(f"{name} {shown}\n")


def write_figures(figures: Mapping[str, float | int | str], path: Path) -> None:
    """The same figures under the same names; raises OSError."""
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
