"""A long command tells how far it is, and what came of it."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from marketplace import progress as module
from marketplace.figures import write_figures
from marketplace.progress import Progress


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_that_fills_and_ends_once():
    out = Terminal()
    told = Progress(out)
    assert list(told.over("abcd", "letters", 4)) == list("abcd")
    told.tell("letters", 4, 4)
    told.tell("letters", 4, 4)
    assert out.getvalue().endswith("\n")
    assert out.getvalue().count("\n") == 1
    assert f"[{'#' * module.BAR}] letters: 4 of 4" in out.getvalue()


def test_a_log_gets_a_line_now_and_then(monkeypatch):
    clock = iter(range(0, 1000, 6))
    monkeypatch.setattr(module, "monotonic", lambda: next(clock))
    out = StringIO()
    list(Progress(out).over(range(8), "rows", 8))
    lines = out.getvalue().splitlines()
    assert 0 < len(lines) < 8
    assert all(line.startswith("rows: ") and line.endswith("of 8") for line in lines)


def test_nobody_is_told_where_nobody_looks_on():
    assert list(Progress(None).over([1, 2], "rows", 2)) == [1, 2]


def test_figures_are_written_where_a_file_is_named(tmp_path: Path):
    path = tmp_path / "figures.json"
    write_figures({"listings": 3, "silent": ["far"]}, path)
    write_figures({"listings": 4}, None)
    assert json.loads(path.read_text()) == {"listings": 3, "silent": ["far"]}


def test_a_file_that_cannot_be_written_is_said_plainly(tmp_path: Path):
    with pytest.raises(CommandError, match="No such file"):
        write_figures({}, tmp_path / "nowhere" / "figures.json")
