"""What holds for every request of a signed-in person, and the door to staff."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from .permissions import can_enter_staff_area
from .second_factor import may_act_as_staff, page_to_show_factor

View = Callable[[HttpRequest], HttpResponse]

BEGAN, SEEN = "login_began_at", "login_seen_at"  # seconds since 1970
# The mark is renewed at most so often, or every page would write to the database.
RENEW_SECONDS = 60


def has_outlived(request: HttpRequest, now: float) -> bool:
    """Is this log-in session too old, or left alone too long?

    Rights are asked for only where they decide: after the pause that staff may make.
    """
    began = request.session.get(BEGAN, now)
    idle = now - request.session.get(SEEN, now)
    if now - began > settings.LOGIN_LIFE_SECONDS or idle > settings.MEMBER_IDLE_SECONDS:
        return True
    is_long_for_staff = idle > settings.STAFF_IDLE_SECONDS
    return is_long_for_staff and can_enter_staff_area(request.user)


class MemberMiddleware:
    """Ends log-in sessions in time; keeps pages of members out of every store.

    A signed-in person reads times in the own zone. No page of theirs is stored, and
    leaving tells the browser to forget what it kept.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        self.keep_or_end(request)
        if not request.user.is_authenticated:
            return self.forgotten(self.get_response(request))
        with timezone.override(request.user.time_zone):
            response = self.get_response(request)
        if not request.user.is_authenticated:
            return self.forgotten(response)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, no_store=True, private=True)
        return response

    def keep_or_end(self, request: HttpRequest) -> None:
        now = time.time()
        if has_outlived(request, now):
            logout(request)
            messages.info(
                request, _("You were logged out after some time. Please log in again.")
            )
            return
        if now - request.session.get(SEEN, 0) > RENEW_SECONDS:
            request.session[SEEN] = int(now)
            request.session.setdefault(BEGAN, int(now))

    def forgotten(self, response: HttpResponse) -> HttpResponse:
        response["Clear-Site-Data"] = '"cache", "storage"'
        patch_cache_control(response, no_store=True, private=True)
        return response


class StaffDoorMiddleware:
    """Opens the staff area to staff who showed a second factor, and to nobody else.

    Members get the answer of an address that does not exist.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self.is_staff_area(request):
            if not can_enter_staff_area(request.user):
                raise Http404
            return self.ask_for_factor(request) or self.get_response(request)
        return self.get_response(request)

    def is_staff_area(self, request: HttpRequest) -> bool:
        return request.path.startswith(reverse("wagtailadmin_home"))

    def ask_for_factor(self, request: HttpRequest) -> HttpResponse | None:
        if may_act_as_staff(request):
            return None
        page = page_to_show_factor(request.user)
        if page:
            there = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse(page)}?{there}")
        messages.warning(
            request, _("The staff area opens once you have set up a second factor.")
        )
        return redirect("mfa_index")


class RefusedFormMiddleware:
    """A form of allauth that comes back with errors says so in its status, too.

    Our own views answer 422 themselves; allauth has no place to say it.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        match = request.resolver_match
        is_account = match is not None and (match.url_name or "").startswith(
            ("account_", "mfa_")
        )
        if request.method == "POST" and is_account and response.status_code == 200:
            form = (response.context_data or {}).get("form")
            if form is not None and form.errors:
                response.status_code = 422
        return response
