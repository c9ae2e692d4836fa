"""What people are told about money; amounts are read on the page, not in the mail."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import NoticeKind, register
from marketplace.notices.readers import register_reader
from marketplace.people.models import User
from payments.models import Share, Subscription

NEWS = _("There is news about your account.")


def _readable(reader: User, ids: Collection[UUID]) -> Iterable[UUID]:
    own = Share.objects.of(reader).filter(public_id__in=ids)
    return own.values_list("public_id", flat=True)


def _own_seats(reader: User, ids: Collection[UUID]) -> Iterable[UUID]:
    own = Subscription.objects.of(reader).filter(public_id__in=ids)
    return own.values_list("public_id", flat=True)


register_reader("payments.share", _readable)
register_reader("payments.subscription", _own_seats)

FEE_RAISED = register(
    NoticeKind(
        "fee_raised",
        room="payments",
        line=_("Your share of the fee of a joint venture is due."),
        discreet_line=NEWS,
        template="payments/email/fee_raised.txt",
    )
)
FEE_VOID = register(
    NoticeKind(
        "fee_void",
        room="payments",
        line=_("The fee of a joint venture was withdrawn."),
        discreet_line=NEWS,
        template="payments/email/fee_void.txt",
    )
)
DUE_SOON = register(
    NoticeKind(
        "due_soon",
        room="payments",
        line=_("Your share of the fee of a joint venture is due soon."),
        discreet_line=NEWS,
        template="payments/email/due_soon.txt",
    )
)
OVERDUE = register(
    NoticeKind(
        "overdue",
        room="payments",
        line=_("Your share of the fee of a joint venture is overdue."),
        discreet_line=NEWS,
        template="payments/email/overdue.txt",
    )
)
SHARE_SETTLED = register(
    NoticeKind(
        "share_settled",
        room="payments",
        line=_("Your share of the fee of a joint venture is settled."),
        discreet_line=NEWS,
        template="payments/email/share_settled.txt",
    )
)
SHARE_REOPENED = register(
    NoticeKind(
        "share_reopened",
        room="payments",
        line=_("Your share of the fee of a joint venture is open again."),
        discreet_line=NEWS,
        template="payments/email/share_reopened.txt",
    )
)
REFUND_SENT = register(
    NoticeKind(
        "refund_sent",
        room="payments",
        line=_("A refund is on its way to you."),
        discreet_line=NEWS,
        template="payments/email/refund_sent.txt",
    )
)
REFUND_FAILED = register(
    NoticeKind(
        "refund_failed",
        room="payments",
        line=_("A refund did not reach you."),
        discreet_line=NEWS,
        template="payments/email/refund_failed.txt",
    )
)
WAIVER_DECLINED = register(
    NoticeKind(
        "waiver_declined",
        room="payments",
        line=_("Your request about the fee of a joint venture was answered."),
        discreet_line=NEWS,
        template="payments/email/waiver_declined.txt",
    )
)
SEAT_TRIAL_ENDS = register(
    NoticeKind(
        "seat_trial_ends",
        room="payments",
        line=_("The free time of your investor seat ends soon."),
        discreet_line=NEWS,
        template="payments/email/seat_trial_ends.txt",
    )
)
SEAT_UNPAID = register(
    NoticeKind(
        "seat_unpaid",
        room="payments",
        line=_("A payment for your investor seat failed."),
        discreet_line=NEWS,
        template="payments/email/seat_unpaid.txt",
    )
)
SEAT_CONFIRM = register(
    NoticeKind(
        "seat_confirm",
        room="payments",
        line=_("Your bank asks you to confirm a payment for your investor seat."),
        discreet_line=NEWS,
        template="payments/email/seat_confirm.txt",
    )
)
SEAT_RESTS = register(
    NoticeKind(
        "seat_rests",
        room="payments",
        line=_("Your investor seat rests until it is paid."),
        discreet_line=NEWS,
        template="payments/email/seat_rests.txt",
    )
)
SEAT_MONEY_BACK = register(
    NoticeKind(
        "seat_money_back",
        room="payments",
        line=_("The payment for your investor seat went back, so the seat rests."),
        discreet_line=NEWS,
        template="payments/email/seat_money_back.txt",
    )
)
SEAT_ENDED = register(
    NoticeKind(
        "seat_ended",
        room="payments",
        line=_("Your investor seat has ended."),
        discreet_line=NEWS,
        template="payments/email/seat_ended.txt",
    )
)
