"""Readers' reports about listings; the reporter is not named."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin.admin_url_finder import (
    ModelAdminURLFinder,
    register_admin_url_finder,
)
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.staff.acting import Act, ActingViewSet
from cms.staff.looking import AgeColumn
from marketplace.listings.actions import close_report
from marketplace.listings.models import Report
from marketplace.listings.permissions import can_review


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What came of it"),
        help_text=_("For staff. The reader hears that it was looked into."),
        max_length=200,
    )


class CloseReportView(WagtailAdminTemplateMixin, FormView):
    template_name = "cms/staff/close_report.html"
    page_title = _("Close the report")
    header_icon = "success"
    form_class = OutcomeForm
    model = Report
    act: Any = None
    inspect_url_name = ""

    @cached_property
    def report(self) -> Report:
        if not can_review(self.request.user):
            raise PermissionDenied
        return get_object_or_404(Report, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(report=self.report, **kwargs)

    def form_valid(self, form: OutcomeForm) -> HttpResponse:
        close_report(self.report, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Closed. The reader was told."))
        return redirect(reverse(self.inspect_url_name, args=[self.report.pk]))


class ReportViewSet(ActingViewSet):
    model = Report
    icon = "warning"
    menu_order = 35
    ordering = "-created_at"
    list_filter = ["reason"]
    list_display = [
        "listing",
        Column("get_reason_display", label=_("Reason"), sort_key="reason"),
        AgeColumn("created_at", label=_("Reported")),
        AgeColumn("closed_at", label=_("Closed")),
    ]
    inspect_view_fields = [
        "listing",
        "reason",
        "note",
        "created_at",
        "closed_at",
        "outcome",
    ]
    acts = (
        Act(
            "close",
            _("Close the report"),
            lambda user, report: can_review(user) and report.closed_at is None,
            view=CloseReportView,
        ),
    )

    def register_admin_url_finder(self) -> None:
        close = self.get_url_name("close")

        class Finder(ModelAdminURLFinder):
            edit_url_name = close

            def get_edit_url(self, instance: Report) -> str | None:
                may = self.user is None or can_review(self.user)
                return self.construct_edit_url(instance) if may else None

        register_admin_url_finder(self.model, Finder)
