"""Who facilitates for which side, and how many introductions each carries."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from marketplace.facilitation.models import Facilitator


class FacilitatorViewSet(ModelViewSet):
    model = Facilitator
    icon = "group"
    menu_order = 55
    copy_view_enabled = False
    search_backend_name = None
    add_to_reference_index = False
    list_display = [
        "__str__",
        "side",
        Column("open_cases", label=_("Introductions now")),
        "most_cases",
        BooleanColumn("is_active", label=_("Takes on introductions")),
    ]
    panels = [
        FieldPanel("user"),
        FieldPanel("side"),
        FieldPanel("most_cases"),
        FieldPanel("is_active"),
    ]
