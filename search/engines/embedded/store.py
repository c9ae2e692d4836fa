"""Where the embedded engine's tables live: Django's SQLite file, or one of its own.

Both speak ``%s`` for parameters and raise ``EngineUnavailable`` for what the file
system or a lock does to them.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from django.db import OperationalError, connections, transaction

from search.exceptions import EngineUnavailable

Row = tuple[Any, ...]


class Store(Protocol):
    """A few SQL statements against the tables of the engine."""

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""

    def write(self, sql: str, rows: Iterable[Sequence[Any]] = ((),)) -> None:
        """One statement for each row of parameters, inside ``changing``."""

    def changing(self) -> Any:
        """A context in which everything is written, or nothing."""


class DjangoStore:
    """Django's own database, so that index and rows share one transaction."""

    def __init__(self, alias: str) -> None:
        self.alias = alias

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        connection = connections[self.alias]
        with _unavailable_when(OperationalError), connection.cursor() as cursor:
            return list(cursor.execute(sql, parameters).fetchall())

    def write(self, sql: str, rows: Iterable[Sequence[Any]] = ((),)) -> None:
        connection = connections[self.alias]
        with _unavailable_when(OperationalError), connection.cursor() as cursor:
            cursor.executemany(sql, list(rows))

    @contextmanager
    def changing(self) -> Iterator[None]:
        with _unavailable_when(OperationalError), transaction.atomic(self.alias):
            yield


class FileStore:
    """A SQLite file of the engine's own, with one connection a thread."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._local = threading.local()

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        with _unavailable_when(sqlite3.Error, OSError):
            return self._connection.execute(_qmarks(sql), parameters).fetchall()

    def write(self, sql: str, rows: Iterable[Sequence[Any]] = ((),)) -> None:
        with _unavailable_when(sqlite3.Error, OSError):
            self._connection.executemany(_qmarks(sql), rows)

    @contextmanager
    def changing(self) -> Iterator[None]:
        with _unavailable_when(sqlite3.Error, OSError):
            connection = self._connection
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def close(self) -> None:
        """Closes this thread's connection."""
        if connection := getattr(self._local, "connection", None):
            connection.close()
            del self._local.connection

    @property
    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=5, isolation_level=None)
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            self._local.connection = connection
        connection = self._local.connection
        assert isinstance(connection, sqlite3.Connection)  # noqa: S101
        return connection


@contextmanager
def _unavailable_when(*errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        raise EngineUnavailable(str(error)) from error


def _qmarks(sql: str) -> str:
    return sql.replace("%s", "?")
