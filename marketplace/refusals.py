"""How a refused act is told to the person who tried it."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from .exceptions import DomainError, NotAllowed

View = Callable[..., HttpResponse]


def own_page(request: HttpRequest, address: str) -> str:
    """An address that came with a request, where it leads to this site; else nothing.

    A bare word is no address: a redirect would look for a view of that name.
    """
    is_whole = address.startswith(("/", "http://", "https://"))
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()})
    return address if is_whole and safe else ""


def shows_refusals(view: View) -> View:
    """Show a `DomainError` as a message on the page the person came from."""

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            before = own_page(request, request.META.get("HTTP_REFERER", ""))
            return redirect(before or "/")

    return shown


def require(allowed: bool) -> None:
    """Stop an act that its permission function refused."""
    if not allowed:
        raise NotAllowed
