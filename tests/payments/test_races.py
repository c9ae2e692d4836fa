"""Everybody at once: clicks, return page, events and sweeps, released together."""

import os

import pytest
from django.db import transaction
from django.utils import timezone

from marketplace.exceptions import DomainError
from marketplace.ventures.signals import venture_activated
from payments import checking, event_handlers, ledger
from payments.actions.checkout import open_attempt
from payments.gateway import get_gateway
from payments.models import LedgerTransaction, PaymentAttempt, StripeEvent
from payments.models.ledger import Account
from payments.modes import Mode
from payments.sync import sync_attempt
from tests.at_once import at_once
from tests.payments.remote import Remote
from tests.payments.rows import make_fee, payer_of
from tests.payments.test_webhook import post

ROUNDS = int(os.environ.get("PAYMENT_ROUNDS", "5"))

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def remote(settings):
    remote = Remote()
    settings.PAYMENT_GATEWAY = {
        "BACKEND": "tests.payments.remote.given",
        "OPTIONS": {"remote": remote},
    }
    get_gateway.cache_clear()
    yield remote
    get_gateway.cache_clear()


def test_twelve_clicks_at_once_open_one_page(remote):
    share = make_fee().shares.first()
    payer = payer_of(share)
    found = at_once(*[lambda: open_attempt(share, by=payer)] * 12)
    assert len(set(found)) == 1
    assert str(found[0]).startswith("https://checkout.example/")
    assert PaymentAttempt.objects.count() == 1
    assert len(remote.versions) == 1


def told(kind: str, attempt: PaymentAttempt) -> int:
    event = StripeEvent.objects.create(
        event_id=f"evt_{attempt.pk}_{kind}",
        type=kind,
        object_kind="checkout.session",
        object_id=attempt.session_id,
        reference=str(attempt.public_id),
        created_at=timezone.now(),
        payload={"data": {"object": {"id": attempt.session_id}}},
    )
    return event.pk


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_return_page_event_and_sweep_at_once_activate_once(remote, _round):
    activated = []

    def hear(venture, **_):
        activated.append(venture.pk)

    venture_activated.connect(hear)
    fee = make_fee()
    works = []
    for share in fee.shares.all():
        open_attempt(share, by=payer_of(share))
        attempt = share.attempts.get()
        remote.pay(attempt.session_id)
        event = told("checkout.session.completed", attempt)
        works += [
            lambda attempt=attempt: sync_attempt(attempt),
            lambda attempt=attempt: sync_attempt(attempt),
            lambda event=event: event_handlers.process(event),
            lambda event=event: event_handlers.process(event),
        ]
    assert [e for e in at_once(*works) if e is not None] == []
    venture_activated.disconnect(hear)
    assert LedgerTransaction.objects.filter(kind="charge").count() == 2
    assert activated == [fee.venture_id]
    assert list(checking.breaches()) == []


def test_a_click_against_a_payment_never_opens_a_second_page(remote):
    share = make_fee().shares.first()
    payer = payer_of(share)
    open_attempt(share, by=payer)
    attempt = share.attempts.get()
    remote.pay(attempt.session_id)
    click, _synced = at_once(
        lambda: open_attempt(share, by=payer), lambda: sync_attempt(attempt)
    )
    assert isinstance(click, (str, DomainError))
    assert PaymentAttempt.objects.count() == 1
    share.refresh_from_db()
    assert share.state == "paid"


def test_one_fact_told_sixteen_times_at_once_is_booked_once():
    share = make_fee().shares.first()
    fact = ledger.Fact(
        key="charge:ch_1",
        kind=ledger.Kind.CHARGE,
        legs=ledger.legs(
            debit=Account.STRIPE_CLEARING, credit=Account.RECEIVABLE, amount=share.due
        ),
        occurred_at=timezone.now(),
        mode=Mode.SANDBOX,
        source=ledger.Source.STRIPE,
        share=share,
    )

    @transaction.atomic
    def book() -> bool:
        return ledger.post(fact)

    assert sorted(at_once(*[book] * 16)) == [False] * 15 + [True]
    assert LedgerTransaction.objects.filter(kind="charge").count() == 1


def test_one_event_delivered_sixteen_times_at_once_is_stored_once():
    assert at_once(*[post] * 16) == [200] * 16
    assert StripeEvent.objects.count() == 1
