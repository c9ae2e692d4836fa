"""Files that no address leads to: they are read by views that ask who may."""

import os
import uuid
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class UnservedStorage(FileSystemStorage):
    """Keeps files under random names; whole or not at all, and never by URL."""

    def write(self, data: bytes, *, folder: str, suffix: str) -> str:
        """Write one file and return its name."""
        name = f"{folder}/{uuid.uuid4().hex}{suffix}"
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        try:
            with unfinished.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(path)
        except OSError:
            unfinished.unlink(missing_ok=True)
            raise
        return name

    def url(self, name: str | None) -> str:
        raise ValueError("private files are served by a view that asks who may")


class PrivateStorage(UnservedStorage):
    """A folder of its own, apart from all media."""

    @property
    def base_location(self) -> str:  # type: ignore[override]
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:  # type: ignore[override]
        return str(Path(self.base_location).resolve())


def private_storage() -> PrivateStorage:
    """Where what two sides send each other is kept."""
    return PrivateStorage()
