"""I8 and I9: rows point at rows that exist, files and rows belong together."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.apps import apps
from django.core.files.storage import Storage
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
    for storage, wanted in _files_of_rows():
        there = set(_stored(storage, ""))
        for name in sorted(wanted - there):
            yield f"file {name} has a row but is missing"
        for name in sorted(there - wanted):
            if not name.endswith(UNFINISHED):
                yield f"file {name} belongs to no row"
            elif timezone.now() - storage.get_modified_time(name) > TIME_TO_FINISH:
                yield f"file {name} was never finished"


def _files_of_rows() -> Iterable[tuple[Storage, set[str]]]:
    """Each store, told apart by its folder, with the names that rows have in it."""
    found: dict[str, tuple[Storage, set[str]]] = {}
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                _store, known = found.setdefault(
                    field.storage.path(""), (field.storage, set())
                )
                names = model._base_manager.values_list(field.name, flat=True)
                known.update(name for name in names.distinct() if name)
    return found.values()


def _stored(storage: Storage, folder: str) -> Iterator[str]:
    """Every name below a folder of a store, as rows write it."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in files)
    for name in folders:
        yield from _stored(storage, f"{prefix}{name}")
