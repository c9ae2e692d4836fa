"""Pages for what went wrong: the same bytes for everyone who meets them."""

import functools
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

STATIC_PAGES = {500: "500.html", 503: "503.html"}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Foreign and missing look alike: neither address nor person is in the page."""
    return HttpResponse(nothing_here(translation.get_language()), status=404)


@functools.cache
def nothing_here(language: str) -> str:
    """The page of the active language, made once: whoever guesses addresses costs little."""
    return render_to_string("404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """In three languages at once; asks neither the database nor the language.

    Where the database is away, it is not a fault of the page: another time will do.
    """
    if isinstance(sys.exception(), OperationalError):
        return unavailable(request)
    return HttpResponse(render_to_string(STATIC_PAGES[500]), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Shown while the database is away; an operator may also serve the file itself."""
    response = HttpResponse(render_to_string(STATIC_PAGES[503]), status=503)
    response["Retry-After"] = "600"
    return response
