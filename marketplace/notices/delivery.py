"""Delivery of outgoing mail: claim with a lease, send, acknowledge and wipe."""

from collections.abc import Callable
from datetime import timedelta
from logging import getLogger

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone

from .letters import message_for
from .models import OutgoingMail
from .readers import is_open

LEASE = timedelta(minutes=5)
# Minutes to wait after each failed try; a mail that outlives the list is given up.
BACK_OFF = (1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440)
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
    """Send one mail if it is due; True where it left the house.

    May run twice and at any time. A mail that cannot be sent holds no other.
    """
    mail = claim(pk)
    if mail is None:
        return False
    if not _is_wanted(mail):
        _finish(mail, State.DROPPED)
        return False
    try:
        connection().send_messages([message_for(mail)])
    except Exception as error:  # noqa: BLE001 - the row keeps the error
        _fail(mail, type(error).__name__)
        return False
    _finish(mail, State.SENT)
    return True


def _is_wanted(mail: OutgoingMail) -> bool:
    """Not for a closed account, nor about what its reader may no longer read."""
    if mail.is_blank or (mail.recipient and not mail.recipient.is_active):
        return False
    return mail.notice is None or is_open(mail.notice)


def _held(mail: OutgoingMail) -> Callable[..., int]:
    """An update that only the present holder of the lease can make."""
    return OutgoingMail.objects.filter(
        pk=mail.pk, state=State.SENDING, lease_until=mail.lease_until
    ).update


def _finish(mail: OutgoingMail, state: str) -> None:
    _held(mail)(
        state=state,
        sent_at=timezone.now(),
        lease_until=None,
        last_error_class="",
        **OutgoingMail.wiped(),
    )


def _fail(mail: OutgoingMail, error_class: str) -> None:
    is_over = mail.tries > len(BACK_OFF)
    wait = BACK_OFF[min(mail.tries, len(BACK_OFF)) - 1]
    _held(mail)(
        state=State.DEAD if is_over else State.FAILED,
        next_try_at=timezone.now() + timedelta(minutes=wait),
        lease_until=None,
        last_error_class=error_class[:80],
    )
    if is_over:
        logger.error("outgoing mail %s given up: %s", mail.pk, error_class)
    else:
        logger.warning("outgoing mail %s failed: %s", mail.pk, error_class)


def sweep(limit: int = SWEEP_SIZE) -> int:
    """Send what no task sent; returns how many mails left the house."""
    due = OutgoingMail.objects.due(timezone.now()).order_by("next_try_at", "pk")
    return sum(deliver(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


def revive() -> int:
    """Give mails that were given up another round of tries."""
    return OutgoingMail.objects.filter(state=State.DEAD).update(
        state=State.FAILED, tries=0, next_try_at=timezone.now()
    )
