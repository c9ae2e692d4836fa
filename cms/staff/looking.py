"""Screens on which staff look and change nothing."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from cms.staff.policies import LookingOnly
from cms.templatetags.site_tags import day, moment, money
from marketplace.money import Money

SCREENS = {"index", "index_results", "inspect"}


# What a row works out itself has no column to take its name from.
WORKED_OUT = {
    "amount": _("Amount"),
    "due": _("Due"),
    "lines": _("Entries"),
    "total": _("Total"),
}


NOTHING = "–"


class LookingInspectView(InspectView):
    """The facts of a row, each in words: no code, no Python."""

    def get_field_label(self, field_name: str, field: Any) -> str | Promise:
        known = WORKED_OUT.get(field_name) if field is None else None
        return known or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, Money):
            return money(value)
        if isinstance(value, datetime):
            return moment(value)
        if isinstance(value, date):
            return day(value)
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        return NOTHING if value in (None, "") else value


class LookingViewSet(ModelViewSet):
    """A list and a page of facts; there is no address that would change a row.

    Subclasses name their columns and `inspect_view_fields` one by one: a field that
    is added to the model later does not appear by itself.
    """

    inspect_view_enabled = True
    inspect_view_class = LookingInspectView
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50
    search_backend_name = None
    form_fields: list[str] = []

    def get_urlpatterns(self):
        return [each for each in super().get_urlpatterns() if each.name in SCREENS]

    def register_admin_url_finder(self):
        """Nothing to find: there is no page to edit."""

    def register_permissions(self):
        register_permission_policy(self.model, LookingOnly(self.model))
        super().register_permissions()


class AgeColumn(Column):
    """How long ago something happened, sorted by when."""

    def __init__(self, name: str, **kwargs) -> None:
        super().__init__(name, sort_key=name, **kwargs)

    def get_value(self, instance: models.Model) -> str:
        moment = getattr(instance, self.name)
        return timesince(moment, timezone.now(), depth=1) if moment else ""


class DayColumn(Column):
    """A day, written out; Wagtail's own column calls every day to come "just now"."""

    def get_value(self, instance: models.Model) -> str:
        return day(super().get_value(instance))


def status_column(*, open_states: set[str]) -> StatusTagColumn:
    """The state as a tag, filled where somebody still has to act."""
    return StatusTagColumn(
        "get_status_display",
        label=_("Status"),
        sort_key="status",
        primary=lambda row: row.status in open_states,
    )
