"""Disputes take money and may give it back; inquiries take none; refunds may fail."""

import json
from urllib.parse import urlencode

import pytest
import stripe

from payments.sandbox import bank
from payments.sandbox.refunds import LATER
from tests.payments.wsgi_http_client import BASE_URL, call

DISPUTE, INQUIRY = "4000000000000259", "4000000000001976"
FAILS, WAITS = "4000000000005126", "4000000000007726"


@pytest.fixture
def pay(api, payer, open_session):
    def paid(card):
        session = open_session()
        payer.pay(session.url, card)
        return api.checkout.sessions.retrieve(session.id).payment_intent

    return paid


def types(endpoint):
    return [json.loads(body)["type"] for body, _ in endpoint.got]


def moved(dispute):
    return [entry.amount for entry in dispute.balance_transactions]


def test_a_dispute_takes_the_money_and_a_fee_and_forbids_refunds(api, pay):
    intent = pay(DISPUTE)
    (dispute,) = api.disputes.list({"payment_intent": intent}).data

    assert (dispute.status, moved(dispute)) == ("needs_response", [-12_345])
    assert dispute.balance_transactions[0].fee == 1500
    assert dispute.is_charge_refundable is False
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.refunds.create({"payment_intent": intent})
    assert caught.value.code == "charge_disputed"


def test_a_dispute_that_is_won_gives_the_money_back(app, api, endpoint, pay):
    pay(DISPUTE)
    bank.act(app.moment(), "win", api.disputes.list().data[0].id)
    dispute = api.disputes.list().data[0]
    app.deliver_pending(endpoint)

    assert (dispute.status, moved(dispute)) == ("won", [-12_345, 12_345])
    assert types(endpoint)[-4:] == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.closed",
        "charge.dispute.funds_reinstated",
    ]


def test_a_dispute_that_is_lost_moves_nothing_more_and_closes_once(api, pay):
    pay(DISPUTE)
    dispute = api.disputes.close(api.disputes.list().data[0].id)

    assert (dispute.status, moved(dispute)) == ("lost", [-12_345])
    with pytest.raises(stripe.InvalidRequestError):
        api.disputes.close(dispute.id)


def test_an_inquiry_moves_nothing_and_leaves_refunds_possible(app, api, pay):
    intent = pay(INQUIRY)
    dispute = api.disputes.list().data[0]

    assert (dispute.status, moved(dispute)) == ("warning_needs_response", [])
    assert api.refunds.create({"payment_intent": intent}).status == "succeeded"
    bank.act(app.moment(), "win", dispute.id)
    assert api.disputes.retrieve(dispute.id).status == "warning_closed"
    assert moved(api.disputes.retrieve(dispute.id)) == []


def test_a_refund_fails_later_and_the_charge_is_whole_again(
    app, api, clock, endpoint, pay
):
    intent = pay(FAILS)
    refund = api.refunds.create({"payment_intent": intent, "amount": 345})
    assert refund.status == "succeeded"

    clock.now += LATER + 1
    app.deliver_pending(endpoint)
    refund = api.refunds.retrieve(
        refund.id, {"expand": ["charge", "failure_balance_transaction"]}
    )

    assert (refund.status, refund.charge.amount_refunded) == ("failed", 0)
    assert refund.failure_balance_transaction.amount == 345
    assert types(endpoint)[-1] == "refund.failed"
    app.deliver_pending(endpoint)
    assert types(endpoint).count("refund.failed") == 1


def test_a_refund_may_wait_before_it_arrives(app, api, clock, pay):
    refund = api.refunds.create({"payment_intent": pay(WAITS)})
    assert refund.status == "pending"

    clock.now += LATER + 1
    assert api.refunds.retrieve(refund.id).status == "succeeded"


def test_a_blocked_card_never_reaches_the_bank(api, payer, open_session):
    session = open_session()
    payer.pay(session.url, "4100000000000019")
    charge = api.charges.list().data[0]

    assert api.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
    assert charge.outcome.type == "blocked"
    assert charge.outcome.network_status == "not_sent_to_network"


def test_the_control_page_has_a_button_for_what_the_bank_may_do(app, api, pay):
    pay("4242424242424242")
    entered = call(app, "GET", f"{BASE_URL}/?token={app.control_token}")
    holder = {
        "Cookie": entered.headers["Set-Cookie"].split(";")[0],
        "Origin": BASE_URL,
    }
    charge = api.charges.list().data[0].id

    assert "Dispute" in call(app, "GET", f"{BASE_URL}/", holder).text
    for _ in range(2):
        form = urlencode({"action": "dispute", "value": charge})
        call(app, "POST", f"{BASE_URL}/control", holder, form)
    (dispute,) = api.disputes.list().data
    form = urlencode({"action": "lose", "value": dispute.id})
    call(app, "POST", f"{BASE_URL}/control", holder, form)
    assert api.disputes.retrieve(dispute.id).status == "lost"
