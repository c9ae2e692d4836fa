"""Introductions as staff see them: who asked whom by alias, and how long it takes."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView

from cms.staff.looking import AgeColumn, LookingViewSet, status_column
from marketplace.introductions.models import Introduction

Status = Introduction.Status


class IntroductionIndexView(IndexView):
    def get_base_queryset(self):
        return (
            super()
            .get_base_queryset()
            .exclude(status=Status.DRAFT)
            .select_related("asker", "asked")
        )


class IntroductionViewSet(LookingViewSet):
    """No answers, no messages, no names: those belong to the two sides."""

    model = Introduction
    icon = "group"
    menu_order = 40
    index_view_class = IntroductionIndexView
    ordering = "-created_at"
    list_filter = ["status"]
    list_display = [
        "public_id",
        Column("asker", label=_("Asks"), sort_key="asker__alias"),
        Column("asked", label=_("Is asked"), sort_key="asked__alias"),
        status_column(open_states={Status.ASKED, Status.QUESTION, Status.HELD}),
        AgeColumn("asked_at", label=_("Asked")),
        AgeColumn("answered_at", label=_("Answered")),
    ]
    inspect_view_fields = [
        "public_id",
        "asker",
        "asked",
        "listing",
        "status",
        "reason",
        "asked_at",
        "answered_at",
        "expires_at",
    ]
