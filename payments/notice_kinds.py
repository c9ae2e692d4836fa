"""What people are told about money; amounts are read on the page, not in the mail."""

from collections.abc import Collection, Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from marketplace.notices.kinds import NoticeKind, register
from marketplace.notices.readers import register_reader
from marketplace.people.models import User
from payments.models import Share

NEWS = _("There is news about your account.")


def _readable(reader: User, ids: Collection[UUID]) -> Iterable[UUID]:
    own = Share.objects.of(reader).filter(public_id__in=ids)
    return own.values_list("public_id", flat=True)


register_reader("payments.share", _readable)

FEE_RAISED = register(
    NoticeKind(
        "fee_raised",
        room="payments",
        line=_("Your share of the fee of a joint venture is due."),
        discreet_line=NEWS,
        template="payments/email/fee_raised.txt",
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
WAIVER_DECLINED = register(
    NoticeKind(
        "waiver_declined",
        room="payments",
        line=_("Your request about the fee of a joint venture was answered."),
        discreet_line=NEWS,
        template="payments/email/waiver_declined.txt",
    )
)
