"""The same over a real socket on loopback: threads, lost answers, deliveries."""

import threading
from collections.abc import Iterator

import pytest
import stripe

from payments.sandbox.deliveries import NO_ANSWER, post_over_http
from payments.sandbox.server import listen
from tests.payments.wsgi_http_client import TEST_KEY, call

from .conftest import order


@pytest.fixture
def address(app) -> Iterator[str]:
    server = listen(app, 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def over_socket(address):
    client = stripe.StripeClient(
        TEST_KEY,
        base_addresses={"api": address},
        http_client=stripe.RequestsClient(timeout=10),
        max_network_retries=0,
    )
    return client.v1


def test_a_session_is_made_over_a_socket_and_names_its_own_address(
    over_socket, address
):
    session = over_socket.checkout.sessions.create(order())

    assert session.url.startswith(f"{address}/c/pay/")


def test_a_lost_answer_is_a_closed_connection(app, over_socket):
    app.faults.add("lose_answer")

    with pytest.raises(stripe.APIConnectionError):
        over_socket.checkout.sessions.create(order())

    assert len(over_socket.checkout.sessions.list().data) == 1


def test_the_server_listens_on_loopback_only(app):
    with listen(app, 0) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_deliveries_go_out_over_http(app, address):
    headers = {"Authorization": f"Bearer {TEST_KEY}"}

    assert post_over_http(f"{address}/v1/customers", b"name=A", headers) == 200
    assert post_over_http(f"{address}/v1/nowhere", b"", headers) == 404
    listed = call(app, "GET", f"{address}/v1/customers", headers).text
    assert '"name": "A"' in listed


def test_a_redirect_is_not_followed(app, address):
    headers = {"Cookie": f"sandbox_control={app.control_token}"}

    assert post_over_http(f"{address}/control", b"", headers) == 303


def test_nobody_there_is_no_answer(app):
    with listen(app, 0) as server:
        port = server.server_port

    assert post_over_http(f"http://127.0.0.1:{port}/", b"", {}) == NO_ANSWER


def test_a_thread_delivers_in_the_background(app, payer, open_session, monkeypatch):
    arrived = threading.Event()
    monkeypatch.setattr(app, "deliver_pending", lambda: arrived.set())
    app.start_background(pause=0)

    assert arrived.wait(timeout=10)
