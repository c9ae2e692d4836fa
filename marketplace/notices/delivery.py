"""Delivery of outgoing mail: claim with a lease, send, acknowledge and wipe."""

from datetime import timedelta
from logging import getLogger

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from .kinds import topic_of
from .letters import message_for
from .models import OutgoingMail, OutgoingMailQuerySet, habits_of
from .readers import is_open

LEASE = timedelta(minutes=5)
# Minutes to wait after each failed try: a day in all, then the mail is given up.
BACK_OFF = (1, 5, 15, 60, 180, 360, 819)
SWEEP_SIZE = 200

State = OutgoingMail.State
logger = getLogger(__name__)


def connection() -> BaseEmailBackend:
    """The way out of the house; `EMAIL_BACKEND` only leads into the outbox."""
    return get_connection(settings.DELIVERY_EMAIL_BACKEND)


def claim(pk: int) -> OutgoingMail | None:
    """Take a due mail for this worker, or none where another holds it.

    One UPDATE decides, so two workers never both win on either database.
    """
    now = timezone.now()
    claimed = (
        OutgoingMail.objects.due(now)
        .filter(pk=pk)
        .update(state=State.SENDING, tries=F("tries") + 1, lease_until=now + LEASE)
    )
    if not claimed:
        return None
    return OutgoingMail.objects.select_related("notice__recipient", "recipient").get(
        pk=pk
    )


def deliver(pk: int) -> bool:
    """Send one mail if it is due, with what else waits for its reader; True if it left.

    May run twice and at any time. A mail that cannot be sent holds no other.
    """
    mail = claim(pk)
    if mail is None:
        return False
    if not _is_wanted(mail):
        _release(mail, tries=0)
        _finish(mail, State.DROPPED)
        return False
    try:
        message = message_for(mail, _riders(mail))
    except Exception as error:  # noqa: BLE001 - the row keeps the error
        # One of them cannot be written: from now on each goes by itself.
        _release(mail, tries=1)
        _fail(mail, type(error).__name__)
        return False
    try:
        connection().send_messages([message])
    except Exception as error:  # noqa: BLE001 - the row keeps the error
        _fail(mail, type(error).__name__)
        return False
    _finish(mail, State.SENT)
    return True


def _riders(mail: OutgoingMail) -> list[OutgoingMail]:
    """What its letter tells too: taken along at the first try, the same ever after.

    A later try goes out under the same Message-ID, so whatever joined it then would be
    lost on a receiver that has the first one.
    """
    if mail.notice is None or mail.recipient is None:
        return []
    if mail.tries == 1 and not mail.last_error_class:
        _each(
            OutgoingMail.objects.to_merge_with(mail),
            carried_by=mail,
            state=State.SENDING,
            lease_until=mail.lease_until,
        )
    riders = mail.riders.filter(state=State.SENDING).order_by("pk")
    wanted = []
    for rider in riders.select_related("notice__recipient", "recipient"):
        if _is_wanted(rider):
            wanted.append(rider)
        else:
            _finish_rows(OutgoingMail.objects.filter(pk=rider.pk), State.DROPPED)
    return wanted


def _release(mail: OutgoingMail, *, tries: int) -> None:
    """Let what rode along wait by itself again."""
    _each(
        mail.riders.filter(state=State.SENDING),
        carried_by=None,
        state=State.NEW,
        tries=tries,
        lease_until=None,
        next_try_at=timezone.now(),
    )


def _is_wanted(mail: OutgoingMail) -> bool:
    """Not for a closed account, about what is muted, or may be read no longer."""
    if mail.is_blank or (mail.recipient and not mail.recipient.is_active):
        return False
    if mail.notice is None:
        return True
    muted = habits_of(mail.notice.recipient).muted
    return topic_of(mail.notice.kind) not in muted and is_open(mail.notice)


def _held(mail: OutgoingMail) -> OutgoingMailQuerySet:
    """The row, for the present holder of the lease alone."""
    return OutgoingMail.objects.filter(
        pk=mail.pk, state=State.SENDING, lease_until=mail.lease_until
    )


def _finish(mail: OutgoingMail, state: str) -> None:
    if _finish_rows(_held(mail), state):
        _finish_rows(mail.riders.filter(state=State.SENDING), state)


def _finish_rows(rows: OutgoingMailQuerySet, state: str) -> int:
    return _each(
        rows,
        state=state,
        sent_at=timezone.now(),
        lease_until=None,
        last_error_class="",
        **OutgoingMail.wiped(),
    )


def _finish_left_behind() -> None:
    """A worker that died after it marked a letter as sent left what rode along unmarked."""
    behind = OutgoingMail.objects.filter(
        state=State.SENDING, carried_by__state=State.SENT
    )
    _finish_rows(behind, State.SENT)


def _each(rows: OutgoingMailQuerySet, **change: object) -> int:
    """Each row by itself and as it is by then; how many.

    Who blocks a partner holds the rows of several mails until the commit. A worker
    that held one of them while it waits for another would make both wait for ever.
    """
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(rows.filter(pk=pk).update(**change) for pk in keys)


def _fail(mail: OutgoingMail, error_class: str) -> None:
    is_over = mail.tries > len(BACK_OFF)
    wait = BACK_OFF[min(mail.tries, len(BACK_OFF)) - 1]
    held = _held(mail).update(
        state=State.DEAD if is_over else State.FAILED,
        next_try_at=timezone.now() + timedelta(minutes=wait),
        lease_until=None,
        last_error_class=error_class[:80],
    )
    if is_over:
        if held:
            _each(mail.riders.filter(state=State.SENDING), state=State.DEAD)
        logger.error("outgoing mail %s given up: %s", mail.pk, error_class)
    else:
        logger.warning("outgoing mail %s failed: %s", mail.pk, error_class)


def sweep(limit: int = SWEEP_SIZE) -> int:
    """Send what no task sent; returns how many mails left the house."""
    _finish_left_behind()
    due = OutgoingMail.objects.due(timezone.now()).order_by("next_try_at", "pk")
    return sum(deliver(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


def revive() -> int:
    """Give mails that were given up another round of tries."""
    dead = OutgoingMail.objects.filter(state=State.DEAD)
    dead.filter(carried_by__isnull=False).update(state=State.SENDING)
    return dead.filter(carried_by__isnull=True).update(
        state=State.FAILED, tries=0, next_try_at=timezone.now()
    )
