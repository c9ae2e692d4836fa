"""Which language an address is in, and the same page in another."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse

_PREFIX = re.compile(
    rf"^/(?:{'|'.join(code for code, _name in settings.LANGUAGES)})(?=/|$)"
)
# Where a member's clock most likely stands; only a start, changed in the settings.
_ZONES = {"he": "Asia/Jerusalem", "ar": "Asia/Hebron"}


def path_in_language(address: str, language: str) -> str:
    """The same page in another language; addresses without a prefix stay as they are."""
    parts = urlsplit(address)
    return parts._replace(path=_PREFIX.sub(f"/{language}", parts.path)).geturl()


def likely_time_zone(language: str) -> str:
    """The time zone a new member starts with."""
    return _ZONES.get(language, "UTC")


def remember_language(response: HttpResponse, language: str) -> None:
    """Let addresses without a language lead to this one from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
