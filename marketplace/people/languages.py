"""Which language an address is in, and the same page in another."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language, get_language_bidi

_PREFIX = re.compile(
    rf"^/(?:{'|'.join(code for code, _name in settings.LANGUAGES)})(?=/|$)"
)
# Where a member's clock most likely stands; only a start, changed in the settings.
_ZONES = {"he": "Asia/Jerusalem", "ar": "Asia/Hebron"}


def babel_locale() -> str:
    """Babel's name of the reader's language; digits stay 0–9 in all three."""
    return {"ar": "ar_PS", "he": "he_IL"}.get((get_language() or "en")[:2], "en_GB")


def isolated(text: str) -> str:
    """A text fit for a sentence of the reader's language, whichever way it runs.

    Letters that run the other way would carry the words around them along; the marks
    U+2068 and U+2069 hold them together, in a mail as well as in a page.
    """
    against = {"L"} if get_language_bidi() else {"R", "AL"}
    if any(unicodedata.bidirectional(letter) in against for letter in text):
        return f"\u2068{text}\u2069"
    return text


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
