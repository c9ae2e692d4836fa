"""I8 and I9: rows point at rows that exist, files and rows belong together."""

from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import connection, models
from django.utils import timezone

UNFINISHED = ".part"
TIME_TO_FINISH = timedelta(hours=1)


def broken_references() -> Iterator[str]:
    """I8: SQLite may have been told not to look; PostgreSQL always does."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, parent, _index in cursor.fetchall():
            yield f"row {row} of {table} points at nothing in {parent}"
        cursor.execute("PRAGMA quick_check")
        for (words,) in cursor.fetchall():
            if words != "ok":
                yield f"the file is damaged: {words}"


def stray_files() -> Iterator[str]:
    """I9: every file has a row, every row its file, no upload is half done."""
    wanted = set(_files_of_rows())
    there = set(_stored(""))
    for name in sorted(wanted - there):
        yield f"file {name} has a row but is missing"
    for name in sorted(there - wanted):
        if not name.endswith(UNFINISHED):
            yield f"file {name} belongs to no row"
        elif timezone.now() - default_storage.get_modified_time(name) > TIME_TO_FINISH:
            yield f"file {name} was never finished"


def _files_of_rows() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                names = model._base_manager.values_list(field.name, flat=True)
                yield from (name for name in names.distinct() if name)


def _stored(folder: str) -> Iterator[str]:
    """Every name below a folder of the store, as rows write it."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in files)
    for name in folders:
        yield from _stored(f"{prefix}{name}")
