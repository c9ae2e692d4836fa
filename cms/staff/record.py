"""The record as those who answer for the programme read it: acts, never words."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView

from cms.staff.looking import AgeColumn, LookingViewSet
from marketplace.audit.models import Entry


class RecordIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("by", "about_user")


class RecordViewSet(LookingViewSet):
    """Who opened, changed, took out or looked at what; no group has it by itself."""

    model = Entry
    icon = "history"
    menu_label = _("The record")
    menu_order = 90
    index_view_class = RecordIndexView
    ordering = "-at"
    list_filter = ["kind"]
    list_display = [
        Column("get_kind_display", label=_("What")),
        Column("by", label=_("By")),
        Column("about_user", label=_("About")),
        AgeColumn("at", label=_("How long ago")),
        Column("number", label=_("Number"), sort_key="number"),
    ]
    inspect_view_fields = [
        "public_id",
        "kind",
        "by",
        "about_user",
        "subject",
        "facts",
        "at",
        "number",
        "hash",
    ]
