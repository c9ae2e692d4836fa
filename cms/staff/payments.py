"""The menu of finance: what is open, what is booked, what waits for a person."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from cms.staff.acting import Act, ActingViewSet
from cms.staff.looking import AgeColumn
from cms.staff.money_acts import RecordTransferView
from cms.staff.money_lists import (
    FeeFilter,
    LedgerIndexView,
    LedgerInspectView,
    MoneyColumn,
    MoneyIndexView,
    state_column,
)
from cms.staff.money_overview import MoneyOverviewViewSet
from marketplace.people.models import User
from payments.actions.adjustments import approve_waiver, decline_waiver
from payments.actions.matters import resolve_matter
from payments.actions.transfers import confirm_transfer
from payments.forms import FeeScheduleForm
from payments.models import (
    Adjustment,
    Discrepancy,
    Fee,
    FeeSchedule,
    LedgerTransaction,
    OfflinePayment,
    Share,
    StripeEvent,
)
from payments.permissions import (
    can_confirm_transfer,
    can_decide_waiver,
    can_record_transfer,
)


def may_decide(user: User, waiver: Adjustment) -> bool:
    waits = waiver.state == Adjustment.State.REQUESTED
    return waits and can_decide_waiver(user, waiver)


def may_confirm(user: User, payment: OfflinePayment) -> bool:
    return payment.confirmed_at is None and can_confirm_transfer(user, payment)


def may_close(user: User, matter: Discrepancy) -> bool:
    return matter.resolved_at is None and user.has_perm("payments.change_discrepancy")


class FeeViewSet(ActingViewSet):
    model = Fee
    icon = "tag"
    menu_order = 20
    index_view_class = MoneyIndexView
    filterset_class = FeeFilter
    ordering = "due_on"
    list_display = [
        "public_id",
        MoneyColumn("total", label=_("Total")),
        state_column(open_states={Fee.State.ISSUED, Fee.State.REOPENED}),
        DateColumn("due_on", label=_("Due on"), sort_key="due_on"),
        AgeColumn("raised_at", label=_("Raised")),
        AgeColumn("settled_at", label=_("Settled")),
    ]
    list_export = [
        "public_id",
        "venture.public_id",
        "currency_id",
        "total.amount",
        "state",
        "due_on",
        "raised_at",
        "settled_at",
        "get_mode_display",
    ]
    export_filename = "fees"
    inspect_view_fields = [
        "public_id",
        "currency",
        "total",
        "split",
        "state",
        "due_on",
        "raised_at",
        "settled_at",
        "mode",
    ]


class ShareViewSet(ActingViewSet):
    model = Share
    icon = "user"
    menu_order = 30
    index_view_class = MoneyIndexView
    list_filter = ["state", "is_overpaid", "currency"]
    ordering = "-pk"
    list_display = [
        "public_id",
        Column("party", label=_("Partner")),
        MoneyColumn("due", label=_("Due")),
        state_column(open_states={"open", "part", "reopened"}),
        DateColumn("fee.due_on", label=_("Due on"), accessor="fee.due_on"),
    ]
    list_export = [
        "public_id",
        "fee.public_id",
        "party",
        "currency_id",
        "due.amount",
        "state",
        "is_overpaid",
        "fee.due_on",
        "fee.get_mode_display",
    ]
    export_filename = "shares"
    inspect_view_fields = ["public_id", "fee", "party", "due", "state", "is_overpaid"]
    acts = (
        Act(
            "record",
            _("Record a transfer"),
            can=can_record_transfer,
            view=RecordTransferView,
        ),
    )


class WaiverViewSet(ActingViewSet):
    model = Adjustment
    icon = "help"
    menu_order = 40
    list_filter = ["state", "reason"]
    ordering = "-requested_at"
    list_display = [
        "public_id",
        Column("share.party", label=_("Partner"), accessor="share.party"),
        MoneyColumn("amount", label=_("Amount")),
        state_column(open_states={Adjustment.State.REQUESTED}),
        AgeColumn("requested_at", label=_("Asked")),
    ]
    inspect_view_fields = [
        "share",
        "amount",
        "reason",
        "note",
        "state",
        "requested_at",
        "decided_at",
    ]
    acts = (
        Act("approve", _("Grant"), do=approve_waiver, can=may_decide),
        Act("decline", _("Do not grant"), do=decline_waiver, can=may_decide),
    )


class TransferViewSet(ActingViewSet):
    model = OfflinePayment
    icon = "download"
    menu_order = 50
    ordering = "-recorded_at"
    list_display = [
        "bank_reference",
        MoneyColumn("attempt.amount", label=_("Amount"), accessor="attempt.amount"),
        DateColumn("received_on", label=_("Received on")),
        AgeColumn("recorded_at", label=_("Recorded")),
        AgeColumn("confirmed_at", label=_("Confirmed")),
    ]
    inspect_view_fields = [
        "bank_reference",
        "received_on",
        "attempt",
        "recorded_by",
        "recorded_at",
        "confirmed_by",
        "confirmed_at",
    ]
    acts = (Act("confirm", _("Confirm"), do=confirm_transfer, can=may_confirm),)


class MatterViewSet(ActingViewSet):
    model = Discrepancy
    icon = "warning"
    menu_order = 60
    list_filter = {"kind": ["exact"], "resolved_at": ["isnull"]}
    ordering = "-noted_at"
    list_display = [
        Column("get_kind_display", label=_("Matter")),
        "about",
        "expected",
        "found",
        AgeColumn("noted_at", label=_("Noted")),
        AgeColumn("resolved_at", label=_("Closed")),
    ]
    inspect_view_fields = [
        "kind",
        "about",
        "expected",
        "found",
        "noted_at",
        "resolved_at",
    ]
    acts = (Act("resolve", _("Close"), do=resolve_matter, can=may_close),)


class LedgerViewSet(ActingViewSet):
    model = LedgerTransaction
    icon = "list-ul"
    menu_label = _("Ledger")
    menu_order = 70
    index_view_class = LedgerIndexView
    inspect_view_class = LedgerInspectView
    list_filter = ["kind", "source", "mode"]
    search_fields = ["key"]
    ordering = "-recorded_at"
    list_display = [
        "key",
        Column("get_kind_display", label=_("What")),
        Column("amounts", label=_("Entries")),
        AgeColumn("recorded_at", label=_("Booked")),
    ]
    list_export = [
        "key",
        "kind",
        "entry_lines",
        "occurred_at",
        "recorded_at",
        "source",
        "get_mode_display",
    ]
    export_filename = "ledger"
    inspect_view_fields = [
        "key",
        "kind",
        "entries",
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


class FeeScheduleViewSet(ModelViewSet):
    """The price list; a fee that was raised keeps the figures of its day."""

    model = FeeSchedule
    icon = "calendar-check"
    menu_order = 90
    copy_view_enabled = False
    add_to_reference_index = False
    search_backend_name = None
    list_display = [
        "currency",
        MoneyColumn("total", label=_("Total")),
        Column("get_mode_display", label=_("Divided")),
        "due_days",
        "valid_from",
    ]
    list_filter = ["currency"]

    def get_form_class(self, for_update: bool = False) -> type[FeeScheduleForm]:
        return FeeScheduleForm


class MoneyGroup(ViewSetGroup):
    """One entry of the menu for the work with money."""

    menu_label = _("Money")
    menu_icon = "bars"
    menu_order = 20
    items = (
        MoneyOverviewViewSet,
        FeeViewSet,
        ShareViewSet,
        WaiverViewSet,
        TransferViewSet,
        MatterViewSet,
        LedgerViewSet,
        EventViewSet,
        FeeScheduleViewSet,
    )
