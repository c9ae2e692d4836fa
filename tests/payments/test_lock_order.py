"""Several workers and several fees at once: nobody waits for each other, none works twice."""

import pytest
from django.db import connection

from payments import checking, event_handlers
from payments.actions.checkout import open_attempt
from payments.models import LedgerTransaction, PaymentAttempt, Share, StripeEvent
from payments.sync import sync_attempt
from tests.at_once import at_once
from tests.payments.rows import make_fee, payer_of
from tests.payments.test_races import told

pytestmark = pytest.mark.django_db(transaction=True)
needs_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="rows are locked on PostgreSQL alone: name one in DATABASE_URL",
)


def paid_attempt(share: Share, remote) -> PaymentAttempt:
    open_attempt(share, by=payer_of(share))
    attempt = share.attempts.get()
    remote.pay(attempt.session_id)
    return attempt


@needs_postgresql
def test_two_fees_worked_off_in_opposite_order_wait_for_nobody(remote):
    """Sixteen workers, half of which meet the fees the other way round."""
    attempts = [
        paid_attempt(share, remote)
        for fee in (make_fee(), make_fee())
        for share in fee.shares.all()
    ]

    def work_off(several: list[PaymentAttempt]) -> None:
        for attempt in several:
            sync_attempt(PaymentAttempt.objects.get(pk=attempt.pk))

    works = [lambda: work_off(attempts), lambda: work_off(attempts[::-1])] * 8
    assert [e for e in at_once(*works) if e is not None] == []
    assert LedgerTransaction.objects.filter(kind="charge").count() == 4
    assert list(checking.breaches()) == []


@needs_postgresql
def test_sixteen_workers_claim_each_event_of_the_inbox_once(remote, monkeypatch):
    """A claim steps over what another one holds, so no event is worked off twice."""
    followed, follow = [], event_handlers._follow

    def note(event: StripeEvent) -> StripeEvent.State:
        followed.append(event.pk)
        return follow(event)

    monkeypatch.setattr(event_handlers, "_follow", note)
    shares = [share for _ in range(2) for share in make_fee().shares.all()]
    events = [
        told("checkout.session.completed", paid_attempt(share, remote))
        for share in shares
    ]

    def work_off(first: int) -> None:
        for event in events[first:] + events[:first]:
            event_handlers.process(event)

    works = [lambda first=number % 4: work_off(first) for number in range(16)]
    assert [e for e in at_once(*works) if e is not None] == []
    assert sorted(followed) == sorted(events)
    rows = StripeEvent.objects.values_list("state", "tries")
    assert list(rows) == [("done", 1)] * 4
    assert LedgerTransaction.objects.filter(kind="charge").count() == 4
