"""The sandbox as one WSGI application."""

import hashlib
import json
import re
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import (
    checkout,
    control,
    deliveries,
    hosted,
    pages,
    refunds,
    resources,
    rules,
    subscriptions,
)
from .clock import MovedClock
from .events import Moment
from .faults import Fault, Faults
from .store import Store, Thing, new_id
from .wire import AnswerLost, ApiError, Request, Response, nested, require_test_key


class SandboxApp:
    """Answers Stripe's API under /v1/, payers under /c/pay/ and /i/, developers at /.

    `webhook_url` empty: events are kept, nothing is delivered. Nothing runs in the
    background until `start_background` is called; until then `deliver_pending`
    sends what is due, through any `post(url, body, headers) -> status`.
    `fonts` is a folder with the host's `rubik-*.woff2`; without it, system fonts.
    """

    def __init__(
        self,
        database_path: str | Path,
        webhook_url: str = "",
        webhook_secret: str = "",
        clock: Callable[[], float] = time.time,
        *,
        control_token: str = "",
        fonts: Path | None = None,
    ) -> None:
        self.store = Store(database_path)
        self.clock = clock
        self.moved = MovedClock(self.store, lambda: self.clock())
        self.fonts = fonts
        self.faults = Faults(self.store)
        self._base_url = self.store.switch("base_url")
        self.deliveries = deliveries.Deliveries(
            self.store,
            webhook_url,
            webhook_secret,
            self.moved,
            signed_at=self.moved.real,
        )
        self.control_token = control_token or secrets.token_urlsafe(18)
        self._inside = control.Inside(
            self.store,
            self.faults,
            self.deliveries,
            self.control_token,
            self.moment,
            self.moved,
        )
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    # -- WSGI ----------------------------------------------------------------

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> list[bytes]:
        try:
            response = self._answer(Request.read(environ))
        except ApiError as refusal:
            response = Response.of_json(refusal.status, refusal.body())
        return response.send(start_response)

    def _answer(self, request: Request) -> Response:
        if not request.is_loopback():
            return pages.plain(403, "The sandbox answers under loopback names only.\n")
        moment = self.moment(request.base_url)
        self._pass_time(moment)
        if request.path.startswith("/v1/"):
            return self._api(moment, request)
        if request.path.startswith("/c/pay/"):
            with self.store.transaction():
                return hosted.answer(moment, request)
        if request.path.startswith("/i/"):
            with self.store.transaction():
                return hosted.answer_bill(moment, request)
        found = pages.static(request.path, self.fonts)
        return found or control.answer(self._inside, request)

    def moment(self, base_url: str = "") -> Moment:
        """Now, for whoever lets something happen here.

        The clock knows no address: it takes the one under which we were last asked.
        """
        if base_url and base_url != self._base_url:
            self.store.set_switch("base_url", base_url)
            self._base_url = base_url
        return Moment(
            self.store,
            self.clock(),
            ahead=self.moved.ahead,
            base_url=self._base_url,
            has_endpoint=bool(self.deliveries.url),
        )

    def _pass_time(self, moment: Moment) -> None:
        with self.store.transaction():
            checkout.expire_due(moment)
            refunds.decide_due(moment)
            subscriptions.renew_due(moment.later())

    # -- the API -------------------------------------------------------------

    def _api(self, moment: Moment, request: Request) -> Response:
        moment.request_id = new_id("req_", 14)
        fault = Fault.NONE
        try:
            require_test_key(request.headers)
            _check_version(request.headers.get("stripe-version", rules.API_VERSION))
            fault = self.faults.take(request.path)
            fault.strike_before()
            with self.store.transaction():
                response = self._keyed(moment, request, fault)
        except ApiError as refusal:
            response = Response.of_json(refusal.status, refusal.body())
            response.headers += refusal.headers
        if fault is Fault.LOSE_ANSWER:
            raise AnswerLost(moment.request_id)
        response.headers += [
            ("Request-Id", moment.request_id),
            ("Stripe-Version", rules.API_VERSION),
            ("Cache-Control", "no-cache, no-store"),
        ]
        return response

    def _keyed(self, moment: Moment, request: Request, fault: Fault) -> Response:
        """The first answer of an idempotency key is kept for a day and repeated."""
        key = request.headers.get("idempotency-key", "")
        if request.method != "POST" or not key:
            return self._work(moment, request, fault)
        if len(key) > 255:
            raise ApiError("Idempotency keys can be at most 255 characters long.")
        moment.idempotency_key = key
        fingerprint = _fingerprint(request)
        kept = self.store.rows(
            "SELECT * FROM answers WHERE key = ? AND kept_at > ?",
            key,
            moment.second - rules.DAY,
        )
        if not kept:
            response = self._work(moment, request, fault)
            self._keep(moment, fingerprint, response)
        elif kept[0]["fingerprint"] != fingerprint:
            raise ApiError(
                "Keys for idempotent requests can only be used with the same parameters"
                f" they were first used with. Try using a key other than '{key}' if you"
                " meant to execute a different request.",
                kind="idempotency_error",
            )
        else:
            response = Response(kept[0]["status"], kept[0]["body"])
            response.headers = [
                ("Content-Type", "application/json"),
                ("Idempotent-Replayed", "true"),
                ("Original-Request", kept[0]["request_id"]),
            ]
        response.headers.append(("Idempotency-Key", key))
        return response

    def _work(self, moment: Moment, request: Request, fault: Fault) -> Response:
        if fault is Fault.KEPT_500:
            return Response.of_json(500, fault.error().body())
        given = _parameters(request)
        try:
            made = resources.answer(moment, request.method, request.path, given)
        except ApiError as refusal:
            if not refusal.leaves_a_trace:
                raise
            return Response.of_json(refusal.status, refusal.body())
        return Response.of_json(200, made)

    def _keep(self, moment: Moment, fingerprint: str, response: Response) -> None:
        self.store.run(
            "INSERT OR REPLACE INTO answers"
            " (key, fingerprint, request_id, status, body, kept_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            moment.idempotency_key,
            fingerprint,
            moment.request_id,
            response.status,
            response.body,
            moment.second,
        )

    # -- in the background ---------------------------------------------------

    def deliver_pending(
        self, post: deliveries.Post = deliveries.post_over_http
    ) -> list[deliveries.Sent]:
        """Ends what time has ended, then sends every delivery that is due."""
        self._pass_time(self.moment())
        return self.deliveries.deliver_pending(post)

    def start_background(self, pause: float = 0.5) -> None:
        """Delivers from a thread of its own until `close`."""

        def work() -> None:
            while not self._stop.wait(pause):
                self.deliver_pending()

        thread = threading.Thread(target=work, name="deliveries", daemon=True)
        thread.start()
        self._threads.append(thread)

    def close(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self.store.close()


def _check_version(version: str) -> None:
    """Any version is heard, one is spoken: the answer's header names it."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(\.[a-z]+)?", version):
        raise ApiError(f"Invalid Stripe API version: {version[:40]}")


def _parameters(request: Request) -> Thing:
    try:
        return nested(request.pairs())
    except UnicodeDecodeError:
        raise ApiError("The request body is not UTF-8.") from None


def _fingerprint(request: Request) -> str:
    parts = [request.method, request.path, *sorted(_flat(request))]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _flat(request: Request) -> list[str]:
    return [f"{name}={value}" for name, value in request.pairs()]
