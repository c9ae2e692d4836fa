"""Headers that every response carries, whoever made it."""

from collections.abc import Callable

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .joined_catalogues import join_catalogues

STAFF_PATH = "/staff/"
# Wagtail's admin writes style attributes, draws previews from blobs and data, and
# shows pages in frames of its own. Scripts stay as strict as everywhere.
STAFF_POLICY = {
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
# No page uses any of these, so none may be asked for.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)

Answer = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """Sets what no view may forget; stands directly inside the CSP middleware."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        join_catalogues()  # once for each process that answers

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        headers["Permissions-Policy"] = PERMISSIONS_POLICY
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        if request.path.startswith(STAFF_PATH):
            headers["X-Frame-Options"] = "SAMEORIGIN"
            response._csp_replace = STAFF_POLICY  # type: ignore[attr-defined]
        headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        if _logs_out(request):
            headers["Clear-Site-Data"] = '"cache", "storage"'
        if _is_signed_in(request):
            headers["Cache-Control"] = "no-store, private"
        return response


def _logs_out(request: HttpRequest) -> bool:
    match = request.resolver_match
    return (
        request.method == "POST"
        and match is not None
        and match.url_name == "account_logout"
    )


def _is_signed_in(request: HttpRequest) -> bool:
    """Whether a member's page was asked for; a request without a session is not read."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)
