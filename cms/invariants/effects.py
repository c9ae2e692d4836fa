"""I2: nothing has its effect twice, and the database itself refuses that it might."""

import re
from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models
from django.db.models import Count, UniqueConstraint
from wagtail.models import ModelLogEntry

OUR_APPS = ("marketplace.", "search", "payments", "cms")
QUOTED = re.compile(r'"(\w+)"')
# Acts that a thing can go through only once in its life.
ONCE = (
    "introductions.accept",
    "introductions.decline",
    "ventures.agree",
    "ventures.activate",
)


def repeated_effects() -> Iterator[str]:
    yield from _missing_guards()
    yield from _repeated_acts()


def _missing_guards() -> Iterator[str]:
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_config.name.startswith(OUR_APPS):
                yield from _missing_of(model, cursor)


def _missing_of(model: type[models.Model], cursor) -> Iterator[str]:
    table = model._meta.db_table
    names, columns = _guards_of(table, cursor)
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.name not in names:
            yield f"the database does not hold {constraint.name}"
    for field in model._meta.local_fields:
        if field.unique and not field.primary_key and field.column not in columns:
            yield f"the database does not keep {table}.{field.column} unique"


def _guards_of(table: str, cursor) -> tuple[set[str], set[str]]:
    """Names that guards of a table go by, and the columns that are unique by themselves."""
    if connection.vendor == "sqlite":
        return _guards_of_sqlite(table, cursor)
    there = connection.introspection.get_constraints(cursor, table)
    unique = [each["columns"] for each in there.values() if each["unique"]]
    return set(there), {columns[0] for columns in unique if len(columns) == 1}


def _guards_of_sqlite(table: str, cursor) -> tuple[set[str], set[str]]:
    """The same, a hundred times faster than by parsing what made the table."""
    cursor.execute(
        "SELECT sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [table]
    )
    names = {name for (sql,) in cursor.fetchall() for name in QUOTED.findall(sql)}
    cursor.execute(
        "SELECT min(part.name) FROM pragma_index_list(%s) AS guard,"
        " pragma_index_info(guard.name) AS part"
        ' WHERE guard."unique" GROUP BY guard.name HAVING count(*) = 1',
        [table],
    )
    return names, {column for (column,) in cursor.fetchall()}


def _repeated_acts() -> Iterator[str]:
    acts = (
        ModelLogEntry.objects.filter(action__in=ONCE)
        .order_by()
        .values("action", "content_type_id", "object_id")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
    )
    for act in acts:
        yield f"{act['action']} of {act['object_id']} happened {act['times']} times"
