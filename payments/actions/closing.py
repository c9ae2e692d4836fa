"""Closing a month: only one that is over and whose books are whole."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.people.models import User
from marketplace.refusals import require
from payments import checking
from payments.books import bounds_of, trial_balance
from payments.exceptions import AlreadyClosed, BooksNotWhole, MonthNotOver
from payments.models import MonthClose
from payments.modes import current_mode

# So long no transaction lasts: what began before midnight is booked by then.
IN_FLIGHT = timedelta(minutes=5)


@transaction.atomic
def close_month(month: date, *, by: User) -> MonthClose:
    """Keep the trial balance of a month; what comes later is booked later."""
    require(by.has_perm("payments.add_monthclose"))
    month = month.replace(day=1)
    if timezone.now() < bounds_of(month)[1] + IN_FLIGHT:
        raise MonthNotOver
    mode = current_mode()
    if MonthClose.objects.filter(mode=mode, month=month).exists():
        raise AlreadyClosed
    if next(checking.breaches(), None) is not None:
        raise BooksNotWhole
    closed = MonthClose.objects.create(
        mode=mode,
        month=month,
        figures=[line.figures() for line in trial_balance(mode, month)],
        closed_by=by,
    )
    log(closed, "payments.month_closed", user=by)
    return closed
