"""Screens on which staff look and change nothing."""

from django.db import models
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import register_permission_policy

from cms.staff.policies import LookingOnly

SCREENS = {"index", "index_results", "inspect"}


class LookingViewSet(ModelViewSet):
    """A list and a page of facts; there is no address that would change a row.

    Subclasses name their columns and `inspect_view_fields` one by one: a field that
    is added to the model later does not appear by itself.
    """

    inspect_view_enabled = True
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


def status_column(*, open_states: set[str]) -> StatusTagColumn:
    """The state as a tag, filled where somebody still has to act."""
    return StatusTagColumn(
        "get_status_display",
        label=_("Status"),
        sort_key="status",
        primary=lambda row: row.status in open_states,
    )
