"""What an act or a sight changed, table by table."""

import hashlib

from django.db import connection

# A GET may keep the log-in session alive, count what was shown and what was looked for in
# vain, and mark one's own notices of a thread as seen; nothing else.
MAY_CHANGE = {"django_session", "notices_notice"}
MAY_CHANGE |= {"search_matchevent", "search_unmetsearch"}


def fingerprints() -> dict[str, str]:
    """One hash a table, of all its rows in a fixed order."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in MAY_CHANGE:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            lines = sorted(repr(row) for row in cursor.fetchall())
            found[table] = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    return found


def changed(before: dict[str, str]) -> set[str]:
    after = fingerprints()
    return {table for table in after if after[table] != before.get(table)}
