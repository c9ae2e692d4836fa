"""The sandbox's memory: Stripe objects as JSON, kept answers, deliveries, switches."""

import json
import secrets
import sqlite3
import string
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

Thing: TypeAlias = dict[str, Any]

ALPHABET = string.ascii_letters + string.digits

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    parent TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS objects_by_kind ON objects (kind, parent, sequence);
CREATE INDEX IF NOT EXISTS open_sessions ON objects (json_extract(body, '$.expires_at'))
    WHERE kind = 'checkout.session' AND json_extract(body, '$.status') = 'open';
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    request_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    body BLOB NOT NULL,
    kept_at INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL,
    type TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending','held','delivered','dropped','failed')),
    tries INTEGER NOT NULL DEFAULT 0,
    next_at REAL NOT NULL,
    made_at REAL NOT NULL,
    last_answer TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


def new_id(prefix: str, length: int = 24) -> str:
    """A fresh Stripe-like id, for instance `ch_` and 24 letters or digits."""
    number, signs = secrets.randbits(6 * length), []
    for _ in range(length):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return prefix + "".join(signs)


class Store:
    """One SQLite file behind one lock: the sandbox does one thing at a time."""

    def __init__(self, path: str | Path) -> None:
        if str(path) != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()
        self._depth = 0
        self._database = sqlite3.connect(
            str(path), check_same_thread=False, isolation_level=None
        )
        self._database.row_factory = sqlite3.Row
        # A killed process loses nothing; a power cut may lose the last second.
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = NORMAL")
        self._database.executescript(SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._database.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing; nested use joins the outer transaction."""
        with self._lock:
            if self._depth == 0:
                self._database.execute("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                self._depth -= 1
                if self._depth == 0:
                    self._database.execute("ROLLBACK")
                raise
            self._depth -= 1
            if self._depth == 0:
                self._database.execute("COMMIT")

    def rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()

    def run(self, statement: str, *values: object) -> None:
        with self._lock:
            self._database.execute(statement, values)

    # -- Stripe objects ------------------------------------------------------

    def add(self, thing: Thing, parent: str = "") -> Thing:
        self.run(
            "INSERT INTO objects (id, kind, parent, body) VALUES (?, ?, ?, ?)",
            thing["id"],
            thing["object"],
            parent,
            json.dumps(thing),
        )
        return thing

    def save(self, thing: Thing) -> Thing:
        body = json.dumps(thing)
        self.run("UPDATE objects SET body = ? WHERE id = ?", body, thing["id"])
        return thing

    def put(self, thing: Thing, parent: str = "") -> Thing:
        """Added where it is new, saved where it is known."""
        known = self.find(thing["object"], thing["id"])
        return self.save(thing) if known else self.add(thing, parent)

    def find(self, kind: str, identifier: str) -> Thing | None:
        rows = self.rows(
            "SELECT body FROM objects WHERE id = ? AND kind = ?", identifier, kind
        )
        return json.loads(rows[0]["body"]) if rows else None

    def get(self, kind: str, identifier: str) -> Thing:
        """The object, which must be there: for ids the sandbox itself wrote."""
        thing = self.find(kind, identifier)
        if thing is None:
            raise LookupError(f"{kind} {identifier}")
        return thing

    def any(self, identifier: str) -> Thing | None:
        """The object with this id, of whatever kind."""
        rows = self.rows("SELECT body FROM objects WHERE id = ?", identifier)
        return json.loads(rows[0]["body"]) if rows else None

    def newest_first(self, kind: str, parent: str = "") -> list[Thing]:
        rows = self.rows(
            "SELECT body FROM objects WHERE kind = ? AND parent = ?"
            " ORDER BY sequence DESC",
            kind,
            parent,
        )
        return [json.loads(row["body"]) for row in rows]

    def sessions_past(self, now: int) -> list[Thing]:
        """Open Checkout sessions whose time is over."""
        rows = self.rows(
            "SELECT body FROM objects INDEXED BY open_sessions"
            " WHERE kind = 'checkout.session'"
            " AND json_extract(body, '$.status') = 'open'"
            " AND json_extract(body, '$.expires_at') <= ? ORDER BY sequence",
            now,
        )
        return [json.loads(row["body"]) for row in rows]

    # -- switches ------------------------------------------------------------

    def switch(self, name: str, default: str = "") -> str:
        rows = self.rows("SELECT value FROM switches WHERE name = ?", name)
        return rows[0]["value"] if rows else default

    def set_switch(self, name: str, value: str) -> None:
        self.run(
            "INSERT INTO switches (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            name,
            value,
        )
