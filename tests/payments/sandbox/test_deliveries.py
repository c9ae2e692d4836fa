"""Webhooks arrive, arrive late, twice or in the wrong order, as on the real wire."""

import itertools
import json

import pytest

from payments.sandbox.app import SandboxApp
from payments.sandbox.deliveries import NO_ANSWER
from tests.payments.wsgi_http_client import Payer, stripe_client

from .conftest import order


@pytest.fixture
def paid(payer, open_session):
    session = open_session()
    payer.pay(session.url)
    return session


def ids(endpoint):
    return [json.loads(body)["id"] for body, _ in endpoint.got]


def types(endpoint):
    return [json.loads(body)["type"] for body, _ in endpoint.got]


@pytest.mark.parametrize("status", [500, 400, 302, NO_ANSWER])
def test_what_was_not_accepted_comes_again_under_the_same_id(
    app, clock, endpoint, paid, status
):
    endpoint.answers = status
    app.deliver_pending(endpoint)
    app.deliver_pending(endpoint)
    clock.now += 2
    endpoint.answers = 200
    app.deliver_pending(endpoint)
    app.deliver_pending(endpoint)

    first, second = ids(endpoint)
    assert first == second
    assert (
        endpoint.got[0][1]["Stripe-Signature"] != endpoint.got[1][1]["Stripe-Signature"]
    )


def test_the_pauses_grow_and_end_after_three_days(app, api, clock, endpoint, paid):
    endpoint.answers = 500
    began, tries = clock.now, []
    while clock.now < began + 4 * 24 * 3600:
        if app.deliver_pending(endpoint):
            tries.append(clock.now - began)
        clock.now += 2 if clock.now - began < 100 else 100

    pauses = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert pauses[:5] == [2, 4, 8, 16, 32]
    assert 600 <= max(pauses) <= 700
    assert tries[-1] <= 3 * 24 * 3600
    undelivered = api.events.list({"delivery_success": False}).data
    assert [event.type for event in undelivered] == ["checkout.session.completed"]


def test_an_event_can_be_read_again_by_its_id(app, api, endpoint, paid):
    [waiting] = api.events.list({"type": "checkout.session.completed"}).data
    app.deliver_pending(endpoint)

    event = api.events.retrieve(waiting.id)

    assert waiting.pending_webhooks == 1
    assert event.pending_webhooks == 0
    assert event.data.object.id == paid.id
    assert event.api_version == "2026-10-28.endive"
    assert ids(endpoint) == [event.id]


def test_events_remember_what_was_asked_for_them(api):
    api.customers.create({"name": "A"}, {"idempotency_key": "key-1"})

    [event] = api.events.list().data

    assert event.request.idempotency_key == "key-1"
    assert event.request.id.startswith("req_")


def test_an_event_keeps_the_object_as_it_was(app, api, payer, open_session):
    session = open_session()
    payer.pay(session.url, "4000000000000002")
    payer.pay(session.url)

    [failed] = api.events.list({"type": "payment_intent.payment_failed"}).data

    assert failed.data.object.status == "requires_payment_method"


def test_held_deliveries_wait_for_their_release(app, endpoint, payer, open_session):
    app.store.set_switch("deliveries", "hold")
    payer.pay(open_session().url)

    assert app.deliver_pending(endpoint) == []
    app.deliveries.release()
    assert len(app.deliver_pending(endpoint)) == 1


def test_dropped_deliveries_never_come_but_are_listed(
    app, api, endpoint, payer, open_session
):
    app.store.set_switch("deliveries", "drop")
    payer.pay(open_session().url)

    assert app.deliver_pending(endpoint) == []
    assert len(api.events.list({"delivery_success": False}).data) == 1


def test_a_delivery_can_come_twice(app, endpoint, payer, open_session):
    app.store.set_switch("deliveries", "double")
    payer.pay(open_session().url)

    app.deliver_pending(endpoint)

    first, second = ids(endpoint)
    assert first == second


def test_deliveries_can_come_in_the_wrong_order(
    app, clock, endpoint, payer, open_session
):
    app.store.set_switch("deliveries", "reorder")
    session = open_session()
    payer.pay(session.url, "4000000000000002")
    payer.pay(session.url)
    clock.now += 2

    app.deliver_pending(endpoint)

    assert types(endpoint) == [
        "checkout.session.completed",
        "payment_intent.payment_failed",
    ]


def test_the_endpoint_may_ask_the_sandbox_before_it_answers(app, api, paid):
    seen = []

    def curious(url, body, headers):
        seen.append(api.checkout.sessions.retrieve(paid.id).payment_status)
        return 200

    app.deliver_pending(curious)

    assert seen == ["paid"]


def test_without_an_endpoint_nothing_is_owed(endpoint):
    app = SandboxApp(":memory:")
    session = stripe_client(app).v1.checkout.sessions.create(order())
    Payer(app).pay(session.url)

    assert app.deliver_pending(endpoint) == []
    app.close()
