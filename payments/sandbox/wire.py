"""Stripe's wire: form-encoded nested parameters in, JSON and error bodies out."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

from .store import Thing

MAX_BODY = 256 * 1024
LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
TEST_KEYS = ("sk_test_", "rk_test_")


class ApiError(Exception):
    """An answer that is an error, in Stripe's shape.

    What was done before it is undone, unless it `leaves_a_trace`.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        code: str = "",
        param: str = "",
        headers: Iterable[tuple[str, str]] = (),
        leaves_a_trace: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.kind = kind
        self.code = code
        self.param = param
        self.headers = list(headers)
        self.leaves_a_trace = leaves_a_trace

    def body(self) -> Thing:
        error = {"message": self.message, "type": self.kind}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = f"https://stripe.com/docs/error-codes/{self.code}"
        if self.param:
            error["param"] = self.param
        return {"error": error}


class AnswerLost(ConnectionAbortedError):
    """The work is done, the answer never arrives: the connection just closes."""


@dataclass(slots=True)
class Request:
    """One HTTP request as the sandbox reads it."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes
    base_url: str

    @classmethod
    def read(cls, environ: dict[str, Any]) -> "Request":
        given = environ.get("CONTENT_LENGTH") or "0"
        length = int(given) if given.isdigit() else MAX_BODY + 1
        if length > MAX_BODY:
            raise ApiError("Request body too large", status=413)
        headers = {
            name[5:].replace("_", "-").lower(): value
            for name, value in environ.items()
            if name.startswith("HTTP_")
        }
        return cls(
            method=environ["REQUEST_METHOD"],
            path=environ.get("PATH_INFO", "/"),
            query=environ.get("QUERY_STRING", ""),
            headers=headers,
            body=environ["wsgi.input"].read(length) if length else b"",
            base_url=f"{environ.get('wsgi.url_scheme', 'http')}://{headers.get('host', '')}",
        )

    def is_loopback(self) -> bool:
        """A page of another name that was pointed at 127.0.0.1 gets no answer."""
        host = self.headers.get("host", "")
        name, _, port = host.rpartition(":")
        return host in LOOPBACK or (name in LOOPBACK and port.isdigit())

    def is_from_here(self) -> bool:
        """A form of another site cannot press the sandbox's buttons."""
        return self.headers.get("origin", self.base_url) == self.base_url

    def pairs(self) -> list[tuple[str, str]]:
        """Query and form together, in order."""
        text = self.body.decode("utf-8", errors="strict") if self.body else ""
        return parse_qsl(self.query, keep_blank_values=True) + parse_qsl(
            text, keep_blank_values=True
        )

    def form(self) -> dict[str, str]:
        return dict(self.pairs())


@dataclass(slots=True)
class Response:
    """What goes back: a status, headers and bytes."""

    status: int
    body: bytes
    headers: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of_json(cls, status: int, thing: Thing) -> "Response":
        text = json.dumps(thing, indent=2, ensure_ascii=False)
        return cls(status, text.encode(), [("Content-Type", "application/json")])

    def send(self, start_response: Callable[..., Any]) -> list[bytes]:
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = "Unknown"
        length = ("Content-Length", str(len(self.body)))
        start_response(f"{self.status} {phrase}", [*self.headers, length])
        return [self.body]


def nested(pairs: Iterable[tuple[str, str]]) -> Thing:
    """`a[b][0][c]=1` as `{"a": {"b": [{"c": "1"}]}}`; `a[]=1` appends."""
    root: Thing = {}
    for name, value in pairs:
        head, _, tail = name.partition("[")
        steps = [head, *tail.removesuffix("]").split("][")] if tail else [head]
        _place(root, steps, value, name)
    return {key: _with_lists(value) for key, value in root.items()}


def _place(root: Thing, steps: list[str], value: str, name: str) -> None:
    here = root
    for step in steps[:-1]:
        here = here.setdefault(step or str(len(here)), {})
        if not isinstance(here, dict):
            raise ApiError(f"Invalid request: {name} is given twice", param=name)
    here[steps[-1] or str(len(here))] = value


def _with_lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_with_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _with_lists(item) for key, item in value.items()}


def require_test_key(headers: dict[str, str]) -> None:
    """Only test keys open the sandbox: a live key must never be sent here."""
    scheme, _, credential = headers.get("authorization", "").partition(" ")
    key = credential.strip()
    if scheme.lower() == "basic":
        try:
            key = base64.b64decode(key, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            key = ""
    if scheme.lower() not in {"basic", "bearer"} or not key:
        raise ApiError(
            "You did not provide an API key. Give your test key as a Bearer token"
            " or as the user name of HTTP Basic auth.",
            status=401,
        )
    if not key.startswith(TEST_KEYS):
        # The key is not repeated: it may be a real one, and answers get logged.
        raise ApiError(
            "Invalid API Key provided. This is a sandbox: it takes keys that begin"
            " with sk_test_ or rk_test_ and no others.",
            status=401,
        )
