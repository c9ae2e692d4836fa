"""The books of a month: trial balance, journal to take along, and the close."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.staff.exports import note_export
from cms.staff.single_screen import SingleScreen, SingleScreenViewSet
from marketplace.exceptions import DomainError
from marketplace.people.models import User
from marketplace.spreadsheets import as_csv
from payments.actions.closing import close_month
from payments.books import journal, trial_balance
from payments.models import MonthClose
from payments.modes import current_mode

PERMISSION = "payments.view_ledgertransaction"
CLOSE = "payments.add_monthclose"


def month_in(text: str) -> date:
    """The month of `2026-11`; this month where it is none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)


class JournalView(SingleScreen, TemplateView):
    permission = PERMISSION
    template_name = "cms/staff/money_journal.html"
    page_title = _("Months")
    header_icon = "calendar"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") != "csv":
            return super().get(request, *args, **kwargs)
        month, mode = month_in(request.GET.get("month", "")), current_mode()
        rows = list(journal(mode, month))
        note_export(request, form="csv", rows=len(rows) - 1)  # the first names columns
        response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
        mark = "" if mode.is_live else f"{mode.value}-"
        name = f"{mark}journal-{month:%Y-%m}.csv"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def post(self, request: HttpRequest) -> HttpResponse:
        month = month_in(request.POST.get("month", ""))
        try:
            close_month(month, by=cast(User, request.user))
        except DomainError as refusal:
            messages.error(request, str(refusal.user_message))
        else:
            messages.success(request, _("The month is closed."))
        return redirect(f"{request.path}?month={month:%Y-%m}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mode = current_mode()
        month = month_in(self.request.GET.get("month", ""))
        closed = MonthClose.objects.filter(mode=mode)
        user = cast(User, self.request.user)
        this = closed.filter(month=month).first()
        return super().get_context_data(
            mode=mode,
            month=month,
            lines=trial_balance(mode, month),
            this=this,
            closed=closed,
            may_close=this is None and user.has_perm(CLOSE),
            **kwargs,
        )


class JournalViewSet(SingleScreenViewSet):
    screen = JournalView
    name = "journal"
    icon = "calendar"
    menu_label = _("Months")
    menu_order = 72
