"""What Stripe refuses, the sandbox refuses, in the same shape of error."""

import pytest
import stripe

from payments.sandbox import rules
from payments.sandbox.wire import nested
from tests.payments.wsgi_http_client import BASE_URL, TEST_KEY, call

from .conftest import NOW, order


def refused(call_it, *args):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        call_it(*args)
    return caught.value


def test_nested_form_fields_become_lists_and_objects():
    pairs = [("a[b][0][c]", "1"), ("a[b][1][c]", "2"), ("d[]", "x"), ("d[]", "y")]

    assert nested(pairs) == {"a": {"b": [{"c": "1"}, {"c": "2"}]}, "d": ["x", "y"]}


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"surprise": "1"}, "surprise"),
        (
            {"payment_intent_data": {"metdata": {"a": "b"}}},
            "payment_intent_data[metdata]",
        ),
    ],
)
def test_unknown_parameters_are_refused_at_any_depth(api, changes, param):
    error = refused(api.checkout.sessions.create, order(**changes))

    assert (error.code, error.param, error.http_status) == (
        "parameter_unknown",
        param,
        400,
    )
    assert error.request_id.startswith("req_")


def test_a_missing_parameter_is_named(api):
    asked = order()
    del asked["line_items"][0]["price_data"]["unit_amount"]

    error = refused(api.checkout.sessions.create, asked)

    assert error.code == "parameter_missing"
    assert error.param == "line_items[0][price_data][unit_amount]"


@pytest.mark.parametrize(
    "changes",
    [
        {"locale": "he"},
        {"locale": "ar"},
        {"ui_mode": "hosted"},
        {"mode": "gift"},
        {"mode": "subscription"},
        {"payment_method_types": ["bank"]},
        {"success_url": "javascript:alert(1)"},
        {"customer": "cus_nobody"},
        {"client_reference_id": "x" * 201},
        {"expand": ["secrets"]},
    ],
)
def test_values_that_stripe_or_the_sandbox_do_not_know_are_refused(api, changes):
    refused(api.checkout.sessions.create, order(**changes))

    assert api.checkout.sessions.list().data == []


@pytest.mark.parametrize(
    ("currency", "amount", "code"),
    [
        ("ils", 49, "amount_too_small"),
        ("gbp", 29, "amount_too_small"),
        ("aed", 199, "amount_too_small"),
        ("usd", 100_000_000, "amount_too_large"),
        ("jod", 12_345, "parameter_invalid_integer"),
        ("isk", 12_345, "parameter_invalid_integer"),
        ("xyz", 12_345, None),
    ],
)
def test_amounts_that_stripe_would_not_charge_are_refused(api, currency, amount, code):
    error = refused(
        api.checkout.sessions.create, order(currency=currency, amount=amount)
    )

    assert error.code == code


@pytest.mark.parametrize(
    ("currency", "amount", "shown"),
    [
        ("ils", 50, "ILS 0.50"),
        ("jod", 12_340, "JOD 12.340"),
        ("jpy", 1_234, "JPY 1,234"),
        ("isk", 500_000, "ISK 5,000.00"),
    ],
)
def test_amounts_that_stripe_charges_are_taken(api, payer, currency, amount, shown):
    session = api.checkout.sessions.create(order(currency=currency, amount=amount))

    assert session.amount_total == amount
    assert rules.as_text(amount, currency) == shown
    assert shown in payer.look(session.url).text


@pytest.mark.parametrize("seconds", [0, 30 * 60 - 1, 24 * 3600 + 1])
def test_a_session_cannot_end_too_soon_or_too_late(api, seconds):
    error = refused(api.checkout.sessions.create, order(expires_at=NOW + seconds))

    assert error.param == "expires_at"


def test_time_ends_a_session_and_says_so_once(app, api, clock, endpoint, open_session):
    session = open_session(expires_at=NOW + 30 * 60)
    clock.now += 30 * 60

    after = api.checkout.sessions.retrieve(session.id)
    app.deliver_pending(endpoint)
    app.deliver_pending(endpoint)

    assert (after.status, after.url) == ("expired", None)
    assert len(endpoint.got) == 1
    assert b'"checkout.session.expired"' in endpoint.got[0][0]


def test_only_an_open_session_can_be_expired(api, payer, open_session):
    paid, left = open_session(), open_session()
    payer.pay(paid.url)

    assert api.checkout.sessions.expire(left.id).status == "expired"
    refused(api.checkout.sessions.expire, left.id)
    refused(api.checkout.sessions.expire, paid.id)
    assert api.checkout.sessions.retrieve(paid.id).payment_status == "paid"


def test_expiring_cancels_the_intent_of_a_failed_try(api, payer, open_session):
    session = open_session()
    payer.pay(session.url, "4000000000000002")

    after = api.checkout.sessions.expire(session.id, {"expand": ["payment_intent"]})

    assert after.payment_intent.status == "canceled"
    assert payer.pay(session.url).status == 410


def test_an_expired_session_takes_no_card(api, payer, clock, open_session):
    session = open_session(expires_at=NOW + 30 * 60)
    clock.now += 30 * 60

    assert payer.pay(session.url).status == 410
    assert api.charges.list().data == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/checkout/sessions/cs_test_none", 404),
        ("/v1/payment_intents/pi_none", 404),
        ("/v1/teapots", 404),
        ("/v1/charges?starting_after=ch_none", 400),
        ("/v1/charges?limit=0", 400),
        ("/v1/charges?limit=many", 400),
    ],
)
def test_what_is_not_there_is_said_in_stripes_shape(app, path, status):
    answer = call(app, "GET", BASE_URL + path, {"Authorization": f"Bearer {TEST_KEY}"})

    assert answer.status == status
    assert '"type": "invalid_request_error"' in answer.text


def test_the_api_version_header_is_heard_and_answered(app):
    headers = {"Authorization": f"Bearer {TEST_KEY}", "Stripe-Version": "2024-06-20"}
    nonsense = headers | {"Stripe-Version": "newest"}

    heard = call(app, "GET", f"{BASE_URL}/v1/account", headers)

    assert heard.headers["Stripe-Version"] == stripe.api_version
    assert call(app, "GET", f"{BASE_URL}/v1/account", nonsense).status == 400
