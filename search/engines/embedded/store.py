"""Where the embedded engine's tables live: Django's SQLite file, or one of its own.

Both speak ``%s`` for parameters. What the file system or a lock does to them becomes
``EngineUnavailable``, damage and absence ``IndexBroken``.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from django.db import DatabaseError, OperationalError, connections, transaction

from search.exceptions import EngineUnavailable, IndexBroken

from . import schema

Row = tuple[Any, ...]
READING, WRITING = 250, 5_000
"""Milliseconds to wait for another's lock; only one who writes has time."""


class Store(Protocol):
    """A few SQL statements against the tables of the engine."""

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""

    def write(self, sql: str, rows: Iterable[Sequence[Any]] = ((),)) -> None:
        """One statement for each row of parameters, inside ``changing``."""

    def changing(self) -> Any:
        """A context in which everything is written, or nothing."""

    def require_filled(self) -> None:
        """Raises IndexBroken if the tables were never filled."""

    def note_filled(self) -> None:
        """Says, inside ``changing``, that the tables hold all there is."""

    def start_anew(self) -> None:
        """Puts empty tables in the place of damaged ones."""

    def check(self) -> None:
        """Reads every page that is the engine's alone; raises IndexBroken."""


class DjangoStore:
    """Django's own database, so that index and rows share one transaction."""

    def __init__(self, alias: str) -> None:
        self.alias = alias

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        connection = connections[self.alias]
        with _translated(), connection.cursor() as cursor:
            return list(cursor.execute(sql, parameters).fetchall())

    def write(self, sql: str, rows: Iterable[Sequence[Any]] = ((),)) -> None:
        connection = connections[self.alias]
        with _translated(), connection.cursor() as cursor:
            cursor.executemany(sql, list(rows))

    @contextmanager
    def changing(self) -> Iterator[None]:
        with _translated(), transaction.atomic(self.alias):
            yield

    def require_filled(self) -> None:
        """They are as whole as the database: made by a migration, written with it."""

    def note_filled(self) -> None:
        """Nothing to note; see above."""

    def start_anew(self) -> None:
        with self.changing():
            for sql in (*schema.drop(schema.LIVE), *schema.create(schema.LIVE)):
                self.write(sql)

    def check(self) -> None:
        """The rest of the file is the site's; backups and `doctor` look after it."""


class FileStore:
    """A SQLite file of the engine's own, with one connection a thread.

    ``path`` is a link to the file in use, so that a damaged one can be replaced
    under the eyes of other processes: each finds out with its next statement.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._local = threading.local()

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        with _translated():
            return self._connection().execute(_qmarks(sql), parameters).fetchall()

    def write(self, sql: str, rows: Iterable[Sequence[Any]] = ((),)) -> None:
        with _translated():
            self._connection().executemany(_qmarks(sql), rows)

    @contextmanager
    def changing(self) -> Iterator[None]:
        with _translated():
            connection = self._connection()
            connection.execute(f"PRAGMA busy_timeout={WRITING}")
            try:
                connection.execute("BEGIN IMMEDIATE")
                try:
                    yield
                except BaseException:
                    connection.execute("ROLLBACK")
                    raise
                connection.execute("COMMIT")
            finally:
                connection.execute(f"PRAGMA busy_timeout={READING}")

    def require_filled(self) -> None:
        if self.read("PRAGMA user_version") != [(schema.FILLED,)]:
            raise IndexBroken("not filled yet")

    def note_filled(self) -> None:
        self.write(f"PRAGMA user_version = {schema.FILLED}")

    def start_anew(self) -> None:
        name = f"{self.path.stem}-{uuid4().hex[:8]}{self.path.suffix}"
        with _translated():
            was = self.path.parent.resolve() / self.path.name
            old = self.path.resolve()
            link = self.path.with_name(f"{name}.link")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(name)
            link.replace(self.path)
            self._connection()
            # A file that stood where the link stands now is gone already.
            rests = ("-wal", "-shm") if old == was else ("", "-wal", "-shm")
            for rest in rests:
                Path(f"{old}{rest}").unlink(missing_ok=True)

    def check(self) -> None:
        if self.read("PRAGMA quick_check(1)") != [("ok",)]:
            raise IndexBroken("pages are damaged")

    def close(self) -> None:
        """Closes this thread's connection."""
        if connection := getattr(self._local, "connection", None):
            connection.close()
            del self._local.connection

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection, to the file that stands there now."""
        known = getattr(self._local, "connection", None)
        if known is not None and self._local.file == _identity(self.path):
            return known  # type: ignore[no-any-return]
        self.close()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(
            self.path, timeout=READING / 1000, isolation_level=None
        )
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA cache_size=-20000")
        if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall():
            for sql in schema.create(schema.LIVE, unless_there=True):
                connection.execute(sql)
        self._local.connection = connection
        self._local.file = _identity(self.path)
        return connection


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        kind = IndexBroken if "no such table" in str(error) else EngineUnavailable
        raise kind(str(error)) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise IndexBroken(str(error)) from error
    except OSError as error:
        raise EngineUnavailable(type(error).__name__) from error


def _qmarks(sql: str) -> str:
    return sql.replace("%s", "?")
