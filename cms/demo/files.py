"""The demo's files: its database, the template that one is copied from, what it stored."""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from django.conf import settings

# What a template is made from: migrations, ours and those of the pins, and the demo's
# words and makers.
MAKES_THE_TEMPLATE = (
    *("*/migrations/*.py", "*/*/migrations/*.py", "requirements/base.txt"),
    *("cms/demo/**/*.json*", "cms/demo/**/*.py", "cms/site_setup/**/*.py"),
    *("cms/texts/**/*", "marketplace/taxonomy/data/**/*", "search/analysis/**/*.py"),
)


def key_of_template(base: Path) -> str:
    """Changes whenever what the template is made from does."""
    digest = hashlib.sha256()
    for pattern in MAKES_THE_TEMPLATE:
        for path in sorted(base.glob(pattern)):
            if path.is_file():
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class DemoFiles:
    """A database in a file, `var` with the templates, and what goes at a new start."""

    source: Path
    var: Path
    database: Path
    stored: tuple[Path, ...] = ()

    @classmethod
    def of_settings(cls) -> Self:
        return cls(
            source=settings.BASE_DIR,
            var=settings.VAR_DIR,
            database=Path(settings.DATABASES["default"]["NAME"]),
            stored=(
                settings.VAR_DIR / "sandbox.sqlite3",
                settings.VAR_DIR / "mail",
                Path(settings.MEDIA_ROOT),
                Path(settings.PRIVATE_ROOT),
            ),
        )

    @property
    def template(self) -> Path:
        return self.var / f"template-{key_of_template(self.source)}.sqlite3"

    def forget(self) -> None:
        """All that a demo has written, but for the template of the next one."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self.database}{suffix}").unlink(missing_ok=True)
        for stored in self.stored:
            if stored.is_dir():
                shutil.rmtree(stored)
            stored.unlink(missing_ok=True)

    def start_from_template(self) -> bool:
        """Whether a template of today's sources was there to copy."""
        template = self.template
        if template.exists():
            shutil.copyfile(template, self.database)
            return True
        return False

    def keep_a_template(self) -> None:
        """A whole copy for the next start; older ones go."""
        for old in self.var.glob("template-*.sqlite3"):
            old.unlink()
        # Others may have the database open: only a backup is a whole state.
        with (
            closing(sqlite3.connect(self.database)) as source,
            closing(sqlite3.connect(self.template)) as copy,
        ):
            source.backup(copy)
