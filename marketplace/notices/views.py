"""A member's notices: the list, and marking them as read."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from marketplace.people.languages import path_in_language

from .actions import mark_all_read, mark_read
from .faces import faces_of
from .models import Notice
from .readers import is_open

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
