"""Whole payments over Stripe's wire: our gateway, the sandbox, signed events."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from marketplace.ventures.models import JointVenture
from marketplace.ventures.signals import venture_activated
from payments import checking, event_handlers, ledger, reconciling
from payments.actions import checkout
from payments.exceptions import AlreadySettled, CardNotPossible
from payments.models import (
    Discrepancy,
    LedgerTransaction,
    PaymentAttempt,
    StripeEvent,
)
from payments.sync import sync_attempt
from tests.payments.paying import open_page
from tests.payments.rows import make_fee

pytestmark = pytest.mark.django_db

DECLINED = "4000000000000002"
SECURE = "4000002760003184"


@pytest.fixture
def activations():
    seen = []

    def hear(venture, **_):
        seen.append(venture.pk)

    venture_activated.connect(hear)
    yield seen
    venture_activated.disconnect(hear)


def test_both_partners_pay_and_the_venture_is_active_once(stripe, activations):
    fee = make_fee()
    one, other = fee.shares.all()
    stripe.payer.pay(open_page(one))
    assert stripe.deliver() == [200]
    fee.refresh_from_db()
    assert (fee.state, activations) == ("issued", [])
    stripe.payer.pay(open_page(other))
    assert stripe.deliver() == [200]
    fee.refresh_from_db()
    assert fee.state == "settled"
    assert fee.venture.status == JointVenture.Status.ACTIVE
    assert activations == [fee.venture_id]
    assert list(checking.breaches()) == []
    assert [total for _mode, _currency, total in checking.sums()] == [0]


def test_the_ledger_holds_each_share_and_what_the_processor_kept(stripe):
    share = make_fee().shares.first()
    stripe.payer.pay(open_page(share))
    stripe.deliver()
    kinds = sorted(LedgerTransaction.objects.values_list("kind", flat=True))
    assert kinds == ["charge", "fee", "settlement"]
    charge = LedgerTransaction.objects.get(kind="charge")
    assert charge.share == share
    assert sorted(charge.entries.values_list("account", "amount_minor")) == [
        ("receivable", -120_00),
        ("stripe_clearing", 120_00),
    ]


def test_a_declined_card_takes_nothing_and_another_card_pays(stripe):
    share = make_fee().shares.first()
    page = open_page(share)
    assert stripe.payer.pay(page, DECLINED).status == 402
    assert set(stripe.deliver()) == {200}
    attempt = share.attempts.get()
    assert (attempt.state, attempt.error_code) == ("open", "generic_decline")
    assert ledger.open_amount(share) == share.due
    assert open_page(share) == page
    assert stripe.payer.pay(page).status == 303
    stripe.deliver()
    share.refresh_from_db()
    attempt.refresh_from_db()
    assert (share.state, attempt.state) == ("paid", "succeeded")
    assert attempt.error_code == ""


def test_a_card_that_asks_the_bank_pays_once_the_bank_agrees(stripe):
    share = make_fee().shares.first()
    asked = stripe.payer.pay(open_page(share), SECURE)
    assert stripe.deliver() == []
    assert not share.postings.exists()
    challenge = "http://127.0.0.1:8001" + asked.location.removeprefix(
        "http://127.0.0.1:8001"
    )
    assert stripe.payer.answer_bank(challenge, complete=True).status == 303
    stripe.deliver()
    share.refresh_from_db()
    assert share.state == "paid"


def test_a_second_click_leads_to_the_same_page(stripe):
    share = make_fee().shares.first()
    assert open_page(share) == open_page(share)
    assert share.attempts.count() == 1


def test_a_settled_share_is_not_paid_again(stripe):
    share = make_fee().shares.first()
    stripe.payer.pay(open_page(share))
    sync_attempt(share.attempts.get())
    with pytest.raises(AlreadySettled):
        open_page(share)


def test_paid_before_the_event_came_is_noticed_at_the_next_click(stripe):
    share = make_fee().shares.first()
    stripe.payer.pay(open_page(share))
    PaymentAttempt.objects.update(expires_at=timezone.now() + timedelta(minutes=5))
    with pytest.raises(AlreadySettled):
        open_page(share)
    share.refresh_from_db()
    assert share.state == "paid"


def test_an_old_page_is_closed_before_a_new_one_is_opened(stripe):
    share = make_fee().shares.first()
    old = open_page(share)
    PaymentAttempt.objects.update(expires_at=timezone.now() + timedelta(minutes=5))
    new = open_page(share)
    assert new != old
    assert stripe.payer.pay(old).status == 410
    assert stripe.payer.pay(new).status == 303
    states = share.attempts.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["expired", "open"]


def test_a_page_that_ran_out_of_time_is_expired_by_its_event(stripe):
    share = make_fee().shares.first()
    open_page(share)
    stripe.app.clock = lambda: timezone.now().timestamp() + 3 * 3600
    stripe.app.deliveries._clock = stripe.app.clock
    with stripe.capture(execute=True):
        stripe.app.deliver_pending(lambda *_: 200)
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(hours=3))
    assert reconciling.sync_open_attempts() == 1
    assert share.attempts.get().state == "expired"


def test_events_twice_and_in_any_order_book_each_fact_once(stripe, activations):
    fee = make_fee()
    for share in fee.shares.all():
        page = open_page(share)
        stripe.payer.pay(page, DECLINED)
        stripe.payer.pay(page)
    stripe.app.store.set_switch("deliveries", "reorder")
    for event in stripe.app.store.newest_first("event"):
        if event["type"] in event_handlers.HANDLED:
            stripe.app.deliveries.resend(event["id"])
            stripe.app.deliveries.resend(event["id"])
    assert set(stripe.deliver()) == {200}
    assert LedgerTransaction.objects.filter(kind="charge").count() == 2
    assert activations == [fee.venture_id]
    assert list(checking.breaches()) == []
    assert not Discrepancy.objects.exists()
    assert set(StripeEvent.objects.values_list("state", flat=True)) == {"done"}


def test_no_event_at_all_and_the_sweep_finds_the_payment(stripe):
    share = make_fee().shares.first()
    stripe.payer.pay(open_page(share))
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    assert reconciling.sync_open_attempts() == 1
    share.refresh_from_db()
    assert share.state == "paid"


def test_the_sweep_asks_about_each_open_page_every_five_minutes(stripe):
    share = make_fee().shares.first()
    open_page(share)
    assert reconciling.sync_open_attempts() == 0
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    assert reconciling.sync_open_attempts() == 1
    assert reconciling.sync_open_attempts() == 0


def test_with_stripe_out_of_reach_the_sweep_does_not_wait_for_each(stripe):
    for share in make_fee().shares.all():
        open_page(share)
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(minutes=6))
    for _ in range(6):
        stripe.app.faults.add("answer_500", "/v1/checkout/sessions/")
    stripe.http.calls.clear()
    assert reconciling.sync_open_attempts() == 0
    assert len(stripe.http.calls) == 3


def test_a_refund_opens_the_share_and_the_venture_stays_active(stripe):
    fee = make_fee()
    for share in fee.shares.all():
        stripe.payer.pay(open_page(share))
    stripe.deliver()
    attempt = fee.shares.first().attempts.get()
    gateway_client = checkout.get_gateway().client
    gateway_client.v1.refunds.create(
        params={"payment_intent": attempt.intent_id, "amount": 20_00}
    )
    stripe.deliver()
    share = fee.shares.first()
    fee.refresh_from_db()
    fee.venture.refresh_from_db()
    assert (share.state, fee.state) == ("reopened", "reopened")
    assert ledger.open_amount(share).minor == 20_00
    assert fee.venture.status == JointVenture.Status.ACTIVE
    assert list(checking.breaches()) == []
    kinds = Discrepancy.objects.order_by("kind").values_list("kind", flat=True)
    assert list(kinds) == ["foreign_refund", "reopened"]
    stripe.payer.pay(open_page(share))
    stripe.deliver()
    fee.refresh_from_db()
    assert fee.state == "settled"


def test_an_amount_too_small_for_a_card_is_said_before_stripe_is_asked(stripe):
    share = make_fee(total=100).shares.first()
    with pytest.raises(CardNotPossible):
        open_page(share)
    assert stripe.http.calls == []


def test_dinars_are_not_paid_by_card(stripe):
    share = make_fee(total=240_000, currency="JOD").shares.first()
    with pytest.raises(CardNotPossible):
        open_page(share)


def test_no_transaction_is_open_while_stripe_is_asked(stripe):
    share = make_fee().shares.first()
    depth = len(connection.atomic_blocks)
    depths = []
    request = stripe.http.request

    def watched(*args, **kwargs):
        depths.append(len(connection.atomic_blocks) - depth)
        return request(*args, **kwargs)

    stripe.http.request = watched
    stripe.payer.pay(open_page(share))
    PaymentAttempt.objects.update(expires_at=timezone.now() + timedelta(minutes=5))
    with pytest.raises(AlreadySettled):
        open_page(share)
    assert len(depths) == 4  # open, expire, fetch, refunds of what was paid
    assert set(depths) == {0}
