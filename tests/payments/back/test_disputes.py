"""What a bank takes back of a fee, and gives back where the dispute is won."""

import pytest

from payments import checking, reconciling
from payments.actions.refunds import (
    approve_refund,
    refundable,
)
from payments.exceptions import (
    Disputed,
    NothingToRefund,
)
from payments.models import (
    Discrepancy,
    Dispute,
)
from payments.sandbox import bank
from payments.sync import sync_attempt
from tests.payments.back.asking import DISPUTE, INQUIRY, account, ask
from tests.payments.officers import make_officer

pytestmark = pytest.mark.django_db


def test_a_dispute_takes_the_money_and_forbids_a_refund(stripe, share, paid):
    attempt = paid(DISPUTE)
    stripe.deliver()
    share.refresh_from_db()
    assert (share.state, account("disputes")) == ("reopened", 120_00)
    assert refundable(attempt).minor == 0
    with pytest.raises(NothingToRefund):
        ask(attempt)
    assert Discrepancy.objects.filter(kind="disputed").count() == 1


def test_a_dispute_that_is_won_gives_it_back_and_settles_again(stripe, share, paid):
    attempt = paid(DISPUTE)
    bank.act(stripe.app.moment(), "win", Dispute.objects.get().dispute_id)
    reconciling.sync_aftermaths()
    share.refresh_from_db()
    assert (share.state, account("disputes")) == ("paid", 0)
    assert Dispute.objects.get().status == "won"
    assert attempt.postings.filter(kind="dispute").count() == 2
    assert list(checking.breaches()) == []


def test_a_dispute_that_is_lost_moves_nothing_more(stripe, share, paid):
    paid(DISPUTE)
    bank.act(stripe.app.moment(), "lose", Dispute.objects.get().dispute_id)
    stripe.deliver()
    share.refresh_from_db()
    assert (share.state, account("disputes")) == ("reopened", 120_00)
    assert Dispute.objects.get().is_closed
    assert reconciling.sync_aftermaths() == 0


def test_an_inquiry_moves_nothing(stripe, share, paid):
    attempt = paid(INQUIRY)
    stripe.deliver()
    share.refresh_from_db()
    assert (share.state, account("disputes")) == ("paid", 0)
    assert Dispute.objects.get().status == "warning_needs_response"
    assert approve_refund(ask(attempt), by=make_officer()).state == "succeeded"


def test_a_refund_asked_before_a_dispute_is_not_sent_during_it(stripe, share, paid):
    attempt = paid()
    request = ask(attempt, 10_00)
    bank.act(
        stripe.app.moment(),
        "dispute",
        stripe.app.store.newest_first("charge")[0]["id"],
    )
    sync_attempt(attempt)
    with pytest.raises(Disputed):
        approve_refund(request, by=make_officer())
