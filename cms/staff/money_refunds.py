"""Money that goes back or is disputed: payments, refunds, disputes."""

from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from cms.staff.acting import Act, ActingInspectView, ActingViewSet
from cms.staff.looking import AgeColumn, DayColumn
from cms.staff.money_acts import RecordRefundSentView, RequestRefundView
from cms.staff.money_lists import MoneyColumn, MoneyIndexView, state_column
from marketplace.people.models import User
from payments.actions.crisis import approve_batch
from payments.actions.refunds import approve_refund, decline_refund
from payments.models import Dispute, PaymentAttempt, RefundRequest
from payments.permissions import can_decide_refund, can_request_refund

State = RefundRequest.State


def may_request(user: User, attempt: PaymentAttempt) -> bool:
    paid = attempt.state == PaymentAttempt.State.SUCCEEDED
    return paid and can_request_refund(user, attempt)


def may_decide(user: User, request: RefundRequest) -> bool:
    return request.state == State.REQUESTED and can_decide_refund(user, request)


def may_decide_batch(user: User, request: RefundRequest) -> bool:
    return request.batch is not None and may_decide(user, request)


def may_record(user: User, request: RefundRequest) -> bool:
    return request.state == State.BY_HAND and can_decide_refund(user, request)


def approve_all_of(request: RefundRequest, *, by: User) -> object:
    """Grant every refund that was asked for together with this one."""
    batch = request.batch
    return approve_batch(batch, by=by) if isinstance(batch, UUID) else None


class AttemptViewSet(ActingViewSet):
    """Each try to pay, by card or transfer; what came of it is in the ledger."""

    model = PaymentAttempt
    icon = "upload"
    menu_order = 35
    index_view_class = MoneyIndexView
    list_filter = ["state", "method", "currency"]
    search_fields = ["session_id", "intent_id"]
    ordering = "-created_at"
    list_display = [
        "public_id",
        Column("get_method_display", label=_("Way")),
        MoneyColumn("amount", label=_("Amount")),
        state_column(open_states={"creating", "open"}),
        AgeColumn("created_at", label=_("Started")),
    ]
    list_export = [
        "public_id",
        "paid_for.public_id",
        "method",
        "currency_id",
        "amount.amount",
        "state",
        "created_at",
        "get_mode_display",
    ]
    export_filename = "payments"
    inspect_view_fields = [
        "public_id",
        "share",
        "seat",
        "method",
        "amount",
        "state",
        "error_code",
        "session_id",
        "intent_id",
        "created_at",
        "mode",
    ]
    acts = (
        Act("refund", _("Request a refund"), can=may_request, view=RequestRefundView),
    )


class RefundViewSet(ActingViewSet):
    model = RefundRequest
    icon = "rotate"
    menu_order = 45
    index_view_class = MoneyIndexView
    list_filter = ["state", "reason", "currency", "batch"]
    ordering = "-requested_at"
    list_display = [
        "public_id",
        Column("party", label=_("Partner"), accessor="attempt.payer"),
        MoneyColumn("amount", label=_("Amount")),
        Column("get_reason_display", label=_("Reason")),
        state_column(open_states={State.REQUESTED, State.BY_HAND, State.FAILED}),
        AgeColumn("requested_at", label=_("Requested")),
    ]
    list_export = [
        "public_id",
        "attempt.public_id",
        "currency_id",
        "amount.amount",
        "reason",
        "state",
        "refund_id",
        "bank_reference",
        "requested_at",
        "decided_at",
        "attempt.get_mode_display",
    ]
    export_filename = "refunds"
    inspect_view_fields = [
        "public_id",
        "attempt",
        "amount",
        "reason",
        "note",
        "batch",
        "state",
        "refund_id",
        "bank_reference",
        "error_code",
        "requested_by",
        "requested_at",
        "decided_by",
        "decided_at",
    ]
    acts = (
        Act("approve", _("Grant"), do=approve_refund, can=may_decide),
        Act("decline", _("Do not grant"), do=decline_refund, can=may_decide),
        Act(
            "batch", _("Grant the whole batch"), do=approve_all_of, can=may_decide_batch
        ),
        Act(
            "sent",
            _("Record that it was sent"),
            can=may_record,
            view=RecordRefundSentView,
        ),
    )


# The processor's words that finance meets; one that is not here is shown as it came.
DISPUTE_WORDS = {
    "needs_response": _("waits for our answer"),
    "under_review": _("the bank is deciding"),
    "won": _("decided for us"),
    "lost": _("decided for the payer"),
    "warning_needs_response": _("inquiry, waits for our answer"),
    "warning_under_review": _("inquiry, the bank is looking"),
    "warning_closed": _("inquiry, closed"),
    "prevented": _("prevented"),
    "fraudulent": _("the payer did not order it"),
    "duplicate": _("charged twice"),
    "product_not_received": _("not received"),
    "product_unacceptable": _("not as described"),
    "subscription_canceled": _("cancelled before"),
    "credit_not_processed": _("a refund did not arrive"),
    "unrecognized": _("the payer does not know it"),
    "general": _("another reason"),
}


def in_words(said: str) -> str | Promise:
    """What the processor said, in the reader's language where the word is known."""
    return DISPUTE_WORDS.get(said, said)


class DisputeInspectView(ActingInspectView):
    def get_status_display_value(self) -> str | Promise:
        return in_words(self.object.status)

    def get_reason_display_value(self) -> str | Promise:
        return in_words(self.object.reason)


class DisputeViewSet(ActingViewSet):
    """What payers' banks dispute; answered in the processor's own pages."""

    model = Dispute
    inspect_view_class = DisputeInspectView
    icon = "warning"
    menu_order = 47
    list_filter = ["status", "currency"]
    search_fields = ["dispute_id"]
    ordering = "-opened_at"
    list_display = [
        "dispute_id",
        MoneyColumn("amount", label=_("Amount")),
        Column("status", label=_("Status"), accessor=lambda row: in_words(row.status)),
        Column("reason", label=_("Reason"), accessor=lambda row: in_words(row.reason)),
        AgeColumn("opened_at", label=_("Opened")),
        DayColumn("answer_by", label=_("Answer by")),
    ]
    inspect_view_fields = [
        "dispute_id",
        "attempt",
        "amount",
        "status",
        "reason",
        "is_charge_refundable",
        "opened_at",
        "answer_by",
    ]
