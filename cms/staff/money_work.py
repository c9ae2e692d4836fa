"""What waits for a person of finance: waivers, transfers, matters."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn

from cms.staff.acting import Act, ActingViewSet
from cms.staff.looking import AgeColumn
from cms.staff.money_lists import MoneyColumn, state_column
from marketplace.people.models import User
from payments.actions.adjustments import approve_waiver, decline_waiver
from payments.actions.matters import resolve_matter
from payments.actions.transfers import confirm_transfer
from payments.models import Adjustment, Discrepancy, OfflinePayment
from payments.permissions import can_confirm_transfer, can_decide_waiver


def may_decide(user: User, waiver: Adjustment) -> bool:
    waits = waiver.state == Adjustment.State.REQUESTED
    return waits and can_decide_waiver(user, waiver)


def may_confirm(user: User, payment: OfflinePayment) -> bool:
    return payment.confirmed_at is None and can_confirm_transfer(user, payment)


def may_close(user: User, matter: Discrepancy) -> bool:
    return matter.resolved_at is None and user.has_perm("payments.change_discrepancy")


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
