"""The work list: one page over everything that waits for staff."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Table, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from cms.staff.looking import AgeColumn
from cms.staff.work import heaps_for

COLUMNS = [
    TitleColumn("label", label=_("What"), get_url=lambda line: line.url or None),
    AgeColumn("since", label=_("Waiting for"), width="20%"),
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
