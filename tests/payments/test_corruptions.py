"""Ten corruptions and more, planted past the guards: all three commands name each."""

from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from marketplace.ventures.models import JointVenture
from payments import checking
from payments.actions.closing import close_month
from payments.actions.transfers import confirm_transfer, record_transfer
from payments.models import (
    Currency,
    Document,
    DocumentSeries,
    Fee,
    LedgerEntry,
    LedgerTransaction,
    MonthClose,
    Share,
)
from payments.triggers import GUARDS
from tests.payments.officers import make_lead, make_officer
from tests.payments.rows import make_fee

pytestmark = pytest.mark.django_db


COMMANDS = ("check_ledger", "check_invariants", "reconcile_payments")


def told_by(command: str) -> str:
    """What a command says is wrong with money; it ends with an error if anything is.

    `check_invariants` also judges what our factories make without actions; its lines
    about money begin with I7.
    """
    told = StringIO()
    try:
        call_command(command, verbosity=0, stderr=told)
    except CommandError:
        lines = told.getvalue().splitlines()
        assert lines != []
    else:
        assert told.getvalue() == ""
        return ""
    if command == "check_invariants":
        lines = [line for line in lines if line.startswith("I7 ")]
    return "\n".join(lines)


@pytest.fixture
def books(stripe):
    """A fee of which one share is paid, and a closed month long ago."""
    fee = make_fee()
    share = fee.shares.first()
    payment = record_transfer(
        share,
        amount=share.due,
        reference="R",
        received_on=timezone.localdate(),
        by=make_officer(),
    )
    confirm_transfer(payment, by=make_officer())
    close_month(date(2020, 1, 1), by=make_lead())
    assert [told_by(command) for command in COMMANDS] == ["", "", ""]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # none may be pending
        for name, (table, *_rest) in GUARDS.items():
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}")
            else:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")


def leg_of_transfer():
    return LedgerEntry.objects.filter(account="bank_clearing")


def book_into_closed_month():
    """What was booked today, moved with all its figures into January 2020."""
    month = {"period": date(2020, 1, 1)}
    posting = LedgerTransaction.objects.filter(kind="transfer")
    LedgerEntry.objects.filter(transaction__in=posting).update(**month)
    posting.update(recorded_at=datetime(2020, 1, 9, tzinfo=UTC), **month)


CORRUPTIONS = {
    "a leg's month": (
        lambda: leg_of_transfer().update(period=date(2020, 2, 1)),
        "in other books",
    ),
    "a posting's month": (
        lambda: LedgerTransaction.objects.update(period=date(2020, 2, 1)),
        "booked outside it",
    ),
    "a posting in a closed month": (book_into_closed_month, "2020-01"),
    "an amount": (
        lambda: leg_of_transfer().update(amount_minor=F("amount_minor") + 1),
        "does not balance",
    ),
    "a leg": (lambda: leg_of_transfer().delete(), "fewer than two legs"),
    "a currency": (lambda: leg_of_transfer().update(currency="EUR"), "sums to"),
    "a share's state": (lambda: Share.objects.update(state="waived"), "not paid"),
    "too much": (lambda: Share.objects.update(is_overpaid=True), "share"),
    "a fee's state": (lambda: Fee.objects.update(state="settled"), "not issued"),
    "what is due": (
        lambda: Share.objects.update(due_minor=F("due_minor") + 1),
        "do not add up",
    ),
    "a document": (lambda: Document.objects.first().delete(), "gaps"),
    "a number": (
        lambda: DocumentSeries.objects.update(last_number=F("last_number") + 1),
        "gaps",
    ),
    "a document's words": (
        lambda: Document.objects.update(facts_hash="0" * 64),
        "not as it was issued",
    ),
    "a venture": (
        lambda: JointVenture.objects.update(status="active"),
        "never settled",
    ),
    "a currency's step": (
        lambda: Currency.objects.filter(code="JOD").update(step_minor=1),
        "JOD",
    ),
    "a closed month": (
        lambda: MonthClose.objects.update(figures=[["receivable", "USD", 1, 0, 0]]),
        "2020-01",
    ),
}


@pytest.mark.parametrize("planted", CORRUPTIONS)
def test_each_corruption_is_named_and_fails_the_command(books, planted):
    corrupt, words = CORRUPTIONS[planted]
    corrupt()
    found = [breach for breach in checking.breaches() if "guard" not in breach]
    assert [breach for breach in found if words in breach] != []
    for command in COMMANDS:
        assert words in told_by(command)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL keeps disabled ones"
)
def test_a_missing_guard_is_itself_a_breach(books):
    assert sum("guard" in breach for breach in checking.breaches()) == len(GUARDS)
