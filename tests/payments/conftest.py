"""The site's own gateway, speaking to the development Stripe in this process."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client

from payments.gateway import get_gateway
from payments.sandbox.app import SandboxApp
from payments.stripe_gateway import StripeGateway
from tests.payments.remote import Remote
from tests.payments.wsgi_http_client import Payer, WsgiHttpClient

HOOK = f"/hooks/stripe/{django_settings.STRIPE_WEBHOOK_PATH}"


@dataclass
class Stripe:
    """The development Stripe, a payer at its page, and the post that brings events."""

    app: SandboxApp
    http: WsgiHttpClient
    payer: Payer
    capture: Callable

    def deliver(self, client: Client | None = None) -> list[int]:
        """Bring every event that is due; returns the statuses of our answers."""
        statuses = []

        def post(url: str, body: bytes, headers: dict[str, str]) -> int:
            answer = (client or Client()).post(
                urlsplit(url).path,
                data=body,
                content_type="application/json",
                headers=headers,
            )
            statuses.append(answer.status_code)
            return answer.status_code

        with self.capture(execute=True):
            self.app.deliver_pending(post)
        return statuses


@pytest.fixture
def stripe(tmp_path, settings, django_capture_on_commit_callbacks) -> Iterator[Stripe]:
    app = SandboxApp(
        tmp_path / "sandbox.sqlite3",
        webhook_url="http://testserver" + HOOK,
        webhook_secret=settings.STRIPE_WEBHOOK_SECRETS[0],
    )
    http = WsgiHttpClient(app)
    settings.PAYMENT_GATEWAY = {
        "BACKEND": f"{StripeGateway.__module__}.StripeGateway",
        "OPTIONS": {"http_client": http},
    }
    get_gateway.cache_clear()
    cache.clear()
    yield Stripe(app, http, Payer(app), django_capture_on_commit_callbacks)
    get_gateway.cache_clear()
    app.close()


@pytest.fixture
def remote(settings):
    remote = Remote()
    settings.PAYMENT_GATEWAY = {
        "BACKEND": "tests.payments.remote.given",
        "OPTIONS": {"remote": remote},
    }
    get_gateway.cache_clear()
    yield remote
    get_gateway.cache_clear()
