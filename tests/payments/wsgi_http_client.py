"""Reaches the sandbox without a socket: for Stripe's client, and for a payer."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import stripe
from requests.structures import CaseInsensitiveDict

from payments.sandbox.app import SandboxApp
from payments.sandbox.wire import AnswerLost

BASE_URL = "http://127.0.0.1:8001"
TEST_KEY = "sk_test_" + "sandbox"


@dataclass(frozen=True)
class Answer:
    """What came back for one request."""

    status: int
    headers: CaseInsensitiveDict
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        return self.headers["Location"]


def call(
    app: SandboxApp,
    method: str,
    url: str,
    headers: Mapping[str, str] | None = None,
    body: bytes | str | None = None,
) -> Answer:
    """One request, straight into the WSGI callable."""
    parts = urlsplit(url)
    payload = body.encode() if isinstance(body, str) else body or b""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method.upper(),
        "PATH_INFO": parts.path or "/",
        "QUERY_STRING": parts.query,
        "CONTENT_LENGTH": str(len(payload)),
        "wsgi.input": io.BytesIO(payload),
        "wsgi.url_scheme": parts.scheme or "http",
        "HTTP_HOST": parts.netloc or "127.0.0.1:8001",
    }
    for name, value in (headers or {}).items():
        environ["HTTP_" + name.upper().replace("-", "_")] = value
    started: list[Any] = []
    chunks = app(environ, lambda status, sent: started.extend([status, sent]))
    return Answer(
        int(started[0].split()[0]), CaseInsensitiveDict(started[1]), b"".join(chunks)
    )


class WsgiHttpClient(stripe.HTTPClient):
    """An HTTP client for Stripe's package that calls the sandbox in this process."""

    name = "wsgi"

    def __init__(self, app: SandboxApp) -> None:
        super().__init__()
        self.app = app
        self.calls: list[tuple[str, str]] = []

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        **_: Any,
    ) -> tuple[str, int, Mapping[str, str]]:
        self.calls.append((method.lower(), urlsplit(url).path))
        try:
            answer = call(self.app, method, url, headers, post_data)
        except AnswerLost as lost:
            raise stripe.APIConnectionError(str(lost), should_retry=True) from lost
        return answer.text, answer.status, answer.headers

    def _sleep_time_seconds(self, num_retries: int) -> float:
        return 0.0

    def close(self) -> None:
        return None


def stripe_client(
    app: SandboxApp, key: str = TEST_KEY, retries: int = 0
) -> stripe.StripeClient:
    """Stripe's own client, pointed at the sandbox."""
    return stripe.StripeClient(
        key,
        base_addresses={"api": BASE_URL},
        http_client=WsgiHttpClient(app),
        max_network_retries=retries,
    )


@dataclass
class Payer:
    """A person at the hosted page, in one language."""

    app: SandboxApp
    language: str = "en"

    def _headers(self) -> dict[str, str]:
        return {"Accept-Language": self.language}

    def look(self, url: str) -> Answer:
        return call(self.app, "GET", url, self._headers())

    def submit(self, url: str, **fields: str) -> Answer:
        headers = self._headers() | {"Origin": BASE_URL}
        return call(self.app, "POST", url, headers, urlencode(fields))

    def pay(self, url: str, number: str = "4242424242424242", **more: str) -> Answer:
        """Types a card and presses the button; 303 to the site when it paid."""
        fields = {"number": number, "valid": "12/34", "cvc": "123", **more}
        return self.submit(url, **fields)

    def answer_bank(self, url: str, *, complete: bool) -> Answer:
        """Presses one of the two buttons of the bank's page at `url`."""
        return self.submit(url, answer="complete" if complete else "fail")
