"""Everybody at once: clicks, return page, events and sweeps, released together."""

import os
import threading

import pytest
from django.db import transaction
from django.utils import timezone

from marketplace.exceptions import DomainError
from marketplace.ventures.signals import venture_activated
from payments import checking, event_handlers, ledger
from payments.actions.checkout import open_attempt
from payments.actions.transfers import confirm_transfer, record_transfer
from payments.models import (
    LedgerTransaction,
    OfflinePayment,
    PaymentAttempt,
    StripeEvent,
)
from payments.models.ledger import Account
from payments.modes import Mode
from payments.standing import ShareTotals
from payments.sync import sync_attempt
from tests.at_once import at_once
from tests.payments.officers import make_officer
from tests.payments.remote import truth
from tests.payments.rows import make_fee, payer_of
from tests.payments.test_webhook import post

ROUNDS = int(os.environ.get("PAYMENT_ROUNDS", "5"))

pytestmark = pytest.mark.django_db(transaction=True)


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


def seen_at_the_bank(share, *, by) -> OfflinePayment:
    return record_transfer(
        share,
        amount=share.due,
        reference=f"R{share.pk}",
        received_on=timezone.localdate(),
        by=by,
    )


def received_for(share) -> int:
    sums = ledger.sums_by_share(share.fee)
    return ShareTotals.of_accounts(sums.get(share.pk, {})).received


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_card_and_a_transfer_at_once_lose_no_money_and_double_none(remote, _round):
    share = make_fee().shares.first()
    open_attempt(share, by=payer_of(share))
    attempt = share.attempts.get()
    one, other = make_officer(), make_officer()
    at_the_processor, expire = threading.Lock(), remote.expire_checkout

    def one_at_a_time(session_id):
        with at_the_processor:
            return expire(session_id)

    remote.expire_checkout = one_at_a_time

    def by_card():
        with at_the_processor:
            remote.pay(attempt.session_id)
        sync_attempt(attempt)

    def by_bank():
        return confirm_transfer(seen_at_the_bank(share, by=one), by=other)

    card, bank = at_once(by_card, by_bank)
    assert card is None
    assert isinstance(bank, (OfflinePayment, DomainError))
    by_bank_came = share.due.minor if isinstance(bank, OfflinePayment) else 0
    by_card_came, _back = truth(remote.latest(attempt.session_id))
    sync_attempt(attempt)
    assert received_for(share) == by_card_came + by_bank_came >= share.due.minor
    assert not share.attempts.live().exists()
    assert list(checking.breaches()) == []


def test_a_transfer_confirmed_by_eight_at_once_is_booked_once():
    share = make_fee().shares.first()
    payment = seen_at_the_bank(share, by=make_officer())
    works = [
        lambda officer=officer: confirm_transfer(payment, by=officer)
        for officer in [make_officer() for _ in range(8)]
    ]
    said = at_once(*works)
    assert sum(isinstance(each, OfflinePayment) for each in said) == 1
    assert sum(isinstance(each, DomainError) for each in said) == 7
    assert received_for(share) == share.due.minor
    assert list(checking.breaches()) == []


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
