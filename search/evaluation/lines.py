"""Files of an evaluation: one record a line, plain or gzip, bad lines reported."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

Record = TypeVar("Record")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


class BadLine(ValueError):
    """A line that does not say what it should; carries the reason."""


class NoGoodLine(Exception):
    """A file in which not a single line can be used."""


def read_lines(
    path: Path, parse: Callable[[str], Record], complaints: IO[str]
) -> Iterator[Record]:
    """Every good record; ``FILE:LINE: reason`` for the others.

    Raises NoGoodLine at the end if there was none, OSError if there is no file.
    """
    good = 0
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            record = parse(line.rstrip("\r\n"))
        except BadLine as error:
            complaints.write(f"{path}:{number}: {error}\n")
            continue
        good += 1
        yield record
    if not good:
        raise NoGoodLine(f"{path} has no good line")


def json_object(line: str) -> dict[str, Any]:
    """The object in a line with its id checked; raises BadLine."""
    try:
        record = json.loads(line)
    except ValueError as error:
        raise BadLine(f"no JSON: {error}") from error
    if not isinstance(record, dict):
        raise BadLine("no JSON object")
    checked_id(record.get("id"))
    return record


def checked_id(value: object) -> str:
    """An id of 1 to 64 of ``A-Z a-z 0-9 . _ : -``; raises BadLine."""
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise BadLine("an id is 1 to 64 of A-Z a-z 0-9 . _ : -")
    return value


def text_field(record: dict[str, Any], name: str, *, required: bool = False) -> str:
    """A text of a record, "" where it is absent; raises BadLine."""
    value = record.get(name, "")
    if not isinstance(value, str) or (required and not value.strip()):
        raise BadLine(f"{name} has to be a text")
    return value


def _lines(path: Path) -> Iterator[str]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as opened:
        for line in opened:
            yield line.decode("utf-8", errors="replace")
