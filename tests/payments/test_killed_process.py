"""The process that hears of a payment is killed on its way: money is booked once.

At every third step, and in the deep gate at each.
"""

import json
import os
from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from django.utils import timezone

from payments import checking, event_handlers, reconciling
from payments.actions.checkout import open_attempt
from payments.event_handlers import LEASE
from payments.gateway import ReceivedEvent, get_gateway
from payments.models import LedgerTransaction, PaymentAttempt, Share, StripeEvent
from payments.modes import deployment
from payments.stripe_gateway import API_VERSION
from tests.killed import killed_before
from tests.payments.conftest import HOOK
from tests.payments.remote import Remote
from tests.payments.rows import make_fee, payer_of

EVERY = int(os.environ.get("KILLED_EVERY", "3"))  # 1 kills at each step

pytestmark = pytest.mark.django_db(transaction=True)


class Told(Remote):
    """Reads the events of a test; that they are signed is tried beside."""

    def read_event(self, payload: bytes, signature: str) -> ReceivedEvent:
        event = json.loads(payload)
        return ReceivedEvent(
            id=event["id"],
            type="checkout.session.completed",
            object_kind="checkout.session",
            object_id=event["data"]["object"]["id"],
            reference=event["reference"],
            api_version=API_VERSION,
            livemode=False,
            deployment=deployment(),
            created_at=timezone.now(),
            payload=event,
        )


@pytest.fixture
def remote(settings):
    remote = Told()
    settings.PAYMENT_GATEWAY = {
        "BACKEND": "tests.payments.remote.given",
        "OPTIONS": {"remote": remote},
    }
    get_gateway.cache_clear()
    yield remote
    get_gateway.cache_clear()


def paid_page(remote: Told) -> PaymentAttempt:
    """A payer has paid, and this site has not heard of it."""
    share = make_fee().shares.order_by("pk").first()
    open_attempt(share, by=payer_of(share))
    attempt = share.attempts.get()
    remote.pay(attempt.session_id)
    return attempt


def hear_of(attempt: PaymentAttempt) -> int:
    """The event comes to the webhook, which stores it and works it off."""
    event = {
        "id": f"evt_{attempt.pk}",
        "reference": str(attempt.public_id),
        "data": {"object": {"id": attempt.session_id, "object": "checkout.session"}},
    }
    answer = Client().post(HOOK, json.dumps(event), content_type="application/json")
    return answer.status_code


def booked(attempt: PaymentAttempt) -> list[str]:
    rows = LedgerTransaction.objects.filter(key__contains=attempt.session_id)
    return list(rows.values_list("key", flat=True))


def hear_again(attempt: PaymentAttempt) -> None:
    """Stripe repeats what was not answered, and a sweep finds what was left in hand."""
    assert hear_of(attempt) == 200
    StripeEvent.objects.filter(lease_until__isnull=False).update(
        lease_until=timezone.now() - LEASE
    )
    StripeEvent.objects.update(next_try_at=timezone.now() - timedelta(minutes=1))
    reconciling.retry_events()


def run_to_the_end(remote: Told) -> int:
    """A process killed at a step, what comes after it, and so on to the last step."""
    for last in count(1, EVERY):
        attempt = paid_page(remote)
        died = killed_before(last, lambda: hear_of(attempt))  # noqa: B023
        hear_again(attempt)
        event = StripeEvent.objects.get(event_id=f"evt_{attempt.pk}")
        assert event.state == StripeEvent.State.DONE, last
        assert Share.objects.get(pk=attempt.share_id).state == "paid", last
        assert booked(attempt) == [f"charge:ch_{attempt.session_id}"], last
        if not died:
            assert list(checking.breaches()) == []
            return last
    raise AssertionError


def test_wherever_the_process_is_killed_the_money_is_booked_once(remote):
    assert run_to_the_end(remote) > 30


def test_an_event_marked_as_done_before_its_work_is_found(remote, monkeypatch):
    """The test of the test: whoever dies then leaves a payment that nobody books."""
    plain = event_handlers._claim

    def hasty(pk):
        event = plain(pk)
        if event is not None:
            event_handlers._finish(event, StripeEvent.State.DONE)
        return event

    monkeypatch.setattr(event_handlers, "_claim", hasty)
    with pytest.raises(AssertionError):
        run_to_the_end(remote)
