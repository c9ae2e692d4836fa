"""The door of all mail that arrives rendered: allauth's and Wagtail's become rows."""

from collections.abc import Sequence
from functools import partial

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import get_language

from marketplace.people.adapter import BLANK_HEADER
from marketplace.people.models import User

from .addresses import new_message_id
from .models import OutgoingMail
from .tasks import deliver_mail


class OutboxBackend(BaseEmailBackend):
    """Keeps each message, one sealed row a reader; delivery is somebody else's work."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            return sum(self._keep(message) for message in email_messages)

    def _keep(self, message: EmailMessage) -> int:
        for address in message.recipients():
            mail = OutgoingMail(
                recipient=User.objects.filter(email__iexact=address).first(),
                language=(get_language() or "en")[:2],
                message_id=new_message_id(),
                is_blank=BLANK_HEADER in message.extra_headers,
            )
            mail.seal_letter(
                subject=str(message.subject), body=str(message.body), address=address
            )
            mail.save()
            transaction.on_commit(partial(deliver_mail.enqueue, mail.pk))
        return 1
