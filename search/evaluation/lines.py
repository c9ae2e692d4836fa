"""Files of an evaluation: one record a line, plain or gzip, bad lines reported."""

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

Record = TypeVar("Record")
LONGEST_LINE = 4_000_000
"""Bytes; a longer line is bad, and is passed over without being held in memory."""
MOST_DIGITS = 400
_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_GRADE = re.compile(r"-?[0-9]{1,2}")


class BadLine(ValueError):
    """A line that does not say what it should; carries the reason."""


class NoGoodLine(Exception):
    """A file in which not a single line can be used."""


class UnreadableFile(Exception):
    """A file that breaks off, or is not packed as its name says."""


def read_lines(
    path: Path, parse: Callable[[str], Record], complaints: IO[str]
) -> Iterator[Record]:
    """Every good record; ``FILE:LINE: reason`` for the others.

    A byte order mark, CRLF and empty lines are passed over. Raises NoGoodLine at the
    end if there was no good line, UnreadableFile, or OSError if there is no file.
    """
    good = 0
    for number, raw in enumerate(_lines(path), 1):
        try:
            line = _decoded(raw).rstrip("\r\n")
            if not line.strip():
                continue
            record = parse(line)
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
        record = json.loads(line, parse_constant=_no_constant, parse_int=_whole)
    except (ValueError, RecursionError) as error:
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
    value = record.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise BadLine(f"{name} has to be a text")
    # Half of a surrogate pair is no text; nothing that stores UTF-8 could hold it.
    return value.encode("utf-8", "replace").decode("utf-8")


def judgement(line: str) -> tuple[str, str, int]:
    """Two ids and a whole grade, apart by tabs; raises BadLine."""
    parts = [part.strip() for part in line.split("\t")]
    if len(parts) != 3 or not _GRADE.fullmatch(parts[2]):
        raise BadLine("not two ids and a whole grade below 100, apart by tabs")
    return checked_id(parts[0]), checked_id(parts[1]), int(parts[2])


def pair(line: str) -> tuple[str, str]:
    """Two ids apart by a tab; raises BadLine."""
    parts = [part.strip() for part in line.split("\t")]
    if len(parts) != 2:
        raise BadLine("not two ids, apart by a tab")
    return checked_id(parts[0]), checked_id(parts[1])


def _decoded(raw: bytes | None) -> str:
    if raw is None:
        raise BadLine(f"longer than {LONGEST_LINE} bytes")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadLine("not UTF-8") from error


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number of more than {MOST_DIGITS} digits")
    return int(digits)


def _lines(path: Path) -> Iterator[bytes | None]:
    """Lines as bytes, None for one that is too long."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as opened:
            while line := opened.readline(LONGEST_LINE + 1):
                if len(line) <= LONGEST_LINE:
                    yield line
                    continue
                while line and not line.endswith(b"\n"):
                    line = opened.readline(LONGEST_LINE)
                yield None
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableFile(f"{path}: {error}") from error
