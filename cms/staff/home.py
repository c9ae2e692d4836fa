"""The first page of the staff area: what waits for whoever opens it."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Table

from cms.staff.work import heaps_for
from cms.staff.worklist import COLUMNS

# What does not fit a glance stands on the work list.
AT_A_GLANCE = 5


class WorkPanel(Component):
    """Each heap with something in it, safety first, its oldest things with their clocks."""

    name = "work"
    template_name = "cms/staff/work_panel.html"
    order = 10

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        heaps = heaps_for(parent_context["request"].user)
        full = [heap for heap in heaps if heap.lines]
        return {
            "request": parent_context["request"],  # the tables ask for its address
            "heaps": [
                (heap, Table(COLUMNS, heap.lines[:AT_A_GLANCE])) for heap in full
            ],
            "late": sum(heap.late for heap in full),
        }


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(WorkPanel())
