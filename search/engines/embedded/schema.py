"""The embedded engine's tables and the statements on them.

Every table exists once, and while a rebuild runs a second time under ``_next``.
"""

LIVE, NEXT = "", "_next"
FILLED = 2
"""Stands in a file of the engine's own once it was filled; raise it with the tables."""
TABLES = ("search_fts", "search_needs", "search_versions")
# Larger while a new index is filled: fewer segments to merge, twice as fast.
USUAL_HASH_SIZE, HASH_SIZE_OF_REBUILD = 1 << 20, 1 << 24
# A word is looked up in each part of an index, so that one part answers a fifth sooner;
# some at a time, since nobody else writes meanwhile.
PAGES_MERGED = 500
_TOKENS = """tokenize="unicode61 remove_diacritics 0 tokenchars '_'\""""
_COLUMNS = {
    "search_fts": "terms, codes, meta",
    "search_needs": "terms, codes, meta",
}
FULL_TEXT = tuple(_COLUMNS)


def create(suffix: str, *, unless_there: bool = False) -> list[str]:
    """Statements that make one set of tables."""
    guard = "IF NOT EXISTS " if unless_there else ""
    return [
        f"CREATE VIRTUAL TABLE {guard}{name}{suffix} USING fts5({columns}, {_TOKENS})"
        for name, columns in _COLUMNS.items()
    ] + [
        f"CREATE TABLE {guard}search_versions{suffix} "
        "(id INTEGER PRIMARY KEY, version INTEGER NOT NULL)"
    ]


def drop(suffix: str) -> list[str]:
    """Statements that remove one set of tables, if it is there."""
    return [f"DROP TABLE IF EXISTS {name}{suffix}" for name in TABLES]


def switch() -> list[str]:
    """Statements that put the next set of tables in the place of the live one."""
    return drop(LIVE) + [
        f"ALTER TABLE {name}{NEXT} RENAME TO {name}" for name in TABLES
    ]


def hash_size(suffix: str, size: int) -> list[str]:
    """Statements that set how many bytes of a transaction FTS5 gathers in memory."""
    return [
        f"INSERT INTO {name}{suffix} ({name}{suffix}, rank) VALUES ('hashsize', {size})"  # noqa: S608
        for name in _COLUMNS
    ]


def segments(table: str, suffix: str) -> str:
    """A query for the number of parts of which an inverted index consists."""
    return f"SELECT COUNT(DISTINCT segid) FROM {table}{suffix}_idx"  # noqa: S608


def merge(table: str, suffix: str, *, begin: bool) -> str:
    """Joins parts of an inverted index to one, some pages further with each statement."""
    pages = -PAGES_MERGED if begin else PAGES_MERGED
    return (
        f"INSERT INTO {table}{suffix} ({table}{suffix}, rank) VALUES ('merge', {pages})"  # noqa: S608
    )


def integrity() -> list[str]:
    """Statements that fail where an inverted index differs from its content."""
    return [
        f"INSERT INTO {name} ({name}) VALUES ('integrity-check')"  # noqa: S608
        for name in _COLUMNS
    ]


def insert(table: str, suffix: str) -> str:
    """One row of a full-text table: rowid and its columns."""
    columns = _COLUMNS[table]
    marks = ", ".join(["%s"] * (2 + columns.count(",")))
    return f"INSERT INTO {table}{suffix} (rowid, {columns}) VALUES ({marks})"  # noqa: S608


def delete(table: str, suffix: str) -> str:
    """One listing's row of a table."""
    return f"DELETE FROM {table}{suffix} WHERE rowid = %s"  # noqa: S608
