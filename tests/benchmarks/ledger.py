"""What a ledger of a million entries costs: a share's balance, a month, every rule.

    python tests/benchmarks/ledger.py [--entries 1000000]

Makes a database of its own in a temporary folder; `DATABASE_URL` names another one that
is kept, and `VAR_DIR` the folder of its keys, so that a ledger once filled is measured
again. Says so where the ledger breaks
a rule. See README.md.
"""

import argparse
import sys
import tempfile
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.clock import Clock, Spent, say, show, timed  # noqa: E402
from tests.benchmarks.money import start_site  # noqa: E402

LEGS_A_FEE = 10  # raised in two legs, twice charged in two, twice settled in two
A_TIME = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start_site(folder)
        measure_ledger(options.entries // LEGS_A_FEE)


def measure_ledger(fees: int) -> None:
    from django.db import connection
    from django.utils import timezone

    from payments import books, checking, ledger
    from payments.models import Document, LedgerEntry, LedgerTransaction, Share

    clock = Clock()
    fill(fees)
    issue_all()
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
    middle = LedgerTransaction.objects.order_by("recorded_at")[entries // 4]
    month = timezone.localtime(middle.recorded_at).date().replace(day=1)
    show_month("before any was closed", month)
    close_months_until(month)
    show_month("with closed ones behind it", month)
    found: list[str] = []
    papers = timed(lambda: found.extend(checking._documents()))
    tell(f"of them {Document.objects.count():,} documents", papers)
    tell("all invariants", timed(lambda: found.extend(checking.breaches())))
    print(f"{len(found)} breaches {found[:3]}")


def show_month(when: str, month: date) -> None:
    from payments import books
    from payments.modes import Mode

    spent = timed(lambda: books.trial_balance(Mode.SANDBOX, month))
    tell(f"trial balance of a month, {when}", spent)
    lines = 0

    def read() -> None:
        nonlocal lines
        lines = sum(1 for _ in books.journal(Mode.SANDBOX, month))

    spent = timed(read)
    tell(f"its journal of {lines:,} lines", spent)


def close_months_until(month: date) -> None:
    """Each month before, as finance would have closed it; not one by one checked."""
    from marketplace.people.models import User
    from payments import books
    from payments.models import MonthClose
    from payments.modes import Mode

    at = date(month.year - 5, month.month, 1)
    while at < month:
        MonthClose.objects.get_or_create(
            mode=Mode.SANDBOX,
            month=at,
            defaults={
                "figures": [x.figures() for x in books.trial_balance(Mode.SANDBOX, at)],
                "closed_by": User.objects.first(),
            },
        )
        at = date(at.year + at.month // 12, at.month % 12 + 1, 1)


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


def issue_all() -> None:
    """An invoice and a receipt for each share that has none, as `payments.issuing` would."""
    from payments.models import DocumentSeries, LedgerTransaction, Share

    series = [
        DocumentSeries.objects.get_or_create(kind=kind, mode="sandbox", year=2026)[0]
        for kind in ("invoice", "receipt")
    ]
    kinds = LedgerTransaction.objects.filter(kind__in=["fee", "charge"])
    while shares := list(
        Share.objects.filter(documents=None, state="paid").order_by("pk")[:A_TIME]
    ):
        raised = kinds.filter(fee__in={share.fee_id for share in shares})
        of_fee = {each.fee_id: each for each in raised if each.kind == "fee"}
        of_share = {each.share_id: each for each in raised if each.kind == "charge"}
        issue(
            [(share, of_fee[share.fee_id], of_share[share.pk]) for share in shares],
            series,
        )


def issue(rows: list[Any], series: list[Any]) -> None:
    from django.db import transaction

    from marketplace.people.sealing import unseal
    from payments.issuing import hash_of
    from payments.models import Document

    documents = []
    for share, *postings in rows:
        for line, posting in zip(series, postings, strict=True):
            line.last_number += 1
            reference = f"SANDBOX-{line.kind[0]}-{line.last_number}"
            document = Document(
                kind=line.kind,
                series=line,
                number=line.last_number,
                reference=reference,
                share=share,
                posting=posting,
                currency_id="USD",
                amount_minor=share.due_minor,
            )
            document.facts = {
                "reference": reference,
                "payer": "Olive Mill and Sons for Trade and Industry Ltd",
                "amount_minor": share.due_minor,
                "filler": "x" * 400,  # the facts of a document are some 600 bytes
            }
            document.facts_hash = hash_of(unseal(document.sealed_facts))
            documents.append(document)
    with transaction.atomic():
        Document.objects.bulk_create(documents)
        for line in series:
            line.save()


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
    from payments.models.ledger import period_of

    headers = [
        LedgerTransaction(**header, period=period_of(header["recorded_at"]))
        for header, _legs in found
    ]
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            transaction_id=header.pk,
            account=account,
            currency_id="USD",
            amount_minor=amount,
            mode=header.mode,
            period=header.period,
        )
        for header, (_words, legs) in zip(headers, found, strict=True)
        for account, amount in legs
    )
    LedgerTransaction.objects.bulk_create(headers)


if __name__ == "__main__":
    main()
