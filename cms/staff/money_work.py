"""What waits for a person of finance: waivers, transfers, matters."""

import django_filters
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from cms.staff.acting import Act, ActingInspectView, ActingViewSet
from cms.staff.looking import AgeColumn, DayColumn
from cms.staff.money_acts import ReverseView
from cms.staff.money_lists import MoneyColumn, state_column
from marketplace.people.models import User
from payments.actions.adjustments import approve_waiver, decline_waiver
from payments.actions.matters import resolve_matter
from payments.actions.remedies import apply_remedy, has_act, remedy_of
from payments.actions.transfers import confirm_transfer, reject_transfer
from payments.models import Adjustment, Discrepancy, OfflinePayment
from payments.permissions import can_adjust, can_confirm_transfer, can_decide_waiver


def may_decide(user: User, waiver: Adjustment) -> bool:
    waits = waiver.state == Adjustment.State.REQUESTED
    return waits and can_decide_waiver(user, waiver)


def may_confirm(user: User, payment: OfflinePayment) -> bool:
    waits = payment.confirmed_at is None and payment.attempt.is_live
    return waits and can_confirm_transfer(user, payment)


def may_close(user: User, matter: Discrepancy) -> bool:
    return matter.resolved_at is None and user.has_perm("payments.change_discrepancy")


def may_reverse(user: User, waiver: Adjustment) -> bool:
    granted = waiver.state == Adjustment.State.APPROVED and not waiver.reverses_id
    undone = Adjustment.objects.filter(reverses=waiver).exists()
    return granted and not undone and can_adjust(user, waiver.share)


def may_remedy(user: User, matter: Discrepancy) -> bool:
    return has_act(matter) and may_close(user, matter)


class MatterFilter(WagtailFilterSet):
    closed = django_filters.BooleanFilter(
        label=_("Closed"), field_name="resolved_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Discrepancy
        fields = ["kind"]


class MatterInspectView(ActingInspectView):
    """The facts, and what helps."""

    def get_fields_context(self) -> list[dict[str, object]]:
        remedy = {"label": _("What to do"), "value": remedy_of(self.object)}
        return [*super().get_fields_context(), remedy | {"component": None}]


class WaiverViewSet(ActingViewSet):
    model = Adjustment
    icon = "help"
    menu_order = 40
    list_filter = ["state", "kind", "reason"]
    ordering = "-requested_at"
    list_display = [
        "public_id",
        Column("share.party", label=_("Partner"), accessor="share.party"),
        Column("get_kind_display", label=_("Kind")),
        MoneyColumn("amount", label=_("Amount")),
        state_column(open_states={Adjustment.State.REQUESTED}),
        AgeColumn("requested_at", label=_("Asked")),
    ]
    inspect_view_fields = [
        "share",
        "kind",
        "amount",
        "rule",
        "reverses",
        "reason",
        "note",
        "state",
        "requested_at",
        "decided_at",
    ]
    acts = (
        Act("approve", _("Grant"), do=approve_waiver, can=may_decide),
        Act("decline", _("Do not grant"), do=decline_waiver, can=may_decide),
        Act("reverse", _("Undo it"), can=may_reverse, view=ReverseView),
    )


class TransferViewSet(ActingViewSet):
    model = OfflinePayment
    icon = "download"
    menu_order = 50
    ordering = "-recorded_at"
    list_display = [
        "bank_reference",
        MoneyColumn("attempt.amount", label=_("Amount"), accessor="attempt.amount"),
        DayColumn("received_on", label=_("Received on")),
        AgeColumn("recorded_at", label=_("Recorded")),
        AgeColumn("confirmed_at", label=_("Confirmed")),
    ]
    inspect_view_fields = [
        "bank_reference",
        "received_on",
        "taken_by",
        "attempt",
        "recorded_by",
        "recorded_at",
        "confirmed_by",
        "confirmed_at",
    ]
    acts = (
        Act("confirm", _("Confirm"), do=confirm_transfer, can=may_confirm),
        Act("reject", _("Not found"), do=reject_transfer, can=may_confirm),
    )


class MatterViewSet(ActingViewSet):
    model = Discrepancy
    inspect_view_class = MatterInspectView
    icon = "warning"
    menu_order = 60
    filterset_class = MatterFilter
    ordering = "-noted_at"
    list_display = [
        TitleColumn(
            "get_kind_display",
            label=_("Matter"),
            sort_key="kind",
            url_name="discrepancy:inspect",
        ),
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
    acts = (
        Act("remedy", _("Try the remedy"), do=apply_remedy, can=may_remedy),
        Act("resolve", _("Close"), do=resolve_matter, can=may_close),
    )
