"""A form that is sent twice has its effect once: a double click, Back, a lost answer."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from .models import Submission

FIELD = "once"
View = Callable[..., HttpResponse]


def once(view: View) -> View:
    """Let a view act once for each mark that `components/once.html` put into its form.

    The row of the mark and the effect are one transaction: who comes second waits for
    the first and is led where it led. A form that comes back with errors may be sent
    again. Stands below `login_required`; a view that works long before it writes
    guards itself instead, because this one holds SQLite's write lock meanwhile.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        mark = _mark_of(request)
        if mark is None or not request.user.is_authenticated:
            return view(request, *args, **kwargs)
        with transaction.atomic():
            row, is_first = Submission.objects.get_or_create(
                user=request.user, mark=mark
            )
            if is_first:
                response = view(request, *args, **kwargs)
                _keep(row, response)
                return response
        messages.info(request, _("This was sent already. Nothing was sent twice."))
        return redirect(row.led_to)

    return guarded


def _mark_of(request: HttpRequest) -> UUID | None:
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _keep(row: Submission, response: HttpResponse) -> None:
    """A redirect says that it is done; anything else leaves no trace."""
    if response.status_code in (302, 303):
        row.led_to = response.headers["Location"]
        row.save(update_fields=["led_to"])
    else:
        row.delete()
