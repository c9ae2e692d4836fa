"""The menu of finance: fees, shares and the price list; the rest is beside it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from cms.staff.acting import Act, ActingInspectView, ActingViewSet
from cms.staff.looking import AgeColumn, DayColumn
from cms.staff.money_acts import (
    AdjustView,
    RaiseAnewView,
    RecordCashView,
    RecordTransferView,
)
from cms.staff.money_bank import BankLineViewSet, ImportViewSet
from cms.staff.money_books import EventViewSet, LedgerViewSet
from cms.staff.money_crisis import CrisisViewSet
from cms.staff.money_documents import DocumentViewSet
from cms.staff.money_income import IncomeViewSet
from cms.staff.money_journal import JournalViewSet
from cms.staff.money_lists import FeeFilter, MoneyColumn, MoneyIndexView, state_column
from cms.staff.money_overview import MoneyOverviewViewSet
from cms.staff.money_refunds import AttemptViewSet, DisputeViewSet, RefundViewSet
from cms.staff.money_seats import PlanViewSet, SubscriptionViewSet
from cms.staff.money_vouchers import VoucherRequestViewSet, VoucherViewSet
from cms.staff.money_work import MatterViewSet, TransferViewSet, WaiverViewSet
from cms.templatetags.site_tags import day, money
from marketplace.people.models import User
from payments.actions.fees import void_fee
from payments.books import statement_of
from payments.forms import FeeScheduleForm
from payments.models import Fee, FeeSchedule, Share
from payments.permissions import can_adjust, can_record_transfer


def may_void(user: User, fee: Fee) -> bool:
    return fee.state != Fee.State.VOID and user.has_perm("payments.void_fee")


def may_raise_anew(user: User, fee: Fee) -> bool:
    others = fee.venture.fees.exclude(state=Fee.State.VOID)
    return (
        fee.state == Fee.State.VOID
        and user.has_perm("payments.void_fee")
        and not others.exists()
    )


def may_adjust(user: User, share: Share) -> bool:
    return not share.is_settled and can_adjust(user, share)


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
        DayColumn("due_on", label=_("Due on"), sort_key="due_on"),
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
    acts = (
        Act("void", _("Void it"), do=void_fee, can=may_void),
        Act("anew", _("Raise it anew"), can=may_raise_anew, view=RaiseAnewView),
    )


class ShareInspectView(ActingInspectView):
    """The facts, and the statement: what was asked and what came, with the balance."""

    def get_fields_context(self) -> list[dict[str, object]]:
        lines = [
            {
                "label": f"{day(line.booked_at)} · {line.label}",
                "value": _("%(amount)s, balance %(balance)s")
                % {"amount": money(line.amount), "balance": money(line.balance)},
                "component": None,
            }
            for line in statement_of(self.object)
        ]
        return [*super().get_fields_context(), *lines]


class ShareViewSet(ActingViewSet):
    model = Share
    inspect_view_class = ShareInspectView
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
        DayColumn("fee.due_on", label=_("Due on"), accessor="fee.due_on"),
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
        Act("cash", _("Record cash"), can=can_record_transfer, view=RecordCashView),
        Act("adjust", _("Lessen the share"), can=may_adjust, view=AdjustView),
    )


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
        AttemptViewSet,
        WaiverViewSet,
        VoucherViewSet,
        VoucherRequestViewSet,
        RefundViewSet,
        CrisisViewSet,
        DisputeViewSet,
        TransferViewSet,
        ImportViewSet,
        BankLineViewSet,
        MatterViewSet,
        DocumentViewSet,
        LedgerViewSet,
        JournalViewSet,
        IncomeViewSet,
        EventViewSet,
        FeeScheduleViewSet,
        PlanViewSet,
        SubscriptionViewSet,
    )
