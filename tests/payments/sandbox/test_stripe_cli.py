"""Fourth oracle: Stripe's own command line as a second client of the sandbox.

`npm install @stripe/cli@1.52.0` brings it. Another programmer's code writes the
requests and follows ids from answer to answer; what they mean it does not check.
"""

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from payments.sandbox.app import SandboxApp
from payments.sandbox.server import listen

from .conftest import order
from .test_stripe_mock import PLACES

# Status and body of an answer, before and after.
Plant = Callable[[str, bytes], tuple[str, bytes]]
STORY = [
    ("payer", "/v1/customers", {"email": "payer@example.org"}),
    ("page", "/v1/checkout/sessions", order(customer="${payer:id}")),
    ("gone", "/v1/checkout/sessions/${page:id}/expire", {}),
]


@pytest.fixture(scope="module")
def program() -> str:
    found = shutil.which("stripe", path=PLACES)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Stripe's command line is not installed")
        pytest.skip("no Stripe command line: no second client over the sandbox")
    return found


@contextmanager
def serving(app: Callable[..., Any]) -> Iterator[str]:
    server = listen(app, 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def tell(program: str, folder: Path, address: str, story: list[Any]) -> int:
    """Let the command line make these calls, one after the other; its exit code."""
    steps = [
        {"name": name, "path": path, "method": "post", "params": params}
        for name, path, params in story
    ]
    told = {"_meta": {"template_version": 0}, "fixtures": steps}
    (folder / "story.json").write_text(json.dumps(told), encoding="utf-8")
    nowhere = "http://127.0.0.1:9"  # it would look for a newer version of itself
    done = subprocess.run(
        [program, "fixtures", str(folder / "story.json"), "--api-base", address],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "HTTPS_PROXY": nowhere,
            "STRIPE_API_KEY": "sk_test_" + "123456789012",
            "STRIPE_CLI_TELEMETRY_OPTOUT": "1",
        },
        capture_output=True,
        timeout=60,
        check=False,
    )
    return done.returncode


def test_stripes_command_line_tells_a_story_to_the_sandbox(program, app, tmp_path):
    with serving(app) as address:
        assert tell(program, tmp_path, address, STORY) == 0
    (session,) = app.store.newest_first("checkout.session")
    (customer,) = app.store.newest_first("customer")
    assert (session["status"], session["customer"]) == ("expired", customer["id"])


def answering(app: SandboxApp, plant: Plant) -> Callable[..., Any]:
    """The sandbox, each of its answers with a mistake planted in it."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        sent: list[Any] = []
        body = b"".join(app(environ, lambda *args: sent.extend(args)))
        status, body = plant(sent[0], body)
        headers = [pair for pair in sent[1] if pair[0] != "Content-Length"]
        start_response(status, [*headers, ("Content-Length", str(len(body)))])
        return [body]

    return answer


ID = re.compile(rb'"id": ?"[^"]*"')
PLANTED: dict[str, Plant] = {
    "no id": lambda status, body: (status, body.replace(b'"id":', b'"no":')),
    "a number for an id": lambda status, body: (status, ID.sub(b'"id": 7', body)),
    "null for an id": lambda status, body: (status, ID.sub(b'"id": null', body)),
    "a list": lambda status, body: (status, b"[" + body + b"]"),
    "a page for people": lambda status, _body: (status, b"<html></html>"),
    "nothing at all": lambda status, _body: (status, b""),
    "quotes of another kind": lambda s, body: (s, body.replace(b'"', b"'")),
    "a fault": lambda _status, body: ("500 Internal Server Error", body),
    "too often": lambda _status, body: ("429 Too Many Requests", body),
    "a key that is refused": lambda _status, body: ("401 Unauthorized", body),
}


def test_it_notices_every_planted_mistake_in_an_answer(program, app, tmp_path):
    taken = []
    for mistake, plant in PLANTED.items():
        with serving(answering(app, plant)) as address:
            if tell(program, tmp_path, address, STORY) == 0:
                taken.append(mistake)
    assert taken == []
    assert app.store.newest_first("checkout.session") == []


def test_it_notices_a_parameter_that_is_refused(program, app, tmp_path):
    story = [("payer", "/v1/customers", {"emial": "payer@example.org"}), *STORY[1:]]
    with serving(app) as address:
        assert tell(program, tmp_path, address, story) != 0
