"""How a refused act is told to the person who tried it."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from .exceptions import DomainError, NotAllowed

View = Callable[..., HttpResponse]


def _page_before(request: HttpRequest) -> str:
    address = request.META.get("HTTP_REFERER", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()})
    return address if safe else "/"


def shows_refusals(view: View) -> View:
    """Show a `DomainError` as a message on the page the person came from."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect(_page_before(request))

    return shown


def require(allowed: bool) -> None:
    """Stop an act that its permission function refused."""
    if not allowed:
        raise NotAllowed
