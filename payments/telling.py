"""Who is told about money, and where the line leads."""

from marketplace.notices.actions import notify
from marketplace.notices.kinds import NoticeKind
from payments.models import RefundRequest, Share, Subscription
from payments.notice_kinds import SEAT_TRIAL_ENDS
from payments.permissions import payers_of


def tell_payers(
    share: Share, kind: NoticeKind, *, once: str = "", url: str = ""
) -> None:
    """Tell everyone who may pay a share, each in their own language.

    `once` names the fact, so that hearing of it again tells nobody again.
    """
    for payer in payers_of(share.party.organisation):
        notify(payer, kind, about=share, url=url or share.get_absolute_url(), once=once)


def tell_investors(row: Subscription, kind: NoticeKind, *, once: str) -> None:
    """Tell everyone who may decide on a seat; `once` names the fact within it."""
    for person in payers_of(row.organisation):
        key = f"{row.public_id}:{once}"
        notify(person, kind, about=row, url=row.get_absolute_url(), once=key)


def tell_of_refund(request: RefundRequest, kind: NoticeKind) -> None:
    """Tell the people of whoever paid; a repeat tells nobody again."""
    attempt, once = request.attempt, str(request.public_id)
    if attempt.share is not None:
        tell_payers(attempt.share, kind, once=once)
    elif attempt.seat is not None:
        tell_investors(attempt.seat, kind, once=once)


def tell_trial_ends(row: Subscription) -> None:
    """Say once that a trial turns into a payment, unless it was ended before."""
    if row.status == "trialing" and not row.cancel_at_period_end:
        tell_investors(row, SEAT_TRIAL_ENDS, once="trial_ends")
