"""What money costs on its way in: the webhook, and the development Stripe.

    python tests/benchmarks/money.py webhook [--events 4000]
    python tests/benchmarks/money.py sandbox [--checkouts 2000]

Makes a database of its own in a temporary folder, or fills an empty one that
`DATABASE_URL` names. See README.md.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.clock import Clock, Spent, say, show  # noqa: E402


def start_site(folder: str) -> None:
    os.environ |= {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DEBUG": "0"}
    os.environ.setdefault("VAR_DIR", folder)
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("setup_site", verbosity=0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=["webhook", "sandbox"])
    parser.add_argument("--events", type=int, default=4_000)
    parser.add_argument("--checkouts", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.part == "sandbox":
            measure_sandbox(Path(folder), options.checkouts)
            return
        start_site(folder)
        measure_webhook(options.events)


# -- the webhook -------------------------------------------------------------------


def measure_webhook(events: int) -> None:
    """Signed events through the whole stack of middleware; then each of them again."""
    import gc
    import logging

    from django.conf import settings
    from django.test import Client

    from payments.models import LedgerTransaction, StripeEvent

    logging.disable(logging.WARNING)
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    bodies = [event_body(number) for number in range(events)]

    def send(body: bytes) -> Spent:
        signed = signature(body, settings.STRIPE_WEBHOOK_SECRETS[0])
        clock = Clock()
        answer = client.post(
            f"/hooks/stripe/{settings.STRIPE_WEBHOOK_PATH}",
            data=body,
            content_type="application/json",
            headers={"Stripe-Signature": signed},
        )
        assert answer.status_code == 200, answer.status_code
        return clock.lap()

    send(event_body(-1))
    gc.collect()
    gc.freeze()  # as `cms/wsgi.py` does
    for what in ("an event for the first time", "the same once more"):
        spent = [send(body) for body in bodies]
        slowest = sorted(one.wall for one in spent)[len(spent) * 99 // 100]
        show(f"webhook, {what}", spent)
        print(f"  p99 {1000 * slowest:.1f} ms by the wall")
        all_of_it = Spent(sum(s.wall for s in spent), sum(s.cpu for s in spent))
        say(f"webhook, {what}", all_of_it, len(spent))
    print(f"{StripeEvent.objects.count() - 1} rows of {events} events, each sent twice")
    print(f"{LedgerTransaction.objects.count()} postings by them")


def event_body(number: int) -> bytes:
    charge = {
        "id": f"ch_{number}",
        "object": "charge",
        "payment_intent": f"pi_{number}",
        "metadata": {},
        "filler": "x" * 3_000,  # a charge is some three thousand bytes
    }
    event = {
        "id": f"evt_{number}",
        "object": "event",
        "type": "charge.refunded",
        "api_version": "2026-10-28.endive",
        "created": 1_790_000_000,
        "livemode": False,
        "data": {"object": charge},
    }
    return json.dumps(event).encode()


def signature(body: bytes, secret: str) -> str:
    import hashlib
    import hmac

    at = int(time.time())
    signed = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={signed.hexdigest()}"


# -- the development Stripe ----------------------------------------------------------


def measure_sandbox(folder: Path, checkouts: int) -> None:
    """Opened over the API and paid at the page, in one process, in a file."""
    from payments.sandbox.app import SandboxApp
    from tests.payments.sandbox.conftest import order
    from tests.payments.wsgi_http_client import BASE_URL, TEST_KEY, Payer, call

    app = SandboxApp(folder / "sandbox.sqlite3", "http://127.0.0.1:1/hook", "whsec_x")
    payer, body = Payer(app), flat(order())
    headers = {
        "Authorization": f"Bearer {TEST_KEY}",
        "Content-Type": "application/x-www-form-urlencoded",
    }

    def check_out() -> None:
        made = call(app, "POST", f"{BASE_URL}/v1/checkout/sessions", headers, body)
        assert made.status == 200, made.text
        assert payer.pay(json.loads(made.text)["url"]).status == 303

    check_out()
    for tenth in range(10):
        clock = Clock()
        for _ in range(checkouts // 10):
            check_out()
        say(f"checkouts, tenth {tenth + 1}", clock.lap(), checkouts // 10)
    app.close()


def flat(wanted: Any, name: str = "") -> str:
    """Nested parameters in the form of Stripe's wire."""
    from urllib.parse import urlencode

    def pairs(value: Any, path: str) -> Iterator[tuple[str, str]]:
        if isinstance(value, dict | list):
            items = value.items() if isinstance(value, dict) else enumerate(value)
            for key, inner in items:
                yield from pairs(inner, f"{path}[{key}]" if path else str(key))
        else:
            yield path, str(value)

    return urlencode(list(pairs(wanted, name)))


if __name__ == "__main__":
    main()
