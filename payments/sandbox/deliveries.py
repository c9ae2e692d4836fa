"""Signed webhooks: sent, and sent again with growing pauses until they arrive."""

import hashlib
import hmac
import http.client
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from sqlite3 import Row
from typing import TypeAlias

from .rules import DAY
from .store import Store

Post: TypeAlias = Callable[[str, bytes, dict[str, str]], int]
Sent: TypeAlias = tuple[str, int]

LONGEST_PAUSE = 600
GIVES_UP_AFTER = 3 * DAY
NO_ANSWER = 0


def signature(payload: bytes, secret: str, at: int) -> str:
    """The `Stripe-Signature` header, computed without Stripe's package."""
    signed = f"{at}.".encode() + payload
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """To Stripe a redirect is a failed delivery."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def post_over_http(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Sends one delivery and returns the status, NO_ANSWER where none came."""
    opener = urllib.request.build_opener(_NoRedirects, urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, body, headers, method="POST")  # noqa: S310
    try:
        with opener.open(request, timeout=15) as answer:
            return answer.status
    except urllib.error.HTTPError as refusal:
        return refusal.code
    except (OSError, http.client.HTTPException):
        return NO_ANSWER


class Deliveries:
    """What the endpoint has been sent, and what it is still owed."""

    def __init__(
        self,
        store: Store,
        url: str,
        secret: str,
        clock: Callable[[], float],
        *,
        signed_at: Callable[[], float] | None = None,
    ) -> None:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError(f"no address for webhooks: {url}")
        self.store = store
        self.url = url
        self._secret = secret
        self._clock = clock
        self._signed_at = signed_at or clock
        self._one_at_a_time = threading.Lock()

    def deliver_pending(self, post: Post = post_over_http) -> list[Sent]:
        """Sends what is due now; returns (event id, status) in the order sent."""
        with self._one_at_a_time:
            return [self._deliver(row, post) for row in self._due()]

    def _due(self) -> list[Row]:
        due = self.store.rows(
            "SELECT * FROM deliveries WHERE state = 'pending' AND next_at <= ?"
            " ORDER BY id",
            self._clock(),
        )
        return due[::-1] if self.store.switch("deliveries") == "reorder" else due

    def _deliver(self, row: Row, post: Post) -> Sent:
        event = self.store.get("event", row["event"]) | {"pending_webhooks": 1}
        body = json.dumps(event, indent=2, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Stripe/1.0 (sandbox)",
            "Stripe-Signature": signature(body, self._secret, int(self._signed_at())),
        }
        # Nothing is locked here: the endpoint may ask the sandbox before answering.
        status = post(self.url, body, headers)
        self._note(row, status)
        return row["event"], status

    def _note(self, row: Row, status: int) -> None:
        now, tries = self._clock(), row["tries"] + 1
        pause = min(LONGEST_PAUSE, 2**tries)
        state = "pending"
        if 200 <= status < 300:
            state = "delivered"
        elif now + pause > row["made_at"] + GIVES_UP_AFTER:
            state = "failed"
        self.store.run(
            "UPDATE deliveries SET state = ?, tries = ?, next_at = ?, last_answer = ?"
            " WHERE id = ?",
            state,
            tries,
            now + pause,
            str(status) if status else "no answer",
            row["id"],
        )

    def resend(self, event: str) -> None:
        """Another delivery of the same event, under the same id."""
        kind = self.store.get("event", event)["type"]
        self.store.run(
            "INSERT INTO deliveries (event, type, state, next_at, made_at)"
            " VALUES (?, ?, 'pending', ?, ?)",
            event,
            kind,
            self._clock(),
            self._clock(),
        )

    def release(self) -> None:
        """Held deliveries go out after all."""
        self.store.run(
            "UPDATE deliveries SET state = 'pending', next_at = ? WHERE state = 'held'",
            self._clock(),
        )
