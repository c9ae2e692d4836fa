"""A whole payment over the wire, through Stripe's own client."""

import json

import pytest
import stripe

from tests.payments.wsgi_http_client import BASE_URL

from .conftest import SECRET

WHOLE = {"expand": ["payment_intent.latest_charge.balance_transaction", "line_items"]}


def types_sent(endpoint):
    return [json.loads(body)["type"] for body, _ in endpoint.got]


def test_a_new_session_waits_for_its_payer(open_session):
    session = open_session()

    assert session.id.startswith("cs_test_")
    assert session.livemode is False
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert session.payment_intent is None
    assert session.amount_total == 12_345
    assert session.url == f"{BASE_URL}/c/pay/{session.id}"
    assert "line_items" not in session


def test_a_paid_session_leads_back_and_shows_its_money(api, payer, open_session):
    session = open_session()

    answer = payer.pay(session.url)
    paid = api.checkout.sessions.retrieve(session.id, WHOLE)

    assert answer.status == 303
    assert answer.location == f"http://127.0.0.1:8000/back?session={session.id}"
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    charge = paid.payment_intent.latest_charge
    assert (charge.amount, charge.currency, charge.paid) == (12_345, "ils", True)
    assert charge.metadata["attempt"] == "attempt-1"
    entry = charge.balance_transaction
    assert entry.net == entry.amount - entry.fee
    assert entry.amount == 12_345
    assert paid.line_items.data[0].description == "Programme fee"


def test_the_webhook_is_signed_so_that_stripes_package_believes_it(
    app, payer, open_session, endpoint
):
    payer.pay(open_session().url)

    app.deliver_pending(endpoint)

    assert types_sent(endpoint) == ["checkout.session.completed"]
    body, headers = endpoint.got[0]
    assert stripe.WebhookSignature.verify_header(
        body, headers["Stripe-Signature"], SECRET
    )
    with pytest.raises(stripe.SignatureVerificationError):
        stripe.WebhookSignature.verify_header(
            body + b" ", headers["Stripe-Signature"], SECRET
        )


@pytest.mark.parametrize(
    ("number", "code", "decline_code"),
    [
        ("4000000000000002", "card_declined", "generic_decline"),
        ("4000000000009995", "card_declined", "insufficient_funds"),
        ("4000000000000069", "expired_card", None),
        ("4000000000000127", "incorrect_cvc", None),
    ],
)
def test_a_declined_card_leaves_the_session_open(
    app, api, payer, open_session, endpoint, number, code, decline_code
):
    session = open_session()

    answer = payer.pay(session.url, number)
    after = api.checkout.sessions.retrieve(session.id, WHOLE)
    app.deliver_pending(endpoint)

    assert answer.status == 402
    assert (after.status, after.payment_status) == ("open", "unpaid")
    intent = after.payment_intent
    assert intent.status == "requires_payment_method"
    assert intent.last_payment_error.code == code
    assert getattr(intent.last_payment_error, "decline_code", None) == decline_code
    assert intent.latest_charge.paid is False
    assert intent.latest_charge.balance_transaction is None
    assert types_sent(endpoint) == ["payment_intent.payment_failed"]


def test_after_a_decline_another_card_pays_with_the_same_intent(
    api, payer, open_session
):
    session = open_session()
    payer.pay(session.url, "4000000000000002")
    first = api.checkout.sessions.retrieve(session.id).payment_intent

    payer.pay(session.url, "5555555555554444")

    paid = api.checkout.sessions.retrieve(session.id, WHOLE)
    assert paid.payment_intent.id == first
    assert paid.payment_intent.last_payment_error is None
    charges = api.charges.list({"payment_intent": first}).data
    assert [charge.status for charge in charges] == ["succeeded", "failed"]


@pytest.mark.parametrize("number", ["4000002760003184", "4000002500003155"])
def test_the_bank_may_ask_and_approve(api, payer, open_session, number):
    session = open_session()

    asked = payer.pay(session.url, number)
    waiting = api.checkout.sessions.retrieve(session.id, WHOLE)
    approved = payer.answer_bank(BASE_URL + asked.location, complete=True)
    paid = api.checkout.sessions.retrieve(session.id, WHOLE)

    assert waiting.payment_intent.status == "requires_action"
    assert approved.location.endswith(session.id)
    card = paid.payment_intent.latest_charge.payment_method_details.card
    assert card.three_d_secure.result == "authenticated"
    assert card.last4 == number[-4:]


def test_the_bank_may_refuse_and_no_charge_is_made(api, payer, open_session):
    session = open_session()
    asked = payer.pay(session.url, "4000002760003184")

    refused = payer.answer_bank(BASE_URL + asked.location, complete=False)
    page = payer.look(BASE_URL + refused.location)
    after = api.checkout.sessions.retrieve(session.id, WHOLE)

    assert "The bank did not confirm the payment." in page.text
    error = after.payment_intent.last_payment_error
    assert error.code == "payment_intent_authentication_failure"
    assert after.payment_intent.latest_charge is None
    assert after.status == "open"


def test_a_session_is_paid_once(api, payer, open_session):
    session = open_session()
    payer.pay(session.url)

    again = payer.pay(session.url)

    assert again.status == 200
    assert "The payment is complete" in again.text
    assert len(api.charges.list().data) == 1


def test_an_old_bank_page_pays_nothing(api, payer, open_session):
    session = open_session()
    asked = payer.pay(session.url, "4000002760003184")
    payer.answer_bank(BASE_URL + asked.location, complete=False)

    late = payer.answer_bank(BASE_URL + asked.location, complete=True)

    assert late.status == 303
    assert api.checkout.sessions.retrieve(session.id).payment_status == "unpaid"
    assert api.charges.list().data == []
