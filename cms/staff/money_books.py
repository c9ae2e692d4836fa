"""What is booked and what Stripe told us: read, never written."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from cms.staff.acting import ActingViewSet
from cms.staff.looking import AgeColumn
from cms.staff.money_lists import LedgerFilter, LedgerIndexView, state_column
from payments.models import LedgerTransaction, StripeEvent


class LedgerViewSet(ActingViewSet):
    model = LedgerTransaction
    icon = "list-ul"
    menu_label = _("Ledger")
    menu_order = 70
    index_view_class = LedgerIndexView
    filterset_class = LedgerFilter
    search_fields = ["key"]
    ordering = "-recorded_at"
    list_display = [
        "key",
        Column("get_kind_display", label=_("What")),
        Column("lines", label=_("Entries"), classname="entries"),
        AgeColumn("recorded_at", label=_("Booked")),
    ]
    list_export = [
        "key",
        "kind",
        "lines",
        "occurred_at",
        "recorded_at",
        "source",
        "get_mode_display",
    ]
    export_filename = "ledger"
    inspect_view_fields = [
        "key",
        "kind",
        "lines",
        "occurred_at",
        "recorded_at",
        "source",
        "mode",
        "memo",
    ]


class EventViewSet(ActingViewSet):
    """What Stripe told us; its payload is not shown, it is only a reason to ask."""

    model = StripeEvent
    icon = "mail"
    menu_order = 80
    list_filter = ["state", "type"]
    search_fields = ["event_id", "object_id"]
    ordering = "-received_at"
    list_display = [
        "event_id",
        "type",
        state_column(open_states={"new", "processing", "failed"}),
        "tries",
        "last_error_class",
        AgeColumn("received_at", label=_("Received")),
    ]
    inspect_view_fields = [
        "event_id",
        "type",
        "object_id",
        "api_version",
        "livemode",
        "created_at",
        "received_at",
        "state",
        "tries",
        "last_error_class",
    ]
