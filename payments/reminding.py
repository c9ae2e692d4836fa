"""Telling payers and investors of what is due and what is late, each thing once."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from payments.matters import note
from payments.models import Adjustment, Discrepancy, Fee, Share, Subscription
from payments.modes import current_mode
from payments.notice_kinds import DUE_SOON, OVERDUE, SEAT_RESTS
from payments.screening import shares_waiting
from payments.seat_standing import GRACE
from payments.telling import tell_investors, tell_payers, tell_trial_ends

BEFORE = timedelta(days=7)
AGAIN = timedelta(days=14)
FOR_A_PERSON = timedelta(days=30)
TRIAL_NEARLY_OVER = timedelta(days=3)  # as Stripe tells it, should its event be lost


def remind_payers(*, on: date | None = None) -> int:
    """Remind of every open share whose day is near or gone; returns how many.

    A share that waits for an answer of ours (a waiver, a transfer or cash that is checked,
    a verification) is left alone, and so is one that opened again: people talk about it already.
    """
    today = on or timezone.localdate()
    return sum(_remind(share, today) for share in _open_shares(today))


def _open_shares(today: date) -> list[Share]:
    waiting = Adjustment.objects.filter(state=Adjustment.State.REQUESTED)
    rows = (
        Share.objects.unsettled()
        .exclude(state=Share.State.REOPENED)
        .filter(fee__state=Fee.State.ISSUED, fee__due_on__lte=today + BEFORE)
        .exclude(adjustments__in=waiting)
        .exclude(attempts__state="open", attempts__method__in=["bank_transfer", "cash"])
        .exclude(public_id__in=shares_waiting())
    )
    return list(rows.select_related("fee", "party__organisation").order_by("pk"))


def _remind(share: Share, today: date) -> bool:
    late = today - share.fee.due_on
    if late >= FOR_A_PERSON:
        note(
            Discrepancy.Kind.OVERDUE,
            f"share:{share.public_id}",
            expected=str(share.fee.due_on),
        )
    if late >= AGAIN:
        tell_payers(share, OVERDUE, once=f"{share.public_id}:overdue:2")
    elif late > timedelta(0):
        tell_payers(share, OVERDUE, once=f"{share.public_id}:overdue:1")
    else:
        tell_payers(share, DUE_SOON, once=f"{share.public_id}:soon")
    return True


def remind_investors(*, at: datetime | None = None) -> int:
    """Tell of trials that are nearly over and of seats that rest unpaid; how many."""
    now = at or timezone.now()
    seats = Subscription.objects.filter(mode=current_mode())
    ending = seats.filter(
        status="trialing",
        cancel_at_period_end=False,
        trial_end__range=(now, now + TRIAL_NEARLY_OVER),
    )
    resting = seats.filter(status="past_due", period_start__lte=now - GRACE)
    for row in ending:
        tell_trial_ends(row)
    for row in resting:
        tell_investors(row, SEAT_RESTS, once=f"rests:{row.period_start:%Y-%m-%d}")
    return len(ending) + len(resting)
