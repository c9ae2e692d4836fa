"""Whole databases kept as files, so that a journey starts from a furnished site.

Django's own flush between tests forgets what migrations wrote, keeps the search
index, and is refused by the guards of the ledger. A copy of the file knows no such
trouble and takes a few milliseconds. SQLite only.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection

from search.lexicon import forget_lexicon


def keep(path: Path) -> None:
    """Write the database, as it stands, into a new file."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)


def bring_back(path: Path) -> None:
    """Make the database what it was when the file was kept, and forget the rest."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(connection.connection)
    ContentType.objects.clear_cache()
    forget_lexicon()
    cache.clear()
