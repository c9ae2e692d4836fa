"""Listings that were taken down, and the second look that another of the staff gives."""

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
from marketplace.listings.actions import answer_appeal
from marketplace.listings.models import Removal
from marketplace.listings.permissions import can_answer_appeal
from marketplace.plain_text import PlainTextField


class AnswerForm(forms.Form):
    lifted = forms.TypedChoiceField(
        label=_("What you find"),
        choices=[
            ("", "—"),
            ("yes", _("It comes back as it was")),
            ("no", _("It stays down")),
        ],
        coerce=lambda word: word == "yes",
    )
    answer = PlainTextField(
        label=_("Answer to the owner"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class AnswerView(ActFormView):
    """What was said on both hands, and the answer."""

    template_name = "cms/staff/answer_appeal.html"
    page_title = _("Give the second look")
    header_icon = "view"
    form_class = AnswerForm
    success = _("Answered. The owner was told.")

    def act_on(self, thing: Any, **words: Any) -> object:
        return self.act.do(thing, **words)


class RemovalViewSet(ActingViewSet):
    """Whoever took a listing down does not answer its owner."""

    model = Removal
    icon = "view"
    menu_order = 34
    ordering = "-removed_at"
    list_filter = ["reason"]
    list_display = [
        "listing",
        Column("get_reason_display", label=_("Reason"), sort_key="reason"),
        AgeColumn("removed_at", label=_("Taken down")),
        AgeColumn("appealed_at", label=_("Second look asked for")),
        AgeColumn("answered_at", label=_("Answered")),
    ]
    inspect_view_fields = [
        "listing",
        "reason",
        "note",
        "removed_by",
        "removed_at",
        "appeal",
        "appealed_at",
        "lifted",
        "answer",
        "answered_at",
    ]
    acts = (
        Act(
            "answer",
            _("Give the second look"),
            can_answer_appeal,
            do=answer_appeal,
            view=AnswerView,
        ),
    )

    def register_admin_url_finder(self) -> None:
        answer = self.get_url_name("answer")

        class Finder(ModelAdminURLFinder):
            edit_url_name = answer

            def get_edit_url(self, instance: Any) -> str | None:
                may = self.user is None or can_answer_appeal(self.user, instance)
                return self.construct_edit_url(instance) if may else None

        register_admin_url_finder(self.model, Finder)
