"""Money goes back, never more than came in."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
import stripe

from tests.payments.wsgi_http_client import stripe_client


@pytest.fixture
def intent(api, payer, open_session):
    session = open_session()
    payer.pay(session.url)
    return api.checkout.sessions.retrieve(session.id).payment_intent


def test_a_partial_refund_is_booked_and_told(app, api, endpoint, intent):
    app.deliver_pending(endpoint)
    endpoint.got.clear()

    refund = api.refunds.create(
        {
            "payment_intent": intent,
            "amount": 345,
            "reason": "requested_by_customer",
            "metadata": {"refund": "r-1"},
            "expand": ["balance_transaction", "charge"],
        }
    )
    app.deliver_pending(endpoint)

    assert refund.status == "succeeded"
    assert refund.balance_transaction.amount == -345
    assert (refund.charge.amount_refunded, refund.charge.refunded) == (345, False)
    assert [json.loads(body)["type"] for body, _ in endpoint.got] == [
        "refund.created",
        "charge.refunded",
    ]
    assert api.refunds.list({"payment_intent": intent}).data[0].id == refund.id
    assert api.refunds.retrieve(refund.id).metadata["refund"] == "r-1"


def test_the_rest_is_refunded_when_no_amount_is_named(api, intent):
    api.refunds.create({"payment_intent": intent, "amount": 345})

    rest = api.refunds.create({"payment_intent": intent, "expand": ["charge"]})

    assert rest.amount == 12_000
    assert rest.charge.refunded is True
    with pytest.raises(stripe.InvalidRequestError) as caught:
        api.refunds.create({"payment_intent": intent})
    assert caught.value.code == "charge_already_refunded"


@pytest.mark.parametrize("amount", [0, -5, 12_346])
def test_a_refund_outside_the_limits_is_refused(api, intent, amount):
    with pytest.raises(stripe.InvalidRequestError):
        api.refunds.create({"payment_intent": intent, "amount": amount})

    assert api.refunds.list().data == []


def test_of_eight_refunds_at_once_only_those_that_fit_pass(app, api, intent):
    def refund(_: int) -> bool:
        try:
            stripe_client(app).v1.refunds.create(
                {"payment_intent": intent, "amount": 3_000}
            )
        except stripe.InvalidRequestError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        passed = sum(pool.map(refund, range(8)))

    assert passed == 4
    assert sum(refund.amount for refund in api.refunds.list().data) == 12_000


def test_what_was_never_paid_cannot_be_refunded(api, payer, open_session):
    session = open_session()
    payer.pay(session.url, "4000000000000002")
    intent = api.checkout.sessions.retrieve(session.id).payment_intent

    with pytest.raises(stripe.InvalidRequestError):
        api.refunds.create({"payment_intent": intent})
    with pytest.raises(stripe.InvalidRequestError):
        api.refunds.create({})
