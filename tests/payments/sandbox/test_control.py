"""The control page opens to the token only, and pulls the strings it names."""

import json
from urllib.parse import urlencode

import pytest

from tests.payments.wsgi_http_client import BASE_URL, call


@pytest.fixture
def holder(app):
    """The cookie of who opened the address printed at start."""
    entered = call(app, "GET", f"{BASE_URL}/?token={app.control_token}")
    assert entered.location == "/"
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    return {"Cookie": f"sessionid=other; {cookie.split(';')[0]}", "Origin": BASE_URL}


def press(app, holder, **form):
    return call(app, "POST", f"{BASE_URL}/control", holder, urlencode(form))


@pytest.mark.parametrize(
    ("path", "cookie"),
    [("/", ""), ("/?token=wrong", ""), ("/objects/x", ""), ("/", "sandbox_control=x")],
)
def test_without_the_token_nothing_is_seen(app, path, cookie):
    answer = call(app, "GET", BASE_URL + path, {"Cookie": cookie})

    assert answer.status == 403
    assert app.control_token not in answer.text


def test_objects_events_and_deliveries_are_seen(app, holder, payer, open_session):
    session = open_session()
    payer.pay(session.url)

    page = call(app, "GET", f"{BASE_URL}/", holder).text
    thing = call(app, "GET", f"{BASE_URL}/objects/{session.id}", holder).text

    assert "<h1>SANDBOX – no real money</h1>" in page
    assert "checkout.session.completed" in page
    assert "ILS 123.45" in page
    assert "pending" in page
    assert "&quot;status&quot;: &quot;complete&quot;" in thing


def test_an_event_is_sent_again(app, holder, endpoint, payer, open_session, api):
    payer.pay(open_session().url)
    [(event, _)] = app.deliver_pending(endpoint)

    press(app, holder, action="resend", value=event)
    app.deliver_pending(endpoint)

    first, second = (json.loads(body)["id"] for body, _ in endpoint.got)
    assert first == second == event


def test_deliveries_and_faults_are_set(app, holder):
    press(app, holder, action="mode", value="hold")
    press(app, holder, action="fault", value="answer_429")

    assert app.store.switch("deliveries") == "hold"
    assert app.faults.waiting() == [["answer_429", ""]]
    assert "Answer 429" in call(app, "GET", f"{BASE_URL}/", holder).text


@pytest.mark.parametrize("foreign", [{"Cookie": ""}, {"Origin": "http://evil.example"}])
def test_nobody_else_pulls_the_strings(app, holder, foreign):
    press(app, holder | foreign, action="mode", value="drop")

    assert app.store.switch("deliveries") == ""


def test_unknown_strings_do_nothing(app, holder):
    for action in ("mode", "fault", "resend", "explode"):
        assert press(app, holder, action=action, value="nonsense").status == 303

    assert app.store.switch("deliveries") == ""
    assert app.faults.waiting() == []
