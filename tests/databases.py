"""One migrated database, made when migrations change, and copied by every run.

A run, and each of its processes, starts from what migrations leave: what an earlier run
flushed or left over is not there. The copy takes less than a second, migrating half a
minute.
"""

import hashlib
import inspect
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files import locks
from django.db import connection

from payments import triggers
from search.engines.embedded import schema


def start_from_template() -> None:
    """Puts a copy of the migrated database where the tests' own is looked for."""
    own = connection.creation._get_test_db_name()
    with _one_at_a_time():
        mark = _mark()
        if not _template().is_marked(mark):
            _migrate(_template().being_made)
            _template().keep(mark)
        _template().copy_to(own)


def bring_back() -> None:
    """Makes the tests' own database what migrations leave, as it was at the start."""
    _template().bring_back()
    ContentType.objects.clear_cache()


def forget_template() -> None:
    """The next run migrates anew."""
    _forgotten().touch()


def _mark() -> str:
    """Changes with every migration, and with what migrations of ours call."""
    files = [Path(inspect.getfile(module)) for module in (triggers, schema)]
    for app in apps.get_app_configs():
        files += sorted(Path(app.path, "migrations").glob("*.py"))
    digest = hashlib.sha256(_forgotten_at())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:7]


def _forgotten() -> Path:
    return settings.VAR_DIR / "test-template.forgotten"


def _forgotten_at() -> bytes:
    return str(_forgotten().stat().st_mtime_ns if _forgotten().exists() else 0).encode()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with (settings.VAR_DIR / "test-template.lock").open("w") as file:
        locks.lock(file, locks.LOCK_EX)
        yield


def _migrate(name: str) -> None:
    """Makes the database of this name, as Django makes one for tests."""
    was, own = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    connection.settings_dict["TEST"] = own | {"NAME": name}
    try:
        connection.creation.create_test_db(
            verbosity=0, autoclobber=True, serialize=False
        )
        connection.close()
    finally:
        connection.settings_dict |= {"NAME": was, "TEST": own}
        settings.DATABASES[connection.alias]["NAME"] = was


@cache
def _template() -> "SQLiteTemplate | PostgreSQLTemplate":
    if connection.vendor == "sqlite":
        return SQLiteTemplate()
    return PostgreSQLTemplate(connection.settings_dict["NAME"])


class SQLiteTemplate:
    """A file; its mark is the number that SQLite keeps in it for its users."""

    def __init__(self) -> None:
        self.path = settings.VAR_DIR / "test-template.sqlite3"
        self.being_made = f"{self.path}.new"

    def is_marked(self, mark: str) -> bool:
        if not self.path.exists():
            return False
        with closing(sqlite3.connect(self.path)) as database:
            return database.execute("PRAGMA user_version").fetchone() == (
                int(mark, 16),
            )

    def keep(self, mark: str) -> None:
        with closing(sqlite3.connect(self.being_made)) as database:
            database.execute(f"PRAGMA user_version = {int(mark, 16)}")
            database.execute("PRAGMA journal_mode = DELETE")  # all in one file
        Path(self.being_made).replace(self.path)

    def copy_to(self, name: str) -> None:
        for rest in ("", "-wal", "-shm"):  # who still reads the old one keeps it
            Path(f"{name}{rest}").unlink(missing_ok=True)
        shutil.copyfile(self.path, name)

    def bring_back(self) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(self.path)) as kept:
            kept.backup(connection.connection)


class PostgreSQLTemplate:
    """A database of the cluster; its mark is its comment."""

    def __init__(self, of: str) -> None:
        self.name = f"test_template_of_{of}"
        self.being_made = f"{self.name}_new"

    def is_marked(self, mark: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database"
                " WHERE datname = %s",
                [self.name],
            )
            return cursor.fetchone() == (mark,)

    def keep(self, mark: str) -> None:
        self._run(
            f"DROP DATABASE IF EXISTS {_quoted(self.name)}",
            f"ALTER DATABASE {_quoted(self.being_made)} RENAME TO {_quoted(self.name)}",
            f"COMMENT ON DATABASE {_quoted(self.name)} IS '{mark}'",
        )

    def copy_to(self, name: str) -> None:
        self._run(
            f"DROP DATABASE IF EXISTS {_quoted(name)}",
            f"CREATE DATABASE {_quoted(name)} TEMPLATE {_quoted(self.name)}",
        )

    def bring_back(self) -> None:
        own = connection.settings_dict["NAME"]
        connection.close()
        with _one_at_a_time():
            self.copy_to(own)

    def _run(self, *statements: str) -> None:
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
