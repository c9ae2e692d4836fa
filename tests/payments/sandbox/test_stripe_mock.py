"""Third oracle: Stripe's own mock server over every call that our gateway makes.

`go install github.com/stripe/stripe-mock@v0.203.0` builds it. It knows addresses,
parameters of the first level, enumerations and types; it keeps nothing, so answers,
amounts, currencies and what stands deeper are for the other oracles.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

import pytest
import requests

from marketplace.money import Money
from payments.gateway import CheckoutOrder, RefundOrder
from payments.sandbox.app import SandboxApp
from payments.seat_facts import CardOrder, PlanChange, SeatOrder
from payments.stripe_gateway import StripeGateway
from tests.payments.wsgi_http_client import Payer, WsgiHttpClient

from .conftest import NOW
from .lively import every_object
from .test_openapi import Description, schemas  # noqa: F401 - a fixture
from .test_sdk_types import KINDS, problems

# Where `.ci/run` keeps Stripe's tools, and where a developer may have them.
TOOLS = Path.home() / ".cache/gesher-jisr/stripe"
PLACES = os.pathsep.join(
    [
        str(TOOLS),
        str(TOOLS / "node_modules/.bin"),
        os.environ.get("PATH", ""),
        str(Path.home() / "go/bin"),
    ]
)
REFERENCE = UUID("1b4e28ba-2fa1-41d2-883f-0016d3cca427")
BACK = "https://www.example.org/back"
SOON = datetime.fromtimestamp(NOW, UTC) + timedelta(hours=2)


@dataclass(frozen=True)
class Call:
    """One request as it leaves our gateway."""

    method: str
    target: str
    body: str

    def sent_to(self, server: str) -> requests.Response:
        return requests.request(
            self.method,
            server + self.target,
            data=self.body or None,
            headers={
                "Authorization": "Bearer sk_test_" + "123",
                "Content-Type": "application/x-www-form-urlencoded",
            },
            timeout=10,
        )


class Recorder(WsgiHttpClient):
    """Reaches the sandbox, and remembers what was said."""

    def __init__(self, app: SandboxApp) -> None:
        super().__init__(app)
        self.said: list[Call] = []

    def request(self, method, url, headers, post_data=None, **more):
        parts = urlsplit(url)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        self.said.append(Call(method.upper(), target, post_data or ""))
        return super().request(method, url, headers, post_data, **more)


@pytest.fixture(scope="module")
def mock() -> Iterator[str]:
    """The address of a mock server of our own, on a port that was free."""
    program = shutil.which("stripe-mock", path=PLACES)
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("stripe-mock is not installed")
        pytest.skip("no stripe-mock: requests not checked against Stripe's mock server")
    # Without the second address it would open HTTPS on every interface.
    free = ["-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0"]
    server = subprocess.Popen([program, *free], stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://{_address_of(server)}"
    finally:
        server.terminate()
        server.wait(10)


def _address_of(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    for line in server.stdout:
        if line.startswith("Listening for HTTP at address"):
            return line.split()[-1]
    raise AssertionError("stripe-mock ended at once")


@pytest.fixture
def calls(app: SandboxApp, settings) -> list[Call]:
    """Everything our gateway ever asks, each at least once."""
    settings.PAYMENTS_MODE = "sandbox"
    recorder, payer = Recorder(app), Payer(app)
    gateway = StripeGateway(recorder)
    amount = Money(123_45, "ILS")
    order = CheckoutOrder(
        REFERENCE, "site", amount, "Programme fee", "en", BACK, BACK, SOON
    )
    page = gateway.open_checkout(order)
    payer.pay(page.url)
    intent = gateway.fetch_attempt(page.session_id).intent_id
    gateway.refund(RefundOrder(REFERENCE, REFERENCE, "site", intent, Money(45, "ILS")))
    charge = app.store.newest_first("charge")[0]
    app.store.save(charge | {"disputed": True})
    gateway.fetch_attempt(page.session_id)
    list(gateway.find_checkouts(since=SOON))
    list(gateway.find_checkouts(since=SOON, intent_id=intent))
    list(gateway.find_returned(since=SOON))
    list(gateway.find_seat_bills(since=SOON))
    other = UUID(int=REFERENCE.int + 1)
    gateway.expire_checkout(
        gateway.open_checkout(replace(order, reference=other)).session_id
    )
    gateway.read_account()
    _take_a_seat(gateway, payer, amount)
    return recorder.said


def _take_a_seat(gateway: StripeGateway, payer: Payer, amount: Money) -> None:
    seat = SeatOrder(
        reference=REFERENCE,
        deployment="site",
        amount=amount,
        interval="month",
        trial_days=0,
        label="Investor seat",
        locale="en",
        customer_id="",
        success_url=BACK,
        cancel_url=BACK,
        expires_at=SOON,
    )
    page = gateway.open_seat(seat)
    payer.pay(page.url)
    taken = gateway.fetch_seat_page(page.session_id).subscription_id
    facts = gateway.fetch_subscription(taken)
    again = replace(seat, reference=UUID(int=1), trial_days=14)
    gateway.open_seat(replace(again, customer_id=facts.customer_id))
    change = PlanChange(REFERENCE, amount + amount, "month", facts.period_start)
    gateway.quote_plan(taken, change)
    gateway.change_plan(taken, change)
    gateway.plan_later(taken, replace(change, reference=UUID(int=2), amount=amount))
    gateway.fetch_subscription(taken)
    gateway.drop_later(taken)
    card = CardOrder(REFERENCE, "site", facts.customer_id, "en", BACK, BACK)
    kept = gateway.open_card_page(card)
    payer.pay(kept.url)
    gateway.use_card(taken, gateway.fetch_card_page(kept.session_id).method_id)
    gateway.change_seat(taken, ends_with_period=True)


def test_stripes_own_server_takes_every_call_of_our_gateway(calls, mock):
    assert len({call.target.split("?")[0] for call in calls}) >= 12
    refused = {
        call: answer.text
        for call in calls
        if (answer := call.sent_to(mock)).status_code != 200
    }
    assert refused == {}


# -- planted mistakes: what is wrong, and the oracle that names it -----------------

IN_REQUESTS = {
    "a parameter that is not known": ("mode=payment", "mode=payment&line_item=1"),
    "an old name of the page": ("ui_mode=hosted_page", "ui_mode=hosted"),
    "a language that Stripe lacks": ("locale=en", "locale=he"),
    "a word for a number": ("expires_at=", "expires_at=soon"),
    "a mode that is not known": ("mode=subscription", "mode=subscribe"),
    "a word for yes": ("at_period_end=true", "at_period_end=perhaps"),
    "an address that is not known": ("/v1/refunds", "/v1/refund"),
    "a word for how many": ("limit=100", "limit=all"),
    "a way to pay that is not known": ("types[0]=card", "types[0]=purse"),
    "an amount with a word in it": ("[unit_amount]=", "[unit_amount]=about"),
    "an interval that is not known": ("[interval]=month", "[interval]=fortnight"),
}


def test_stripe_mock_refuses_every_planted_mistake_in_a_request(calls, mock):
    taken = {}
    for mistake, (right, wrong) in IN_REQUESTS.items():
        call = next(each for each in calls if right in f"{each.target}&{each.body}")
        planted = replace(
            call,
            target=call.target.replace(right, wrong),
            body=call.body.replace(right, wrong),
        )
        assert call.sent_to(mock).status_code == 200
        answer = planted.sent_to(mock).status_code
        if answer not in {400, 404}:
            taken[mistake] = answer
    assert taken == {}


IN_ANSWERS = {
    "a field left out": lambda thing: thing.pop("livemode"),
    "null for what is left out": lambda thing: thing.update(line_items=None),
    "a state that is not known": lambda thing: thing.update(status="finished"),
    "a word for an amount": lambda thing: thing.update(amount_total="12345"),
    "a field that is not known": lambda thing: thing.update(surprise=1),
}
# What the types of the package cannot tell, the published description does.
SEEN_BY_DESCRIPTION_ALONE = {"null for what is left out"}


@pytest.mark.parametrize("mistake", IN_ANSWERS)
def test_types_or_description_name_a_planted_mistake_in_an_answer(
    app,
    schemas,  # noqa: F811
    mistake,
):
    session = dict(next(every_object(app)))
    IN_ANSWERS[mistake](session)
    by_types = problems(session, KINDS["checkout.session"], "session")
    description = Description(schemas)
    by_description = description.problems(
        session, schemas["checkout.session"], "session"
    )
    found = by_description if mistake in SEEN_BY_DESCRIPTION_ALONE else by_types
    assert found != []
