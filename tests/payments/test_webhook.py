"""What the webhook takes in, and everything that it turns away."""

import json
import time

import pytest
from django.db import DatabaseError
from django.test import Client

from payments import webhook
from payments.models import StripeEvent
from payments.sandbox.deliveries import signature
from payments.stripe_gateway import API_VERSION
from tests.payments.conftest import HOOK

pytestmark = pytest.mark.django_db

SECRET = "whsec_for_tests"


def an_event(**changes) -> bytes:
    event = {
        "id": "evt_1",
        "object": "event",
        "api_version": API_VERSION,
        "created": int(time.time()),
        "livemode": False,
        "type": "checkout.session.completed",
        "data": {"object": {"id": "cs_test_1", "object": "checkout.session"}},
    } | changes
    return json.dumps(event).encode()


def post(body=None, *, secret=SECRET, at=None, header=None, path=HOOK, client=None):
    body = an_event() if body is None else body
    if header is None:
        header = signature(body, secret, int(at or time.time()))
    headers = {"Stripe-Signature": header} if header else {}
    client = client or Client(enforce_csrf_checks=True)
    return client.post(
        path, data=body, content_type="application/json", headers=headers
    ).status_code


def test_a_signed_event_is_stored_and_answered():
    assert post() == 200
    event = StripeEvent.objects.get()
    assert (event.event_id, event.object_id, event.state) == (
        "evt_1",
        "cs_test_1",
        "new",
    )


def test_the_same_event_sixteen_times_is_one_row():
    assert {post() for _ in range(16)} == {200}
    assert StripeEvent.objects.count() == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"header": ""},
        {"header": "nonsense"},
        {"header": "t=abc,v1=00"},
        {"header": f"t={int(time.time())},v0=00"},
        {"secret": "whsec_of_somebody_else"},
        {"at": time.time() - 301},
        {"at": time.time() - 86_400},
    ],
    ids=["none", "nonsense", "no time", "v0 only", "forged", "stale", "a day old"],
)
def test_what_is_not_signed_now_by_us_is_refused_and_leaves_nothing(forged):
    assert post(**forged) == 400
    assert not StripeEvent.objects.exists()


def test_a_body_that_was_changed_after_signing_is_refused():
    header = signature(an_event(), SECRET, int(time.time()))
    assert post(an_event(id="evt_2"), header=header) == 400


def test_either_secret_is_good_while_they_are_rotated(settings):
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_new", SECRET]
    assert post() == 200
    assert post(an_event(id="evt_2"), secret="whsec_new") == 200


def test_an_empty_secret_signs_nothing(settings):
    settings.STRIPE_WEBHOOK_SECRETS = [""]
    assert post(secret="") == 400


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe",
        b"[]",
        b"{",
        b'{"object": "v2.core.event", "id": "evt_1"}',
        b'{"object": "event"}',
        an_event(data={}),
        an_event(data=None),
        an_event(created="yesterday"),
        an_event(created=10**30),
    ],
)
def test_a_signed_body_that_is_no_event_is_refused(body):
    assert post(body) == 400
    assert not StripeEvent.objects.exists()


def test_real_money_does_not_enter_a_test_site():
    assert post(an_event(livemode=True)) == 400
    assert not StripeEvent.objects.exists()


def test_an_event_of_another_account_is_refused():
    assert post(an_event(account="acct_of_somebody_else")) == 400
    assert not StripeEvent.objects.exists()


def test_an_old_api_version_is_only_a_trigger_and_taken():
    assert post(an_event(api_version="2020-08-27")) == 200
    assert StripeEvent.objects.get().api_version == "2020-08-27"


def test_a_type_nobody_handles_is_answered_and_not_stored():
    assert post(an_event(type="customer.created")) == 200
    assert not StripeEvent.objects.exists()


def test_too_long_a_body_is_not_read():
    assert post(an_event(padding="x" * webhook.MOST_BYTES)) == 413
    assert not StripeEvent.objects.exists()


# A missing page is first looked for in the reader's language, hence the redirect.
NOT_HERE = (302, 404)


def test_another_path_does_not_exist():
    assert post(path="/hooks/stripe/another-path") in NOT_HERE
    assert not StripeEvent.objects.exists()


def test_without_a_configured_path_nothing_exists(settings):
    settings.STRIPE_WEBHOOK_PATH = ""
    assert post() in NOT_HERE
    assert not StripeEvent.objects.exists()


def test_it_is_not_looked_at_with_get(client):
    assert client.get(HOOK).status_code == 405


def test_while_the_database_is_down_stripe_is_told_to_come_again(monkeypatch):
    def fail(**_):
        raise DatabaseError

    monkeypatch.setattr(StripeEvent.objects, "create", fail)
    assert post() == 503


def test_a_queue_that_is_down_does_not_undo_the_answer(
    monkeypatch, django_capture_on_commit_callbacks
):
    def fail(*_args):
        raise DatabaseError

    task = type("Task", (), {"enqueue": fail})
    monkeypatch.setattr(webhook, "process_stripe_event", task)
    with django_capture_on_commit_callbacks(execute=True):
        assert post() == 200
    assert StripeEvent.objects.get().state == "new"
