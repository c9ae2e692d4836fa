"""A member's notices: the list, what is read, and when mails about them come."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from marketplace.people.languages import path_in_language
from marketplace.people.models import User

from .actions import keep_habits, mark_all_read, mark_read, stop_mails
from .faces import faces_of
from .forms import HabitsForm
from .kinds import topics
from .models import Notice, habits_of
from .readers import is_open
from .stopping import read_token

PAGE_SIZE = 20


@login_required
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    notices = Notice.objects.to(request.user)
    page = Paginator(notices, PAGE_SIZE).get_page(request.GET.get("page"))
    faces = faces_of(page.object_list, request.user, get_language() or "en")
    page.object_list = faces  # type: ignore[assignment]
    return render(
        request,
        "notices/list.html",
        {"page": page, "has_unread": notices.unread().exists()},
    )


@login_required
@require_POST
def open_notice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Mark as read and go where the notice points."""
    notice = get_object_or_404(Notice.objects.to(request.user), public_id=public_id)
    mark_read(notice, by=request.user)
    is_ours = notice.url.startswith("/") and not notice.url.startswith("//")
    if is_ours and is_open(notice):
        return redirect(path_in_language(notice.url, get_language() or "en"))
    return redirect("notices:list")


@login_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    mark_all_read(by=request.user)
    return redirect("notices:list")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def habits(request: HttpRequest) -> HttpResponse:
    user = User.objects.get(pk=request.user.pk)
    form = HabitsForm(
        request.POST if request.method == "POST" else None, instance=habits_of(user)
    )
    if request.method == "POST" and form.is_valid():
        keep_habits(user, by=request.user, **form.habits())
        messages.success(request, _("Your choices are kept."))
        return redirect("notices:habits")
    status = 422 if form.is_bound else 200
    return render(request, "notices/habits.html", {"form": form}, status=status)


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token is the right
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """A look changes nothing: scanners of mail follow every link."""
    found = read_token(token)
    if found is None:
        raise Http404
    user, topic = found
    if request.method == "POST":
        stop_mails(user, about=topic)
    context = {"topic": dict(topics()).get(topic, ""), "done": request.method == "POST"}
    return render(request, "notices/stop.html", context)
