"""Members' reports about listings and threads; the reporter is not named."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import (
    ModelAdminURLFinder,
    register_admin_url_finder,
)
from wagtail.admin.ui.tables import Column

from cms.staff.act_forms import ActFormView
from cms.staff.acting import Act, ActingViewSet
from cms.staff.looking import AgeColumn
from marketplace.introductions.actions import close_concern
from marketplace.introductions.models import Concern
from marketplace.introductions.permissions import can_settle
from marketplace.listings.actions import close_report
from marketplace.listings.models import Report
from marketplace.listings.permissions import can_review


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=_("What came of it"),
        help_text=_("For staff. The reader hears that it was looked into."),
        max_length=200,
    )


class ClosingView(ActFormView):
    """One report with all its words, and the line that closes it."""

    template_name = "cms/staff/close_report.html"
    page_title = _("Close the report")
    header_icon = "success"
    form_class = OutcomeForm
    success = _("Closed. The reader was told.")

    def act_on(self, thing: Any, **words: Any) -> object:
        return self.act.do(thing, **words)


class _ReportsViewSet(ActingViewSet):
    """Reports of members: the reporter is not named, and each is closed with a line."""

    ordering = "-created_at"
    list_filter = ["reason"]

    def register_admin_url_finder(self) -> None:
        close, may_close = self.get_url_name("close"), self.acts[0].can

        class Finder(ModelAdminURLFinder):
            edit_url_name = close

            def get_edit_url(self, instance: Any) -> str | None:
                may = self.user is None or may_close(self.user, instance)
                return self.construct_edit_url(instance) if may else None

        register_admin_url_finder(self.model, Finder)


class ReportViewSet(_ReportsViewSet):
    model = Report
    icon = "warning"
    menu_order = 35
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
            do=close_report,
            view=ClosingView,
        ),
    )


class ConcernViewSet(_ReportsViewSet):
    """Reports of threads, with what the other side wrote last; aliases only."""

    model = Concern
    icon = "comment"
    menu_order = 36
    list_display = [
        "about",
        Column("get_reason_display", label=_("Reason"), sort_key="reason"),
        AgeColumn("created_at", label=_("Reported")),
        AgeColumn("closed_at", label=_("Closed")),
    ]
    inspect_view_fields = [
        "introduction",
        "about",
        "reason",
        "created_at",
        "closed_at",
        "outcome",
    ]
    acts = (
        Act(
            "close",
            _("Read and close the report"),
            lambda user, concern: can_settle(user) and concern.closed_at is None,
            do=close_concern,
            view=ClosingView,
        ),
    )
