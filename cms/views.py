"""The few pages of the frame itself: health, robots, and the way out."""

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from .images import EditorRendition

A_YEAR = 365 * 24 * 3600


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is touched."""
    return HttpResponse("live\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """The database answers and holds every migration."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    if plan:
        return JsonResponse({"status": "migrations missing"}, status=503)
    return JsonResponse({"status": "ready"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Editors' pages may be found; what members post may not."""
    lines = ["User-agent: *"]
    for code, _ in settings.LANGUAGES:
        lines += [f"Disallow: /{code}/{area}/" for area in PRIVATE_AREAS]
    lines += [f"Disallow: /{area}/" for area in ("staff", "hooks", "-")]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


PRIVATE_AREAS = (
    "accounts",
    "dashboard",
    "demo",
    "fees",
    "introductions",
    "listings",
    "meetings",
    "organisations",
    "people",
    "ventures",
)


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def picture(request: HttpRequest, name: str) -> FileResponse:
    """One size of an editors' picture; of all stored files only these are public.

    A changed picture has another name, so a visitor fetches each once; members, as with
    every answer to them, keep nothing.
    """
    rendition = get_object_or_404(EditorRendition, file=f"images/{name}")
    return FileResponse(rendition.file.open())


@require_POST
@never_cache
def leave(request: HttpRequest) -> HttpResponse:
    """Quick exit: sign out and go to a place that says nothing.

    `Refresh` and not a redirect: the policy on forms would stop a redirect to
    another site.
    """
    logout(request)
    response = HttpResponse("", content_type="text/html")
    response["Refresh"] = f"0; url={settings.QUICK_EXIT_URL}"
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
