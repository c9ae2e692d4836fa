"""Which language a path is in, and the same path in another."""

import re

from django.conf import settings

_PREFIX = re.compile(
    rf"^/(?:{'|'.join(code for code, _name in settings.LANGUAGES)})(?=/|$)"
)


def path_in_language(path: str, language: str) -> str:
    """The same page in another language; paths outside the prefix stay as they are."""
    return _PREFIX.sub(f"/{language}", path, count=1)
