"""I5: no row of an outbox grows old, and none was given up."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from marketplace.notices.models import OutgoingMail
from payments.models import StripeEvent
from search.models import IndexChange

# Far above the sweep's half minute; what is due for so long is stuck.
LIMIT = timedelta(minutes=10)


def stuck_rows() -> Iterator[str]:
    late = timezone.now() - LIMIT
    dead_mails = OutgoingMail.objects.filter(state=OutgoingMail.State.DEAD)
    failed = StripeEvent.objects.filter(state=StripeEvent.State.FAILED)
    yield from _told("index changes", IndexChange.objects.dead(), "were given up")
    yield from _told("mails", dead_mails, "were given up")
    yield from _told("events from Stripe", failed, "were given up")
    changes = IndexChange.objects.waiting().filter(next_try_at__lte=late)
    yield from _told("index changes", changes, "are long overdue")
    yield from _told("mails", OutgoingMail.objects.due(late), "are long overdue")
    events = StripeEvent.objects.ready(at=late)
    yield from _told("events from Stripe", events, "are long overdue")


def _told(what: str, rows: QuerySet, fate: str) -> Iterator[str]:
    number = rows.count()
    if number:
        yield f"{number} {what} {fate}"
