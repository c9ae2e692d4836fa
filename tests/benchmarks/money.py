"""What money costs: the webhook, a ledger of a million entries, the development Stripe.

    python tests/benchmarks/money.py webhook [--events 4000]
    python tests/benchmarks/money.py ledger [--entries 1000000]
    python tests/benchmarks/money.py sandbox [--checkouts 2000]

Makes a database of its own in a temporary folder; `DATABASE_URL` names another one that
is kept, so that a ledger once filled is measured again. Each part prints what it measured, and says so where the ledger breaks a rule.
See README.md.
"""

import argparse
import json
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.clock import Clock, Spent, say, show, timed  # noqa: E402

LEGS_A_FEE = 10  # raised in two legs, twice charged in two, twice settled in two
A_TIME = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=["webhook", "ledger", "sandbox"])
    parser.add_argument("--events", type=int, default=4_000)
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--checkouts", type=int, default=2_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.part == "sandbox":
            measure_sandbox(Path(folder), options.checkouts)
            return
        start_site(folder)
        if options.part == "webhook":
            measure_webhook(options.events)
        else:
            measure_ledger(options.entries // LEGS_A_FEE)


def start_site(folder: str) -> None:
    os.environ |= {
        "VAR_DIR": folder,
        "DJANGO_SETTINGS_MODULE": "cms.settings.dev",
        "DEBUG": "0",
    }
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("setup_site", verbosity=0)


# -- the webhook -------------------------------------------------------------------


def measure_webhook(events: int) -> None:
    """Signed events through the whole stack of middleware; then each of them again."""
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


# -- the ledger --------------------------------------------------------------------


def measure_ledger(fees: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from payments import books, checking, ledger
    from payments.models import LedgerEntry, Share
    from payments.modes import Mode

    clock = Clock()
    fill(fees)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    entries = LedgerEntry.objects.count()
    say(f"{entries:,} entries of {fees:,} fees written", clock.lap(), entries)
    some = list(Share.objects.order_by("public_id")[:500])
    show("what a share owes", [timed(lambda s=s: ledger.open_amount(s)) for s in some])
    show(
        "statement of a share", [timed(lambda s=s: books.statement_of(s)) for s in some]
    )
    month = timezone.localdate().replace(day=1)
    tell(
        "trial balance of a month",
        timed(lambda: books.trial_balance(Mode.SANDBOX, month)),
    )
    lines = sum(1 for _ in books.journal(Mode.SANDBOX, month))
    spent = timed(lambda: sum(1 for _ in books.journal(Mode.SANDBOX, month)))
    tell(f"journal of a month, {lines:,} lines", spent)
    found: list[str] = []
    tell("all invariants", timed(lambda: found.extend(checking.breaches())))
    print(f"{len(found)} breaches {found[:3]}")


def tell(what: str, spent: Spent) -> None:
    print(f"{what}: {spent.wall:.2f} s, CPU {spent.cpu:.2f} s")


def fill(fees: int) -> None:
    """Paid fees of two shares over five years, as the site's own acts would leave them."""
    from payments.models import Fee
    from tests.payments.rows import make_fee

    known = Fee.objects.count()
    model = Fee.objects.order_by("pk").first() or make_fee()
    for first in range(max(known - 1, 0), fees, A_TIME):
        write(list(range(first, min(first + A_TIME, fees))), model, fees)


def write(numbers: list[int], model: Any, fees: int) -> None:
    from django.db import transaction

    from marketplace.ventures.models import JointVenture, VentureParty
    from payments.models import Fee, PaymentAttempt, Share

    shares = list(model.shares.select_related("party"))
    with transaction.atomic():
        ventures = JointVenture.objects.bulk_create(
            again(model.venture, status="active") for _ in numbers
        )
        raised = Fee.objects.bulk_create(
            again(model, venture=venture, state="settled", settled_at=day(n, fees))
            for n, venture in zip(numbers, ventures, strict=True)
        )
        parties = VentureParty.objects.bulk_create(
            again(share.party, venture=venture)
            for venture in ventures
            for share in shares
        )
        whose = [(fee, share) for fee in raised for share in shares]
        owed = Share.objects.bulk_create(
            again(share, fee=fee, party=party, reference=None, state="paid")
            for (fee, share), party in zip(whose, parties, strict=True)
        )
        paid = PaymentAttempt.objects.bulk_create(
            PaymentAttempt(
                share=share,
                amount_minor=share.due_minor,
                currency_id="USD",
                state="succeeded",
                language="en",
                intent_id=f"pi_{uuid.uuid4()}",
                mode="sandbox",
                started_by_id=model.venture.proposed_by_id,
            )
            for share in owed
        )
        book(list(facts(numbers, raised, owed, paid, fees)))


def again(row: Any, **changes: Any) -> Any:
    """The same row once more, under names of its own."""
    import copy

    other = copy.copy(row)
    other._state = copy.copy(row._state)
    other._state.adding, other.pk, other.public_id = True, None, uuid.uuid4()
    for name, value in changes.items():
        setattr(other, name, value)
    return other


def day(number: int, fees: int) -> Any:
    from django.utils import timezone

    return timezone.now() - timedelta(days=1_800 * (1 - number / fees))


def facts(
    numbers: list[int], raised: list[Any], owed: list[Any], paid: list[Any], fees: int
) -> Iterator[tuple[dict[str, Any], list[tuple[str, int]]]]:
    """(header, legs) of every posting; the five of a fee follow one another."""
    for place, (number, fee) in enumerate(zip(numbers, raised, strict=True)):
        at = {"occurred_at": day(number, fees), "recorded_at": day(number, fees)}
        at |= {"mode": "sandbox", "fee": fee}
        total = fee.total_minor
        key = f"fee:{fee.public_id}"
        legs = [("receivable", total), ("fee_income", -total)]
        yield at | {"key": key, "kind": "fee", "source": "system"}, legs
        both = zip(owed[2 * place :][:2], paid[2 * place :][:2], strict=True)
        for share, attempt in both:
            due, name = share.due_minor, attempt.intent_id
            mine = at | {"source": "stripe", "attempt": attempt}
            legs = [("stripe_clearing", due), ("receivable", -due)]
            yield (
                mine | {"key": f"charge:{name}", "kind": "charge", "share": share},
                legs,
            )
            legs = [("processor_fees", 40), ("stripe_clearing", -40)]
            rate = {"key": f"bt:{name}", "kind": "settlement", "fee": None}
            yield mine | rate, legs


def book(found: list[tuple[dict[str, Any], list[tuple[str, int]]]]) -> None:
    """In bulk, legs before headers: the guards of the ledger look at each."""
    from payments.models import LedgerEntry, LedgerTransaction

    headers = [LedgerTransaction(**header) for header, _legs in found]
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            transaction_id=header.pk,
            account=account,
            currency_id="USD",
            amount_minor=amount,
        )
        for header, (_words, legs) in zip(headers, found, strict=True)
        for account, amount in legs
    )
    LedgerTransaction.objects.bulk_create(headers)


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
