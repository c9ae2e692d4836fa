"""Static files: hashed and compressed, and the four stylesheets joined to one."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

PARTS = [f"cms/css/{name}.css" for name in ("tokens", "base", "components", "layout")]

COMMENT = re.compile(rb"\s*/\*.*?\*/", re.DOTALL)


def joined(parts: Iterable[bytes]) -> bytes:
    """One stylesheet without its comments, which are for those who write it."""
    return b"\n".join(COMMENT.sub(b"", part) for part in parts)


class SiteStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """The four files keep apart while they are written, and travel as one."""

    joined_stylesheet = "cms/css/site.css"

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str, bool]]:
        if not dry_run and all(part in paths for part in PARTS):
            whole = joined(self._bytes(paths, part) for part in PARTS)
            if self.exists(self.joined_stylesheet):
                self.delete(self.joined_stylesheet)
            self._save(self.joined_stylesheet, ContentFile(whole))
            paths[self.joined_stylesheet] = (self, self.joined_stylesheet)
        yield from super().post_process(paths, dry_run, **options)

    def _bytes(self, paths: dict[str, Any], name: str) -> bytes:
        storage, path = paths[name]
        with storage.open(path) as file:
            return file.read()
