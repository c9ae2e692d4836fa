"""A key keeps its first answer; faults come once and where they were asked for."""

import pytest
import stripe

from payments.sandbox.app import SandboxApp
from payments.sandbox.faults import Fault
from tests.payments.wsgi_http_client import stripe_client

from .conftest import order

KEY = {"idempotency_key": "attempt:1"}


def create(api, **changes):
    return api.checkout.sessions.create(order(**changes), KEY)


def test_the_same_key_gives_the_same_answer_and_one_session(api):
    first, second = create(api), create(api)

    assert second.id == first.id
    headers = second.last_response.headers
    assert headers["Idempotent-Replayed"] == "true"
    assert headers["Original-Request"] == first.last_response.request_id
    assert second.last_response.request_id != first.last_response.request_id
    assert len(api.checkout.sessions.list().data) == 1


def test_the_kept_answer_is_the_first_even_when_the_session_moved_on(api, payer):
    payer.pay(create(api).url)

    assert create(api).status == "open"


def test_the_same_key_with_other_parameters_is_refused(api):
    create(api)

    with pytest.raises(stripe.IdempotencyError):
        create(api, amount=99_00)
    with pytest.raises(stripe.IdempotencyError):
        api.customers.create({"name": "A"}, KEY)


def test_a_key_is_forgotten_after_a_day(api, clock):
    first = create(api)
    clock.now += 24 * 3600

    assert create(api).id != first.id


def test_a_refused_request_does_not_use_up_its_key(api):
    with pytest.raises(stripe.InvalidRequestError):
        create(api, amount=1)

    assert create(api).status == "open"


def test_a_lost_answer_is_found_again_under_its_key(app, api):
    app.faults.add(Fault.LOSE_ANSWER)

    with pytest.raises(stripe.APIConnectionError):
        create(api)

    assert len(api.checkout.sessions.list().data) == 1
    assert create(api).id == api.checkout.sessions.list().data[0].id


def test_stripes_client_gets_over_a_lost_answer_by_itself(app):
    app.faults.add(Fault.LOSE_ANSWER)
    patient = stripe_client(app, retries=1).v1

    patient.checkout.sessions.create(order())

    assert len(patient.checkout.sessions.list().data) == 1


def test_too_many_requests_does_no_work_and_names_a_pause(app, api):
    app.faults.add(Fault.ANSWER_429)

    with pytest.raises(stripe.RateLimitError) as caught:
        create(api)

    assert caught.value.headers["Retry-After"] == "1"
    assert api.checkout.sessions.list().data == []


def test_a_server_error_before_the_work_leaves_the_key_free(app, api):
    app.faults.add(Fault.ANSWER_500)

    with pytest.raises(stripe.APIError):
        create(api)

    assert create(api).status == "open"


def test_a_server_error_may_also_be_kept_under_its_key(app, api):
    app.faults.add(Fault.KEPT_500)

    for _ in range(2):
        with pytest.raises(stripe.APIError):
            create(api)

    assert api.checkout.sessions.list().data == []


def test_a_fault_can_wait_for_one_address(app, api):
    app.faults.add(Fault.ANSWER_500, "/v1/refunds")

    create(api)

    with pytest.raises(stripe.APIError):
        api.refunds.list()
    assert api.refunds.list().data == []


def test_everything_survives_a_restart(tmp_path, clock):
    path = tmp_path / "sandbox.sqlite3"
    before = SandboxApp(path, clock=clock)
    session = create(stripe_client(before).v1)
    before.close()

    after = SandboxApp(path, clock=clock)

    assert create(stripe_client(after).v1).id == session.id
    after.close()
