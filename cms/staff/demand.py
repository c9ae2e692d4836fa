"""What is looked for and not there, for those who call for offers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.staff.single_screen import SingleScreen, SingleScreenViewSet
from search.demand import DAYS, demand


class DemandView(SingleScreen, TemplateView):
    permission = "organisations.change_meetingrule"
    template_name = "cms/staff/demand.html"
    page_title = _("What is missing")
    header_icon = "search"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=demand(), days=DAYS, **kwargs)


class DemandViewSet(SingleScreenViewSet):
    screen = DemandView
    name = "demand"
    icon = "search"
    menu_label = _("What is missing")
    menu_order = 62
