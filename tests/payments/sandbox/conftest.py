"""A sandbox in memory, a clock that only the test moves, a list for deliveries."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import stripe

from payments.sandbox.app import SandboxApp
from tests.payments.wsgi_http_client import Payer, stripe_client

SECRET = "whsec_" + "tests"
NOW = 1_790_000_000
SEAT = {"metadata": {"seat": "seat-1"}, "trial_period_days": 14}


@dataclass
class Clock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


@dataclass
class Endpoint:
    """Stands where the site's webhook would: remembers, answers as told."""

    answers: int = 200
    got: list[tuple[bytes, dict[str, str]]] = field(default_factory=list)

    def __call__(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        self.got.append((body, headers))
        return self.answers


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint()


@pytest.fixture
def app(clock: Clock) -> Iterator[SandboxApp]:
    app = SandboxApp(":memory:", "http://127.0.0.1:8000/hook", SECRET, clock)
    yield app
    app.close()


@pytest.fixture
def api(app: SandboxApp) -> Any:
    """Stripe's client; its answers are the package's own objects."""
    return stripe_client(app).v1


@pytest.fixture
def payer(app: SandboxApp) -> Payer:
    return Payer(app)


def order(**changes: Any) -> dict[str, Any]:
    """Parameters of a session as the programme sends them, ILS 123.45."""
    price = {
        "currency": changes.pop("currency", "ils"),
        "unit_amount": changes.pop("amount", 12_345),
        "product_data": {"name": "Programme fee"},
    }
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "payment_method_types": ["card"],
        "line_items": [{"price_data": price, "quantity": 1}],
        "client_reference_id": "attempt-1",
        "metadata": {"attempt": "attempt-1"},
        "payment_intent_data": {"metadata": {"attempt": "attempt-1"}},
        "locale": "en",
        "success_url": "http://127.0.0.1:8000/back?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://127.0.0.1:8000/fees",
        **changes,
    }


def seat_order(**changes: Any) -> dict[str, Any]:
    """A session of a seat as the programme asks for it, monthly after two weeks."""
    wanted = order()
    del wanted["payment_intent_data"]
    price = wanted["line_items"][0]["price_data"]
    price["recurring"] = {"interval": "month"}
    wanted |= {"mode": "subscription", "subscription_data": SEAT}
    return wanted | changes


@pytest.fixture
def open_session(api: Any) -> Callable[..., stripe.checkout.Session]:
    def make(**changes: Any) -> stripe.checkout.Session:
        return api.checkout.sessions.create(order(**changes))

    return make


@pytest.fixture
def begin(api: Any, payer: Payer) -> Callable[..., str]:
    """Enter a card at Checkout and answer its bank; the subscription's id."""

    def enter(card: str = "4242424242424242", **changes: Any) -> str:
        session = api.checkout.sessions.create(seat_order(**changes))
        answer = payer.pay(session.url, card, email="p@example.org")
        assert answer.status == 303
        if "/challenge" in answer.location:
            page = f"{session.url}/challenge"
            assert payer.answer_bank(page, complete=True).status == 303
        return api.checkout.sessions.retrieve(session.id).subscription

    return enter
