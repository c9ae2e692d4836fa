"""The work list: one page over everything that waits for staff."""

from django.urls import path
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from cms.staff.looking import NOTHING
from cms.staff.queue.waiting import Waiting
from cms.staff.work import heaps_for
from cms.templatetags.site_tags import day


class WaitedColumn(Column):
    """For how long; the oldest stand first, in no other order."""

    def get_value(self, instance: Waiting) -> str:
        return timesince(instance.since, timezone.now(), depth=1)


class DueColumn(Column):
    """Until when it should be done, in bold where that is over."""

    cell_template_name = "cms/staff/due_cell.html"

    def get_value(self, instance: Waiting) -> str:
        if instance.due is None:
            return NOTHING
        until = day(instance.due)
        if instance.is_late:
            return gettext("late since %(day)s") % {"day": until}
        return gettext("until %(day)s") % {"day": until}


COLUMNS = [
    TitleColumn("label", label=_("What"), get_url=lambda line: line.url or None),
    WaitedColumn("since", label=_("Waiting for"), width="20%"),
    DueColumn("due", label=_("To be done"), width="25%"),
]


class WorkListView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "cms/staff/work_list.html"
    page_title = _("Work list")
    header_icon = "tasks"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        heaps = heaps_for(self.request.user)
        tables = [(heap, Table(COLUMNS, heap.lines)) for heap in heaps]
        return super().get_context_data(heaps=tables, **kwargs)


class WorkListViewSet(ViewSet):
    name = "work"
    icon = "tasks"
    menu_label = _("Work list")
    menu_order = 10

    def get_urlpatterns(self):
        return [path("", self.construct_view(WorkListView), name="index")]
