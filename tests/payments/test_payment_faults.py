"""Answers lost, calls that fail and crashes between two steps of a payment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments import reconciling
from payments.exceptions import CheckoutUnavailable
from payments.models import (
    PaymentAttempt,
    StripeEvent,
)
from tests.payments.paying import open_page, open_page_and_crash
from tests.payments.rows import make_fee

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("fault", ["answer_500", "lose_answer", "answer_429"])
def test_a_failing_call_never_opens_two_pages(stripe, fault):
    share = make_fee().shares.first()
    for _ in range(4):
        stripe.app.faults.add(fault, "/v1/checkout/sessions")
    with pytest.raises(CheckoutUnavailable):
        open_page(share)
    assert share.attempts.get().state == "creating"
    for _ in stripe.app.faults.waiting():
        stripe.app.faults.take("/v1/checkout/sessions")
    assert open_page(share).startswith("http://127.0.0.1:8001/c/pay/cs_test_")
    assert share.attempts.count() == 1
    assert len(stripe.app.store.newest_first("checkout.session")) == 1


def test_a_crash_after_the_call_is_finished_by_the_sweep(stripe, monkeypatch):
    share = make_fee().shares.first()

    open_page_and_crash(share, monkeypatch)
    attempt = share.attempts.get()
    assert (attempt.state, attempt.session_id) == ("creating", None)
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert reconciling.resume_attempts() == 1
    attempt.refresh_from_db()
    assert attempt.state == "open"
    assert len(stripe.app.store.newest_first("checkout.session")) == 1


def test_a_crash_long_ago_is_looked_up_and_not_repeated(stripe, monkeypatch):
    share = make_fee().shares.first()

    open_page_and_crash(share, monkeypatch)
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(minutes=30))
    stripe.http.calls.clear()
    assert reconciling.resume_attempts() == 1
    assert stripe.http.calls == [("get", "/v1/checkout/sessions")]
    assert share.attempts.get().state == "open"


def test_a_call_stripe_never_heard_is_given_up_and_made_anew(stripe):
    share = make_fee().shares.first()
    stripe.app.faults.add("kept_500", "/v1/checkout/sessions")
    with pytest.raises(CheckoutUnavailable):
        open_page(share)
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(minutes=30))
    open_page(share)
    states = share.attempts.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["abandoned", "open"]


def test_an_event_waits_while_stripe_does_not_answer(stripe):
    share = make_fee().shares.first()
    stripe.payer.pay(open_page(share))
    for _ in range(3):
        stripe.app.faults.add("answer_500", "/v1/checkout/sessions/")
    assert stripe.deliver() == [200]
    event = StripeEvent.objects.get()
    assert (event.state, event.last_error_class) == ("new", "GatewayUnavailable")
    StripeEvent.objects.update(next_try_at=timezone.now())
    assert reconciling.retry_events() == 1
    share.refresh_from_db()
    assert share.state == "paid"
