"""What the site's own role may do to the ledger on PostgreSQL: read and add.

The owner of the tables migrates; the site signs in as another role.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

from payments.triggers import APPEND_ONLY, DOCUMENT

FORBIDDEN = ("UPDATE", "DELETE", "TRUNCATE")


def statements(quote: str) -> Iterator[str]:
    """The grants for a role, in order; `quote` is its quoted name."""
    yield f"GRANT USAGE ON SCHEMA public TO {quote}"
    yield f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quote}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quote}"
    for table in APPEND_ONLY:
        yield f"REVOKE {', '.join(FORBIDDEN)} ON {table} FROM {quote}"
    # A key that changes seals the facts of documents anew; they are never removed.
    yield f"REVOKE DELETE, TRUNCATE ON {DOCUMENT} FROM {quote}"


def restrict(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give a role all that the site needs, and take away what it never may."""
    with connection.cursor() as cursor:
        for statement in statements(connection.ops.quote_name(role)):
            cursor.execute(statement)


def excessive_rights(connection: BaseDatabaseWrapper) -> list[str]:
    """What the role of this connection may do that it never should."""
    found = []
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in (table for table in APPEND_ONLY if table in present):
            for right in FORBIDDEN:
                cursor.execute(
                    "SELECT has_table_privilege(current_user, %s, %s)", [table, right]
                )
                if cursor.fetchone()[0]:
                    found.append(f"{right} on {table}")
    return found
