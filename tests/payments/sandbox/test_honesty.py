"""The sandbox never takes real money, real keys or real cards for its own."""

import re

import pytest
import stripe

from payments.sandbox.app import SandboxApp
from tests.payments.wsgi_http_client import (
    BASE_URL,
    TEST_KEY,
    Payer,
    call,
    stripe_client,
)

from .conftest import order
from .lively import every_object

REAL_LOOKING = "4111111111111111"


@pytest.mark.parametrize(
    "key", ["sk_live_1", "rk_live_1", "pk_test_1", "whsec_1", "nonsense"]
)
def test_every_key_but_a_test_key_is_refused_and_not_repeated(app, key):
    with pytest.raises(stripe.AuthenticationError) as caught:
        stripe_client(app, key).v1.customers.list()

    assert key not in caught.value.http_body


@pytest.mark.parametrize("key", ["sk_test_1", "rk_test_1"])
def test_test_keys_are_taken(app, key):
    assert stripe_client(app, key).v1.customers.list().data == []


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("", 401),
        ("Basic c2tfdGVzdF9hOg==", 200),  # sk_test_a:
        ("Basic c2tfbGl2ZV9hOg==", 401),  # sk_live_a:
        ("Basic ???", 401),
        ("Digest sk_test_a", 401),
    ],
)
def test_keys_come_as_bearer_or_basic(app, header, status):
    headers = {"Authorization": header} if header else {}

    assert call(app, "GET", f"{BASE_URL}/v1/account", headers).status == status


def test_a_card_outside_the_table_is_refused_and_not_kept(tmp_path, clock):
    path = tmp_path / "sandbox.sqlite3"
    app = SandboxApp(path, clock=clock)
    session = stripe_client(app).v1.checkout.sessions.create(order())

    answer = Payer(app).pay(session.url, "4111 1111 1111 1111", cvc="987")
    app.close()

    assert answer.status == 422
    assert "It was refused and not kept." in answer.text
    # Without the session's id, whose random letters may hold the same figures.
    assert "987" not in answer.text.replace(session.id, "")
    digits = re.sub(r"[^0-9]", "", answer.text)
    assert REAL_LOOKING not in digits
    assert REAL_LOOKING.encode() not in path.read_bytes()
    assert b"payment_intent.created" not in path.read_bytes()


def test_of_a_test_card_too_only_four_digits_are_kept(tmp_path, clock):
    path = tmp_path / "sandbox.sqlite3"
    app = SandboxApp(path, clock=clock)
    session = stripe_client(app).v1.checkout.sessions.create(order())
    Payer(app).pay(session.url)
    app.close()

    assert b"4242424242424242" not in path.read_bytes()
    assert b'"last4": "4242"' in path.read_bytes()


@pytest.mark.parametrize("path", ["/", "/v1/account", "/c/pay/cs_test_x", "/static/a"])
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8001", "10.0.0.1:8001", ""]
)
def test_only_loopback_names_are_answered(app, host, path):
    headers = {"Host": host, "Authorization": f"Bearer {TEST_KEY}"}

    assert call(app, "GET", BASE_URL + path, headers).status == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8001", "localhost", "[::1]:8001"])
def test_loopback_names_are_answered(app, host):
    headers = {"Host": host, "Authorization": f"Bearer {TEST_KEY}"}

    assert call(app, "GET", f"{BASE_URL}/v1/account", headers).status == 200


def test_nothing_claims_to_be_live(app):
    for thing in every_object(app):
        assert thing.get("livemode", False) is False
        if thing["object"] == "checkout.session":
            assert thing["id"].startswith("cs_test_")


def test_another_sites_form_cannot_pay(app, open_session):
    session = open_session()

    answer = call(
        app,
        "POST",
        session.url,
        {"Origin": "http://evil.example"},
        "number=4242424242424242&valid=12/34&cvc=123",
    )

    assert answer.status == 403
