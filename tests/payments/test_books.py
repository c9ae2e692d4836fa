"""Months: what was booked in them adds up, goes along as a table, and stays."""

import csv
import io
import uuid
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from marketplace.exceptions import NotAllowed
from marketplace.money import Money
from marketplace.spreadsheets import as_csv, safe_cell
from payments import books, checking, ledger
from payments.actions.adjustments import approve_waiver, request_adjustment
from payments.actions.closing import close_month
from payments.actions.transfers import confirm_transfer, record_transfer
from payments.exceptions import AlreadyClosed, BooksNotWhole, MonthNotOver
from payments.models import LedgerEntry, LedgerTransaction, MonthClose, Share
from payments.modes import Mode
from payments.roles import statements
from payments.triggers import APPEND_ONLY
from tests.payments.officers import make_lead, make_officer
from tests.payments.rows import make_fee

pytestmark = pytest.mark.django_db


def post(key, minor, when):
    """A posting that was booked at another time, legs first as always."""
    chosen, period = uuid.uuid4(), when.date().replace(day=1)
    for account, amount in (("bank_clearing", minor), ("suspense", -minor)):
        LedgerEntry.objects.create(
            transaction_id=chosen,
            account=account,
            currency_id="USD",
            amount_minor=amount,
            mode=Mode.SANDBOX,
            period=period,
        )
    LedgerTransaction.objects.create(
        id=chosen,
        key=key,
        kind="correction",
        occurred_at=when,
        recorded_at=when,
        period=period,
        mode=Mode.SANDBOX,
        source="staff",
    )


@pytest.fixture
def two_months():
    make_fee()
    post("x:1", 10_00, datetime(2026, 1, 31, 23, 59, tzinfo=UTC))
    post("x:2", 5_00, datetime(2026, 2, 1, 0, 0, tzinfo=UTC))


def figures(month):
    lines = books.trial_balance(Mode.SANDBOX, month)
    return {
        line.account: (line.opening.minor, line.debit.minor, line.credit.minor)
        for line in lines
    }


def test_a_month_holds_what_was_booked_from_its_first_moment_to_its_last(two_months):
    assert figures(date(2026, 1, 15)) == {
        "bank_clearing": (0, 10_00, 0),
        "suspense": (0, 0, 10_00),
    }
    assert figures(date(2026, 2, 1)) == {
        "bank_clearing": (10_00, 5_00, 0),
        "suspense": (-10_00, 0, 5_00),
    }
    assert figures(date(2025, 12, 1)) == {}


def test_a_month_is_the_same_after_closed_ones_as_from_the_beginning(two_months):
    january, february = date(2026, 1, 1), date(2026, 2, 1)
    counted = books.trial_balance(Mode.SANDBOX, february)
    close_month(january, by=make_lead())
    assert books.trial_balance(Mode.SANDBOX, february) == counted
    close_month(february, by=make_lead())
    assert list(books.altered_months()) == []


def test_every_trial_balance_sums_to_zero(two_months):
    for month in (date(2026, 1, 1), date(2026, 2, 1), timezone.localdate()):
        lines = books.trial_balance(Mode.SANDBOX, month)
        assert sum(line.closing.minor for line in lines) == 0


def test_the_journal_names_every_leg_and_adds_up(two_months):
    rows = list(books.journal(Mode.SANDBOX, timezone.localdate()))
    header, *legs = (dict(zip(rows[0], row, strict=True)) for row in rows)
    assert [leg["account"] for leg in legs] == ["receivable", "fee_income"]
    assert {leg["mode"] for leg in legs} == {"SANDBOX – no real money"}
    debit, credit = (
        sum(leg[side] for leg in legs if leg[side]) for side in ("debit", "credit")
    )
    assert debit == credit == Money(240_00, "USD").amount
    assert header["key"] == "key"


def test_a_statement_of_a_share_ends_in_what_is_open():
    share = make_fee().shares.first()
    request = request_adjustment(
        share, kind="waiver", amount=Money(20_00, "USD"), note="x", by=make_officer()
    )
    approve_waiver(request, by=make_officer())
    payment = record_transfer(
        share,
        amount=Money(30_00, "USD"),
        reference="R",
        received_on=timezone.localdate(),
        by=make_officer(),
    )
    confirm_transfer(payment, by=make_officer())
    lines = books.statement_of(Share.objects.get(pk=share.pk))
    assert [line.balance.minor for line in lines] == [120_00, 100_00, 70_00]
    assert lines[-1].balance == ledger.open_amount(share)


# -- closing --------------------------------------------------------------------------


def test_a_month_that_is_over_is_closed_once_by_a_lead(two_months):
    closed = close_month(date(2026, 1, 9), by=make_lead())
    assert closed.month == date(2026, 1, 1)
    assert ["bank_clearing", "USD", 0, 10_00, 0] in closed.figures
    with pytest.raises(AlreadyClosed):
        close_month(date(2026, 1, 1), by=make_lead())
    assert list(checking.breaches()) == []


def test_this_month_is_not_over_and_a_payer_closes_nothing(two_months):
    with pytest.raises(MonthNotOver):
        close_month(timezone.localdate(), by=make_lead())
    share = Share.objects.first()
    payer = share.party.organisation.memberships.get().user
    with pytest.raises(NotAllowed):
        close_month(date(2026, 1, 1), by=payer)


def test_a_broken_ledger_closes_no_month(two_months):
    Share.objects.update(state="paid")
    with pytest.raises(BooksNotWhole):
        close_month(date(2026, 1, 1), by=make_lead())


def test_the_database_books_nothing_into_a_closed_month(two_months):
    close_month(date(2026, 1, 1), by=make_lead())
    with pytest.raises(DatabaseError, match="closed month"), transaction.atomic():
        post("x:3", 1_00, datetime(2026, 1, 20, tzinfo=UTC))
    post("x:4", 1_00, datetime(2026, 2, 20, tzinfo=UTC))


def test_the_database_keeps_a_closed_month(two_months):
    closed = close_month(date(2026, 1, 1), by=make_lead())
    for change in (
        lambda: MonthClose.objects.update(figures=[]),
        closed.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# -- tables nobody can bend -----------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1+cmd|' /C calc'!A0", "'-1+cmd|' /C calc'!A0"),
        ("+972", "'+972"),
        ("\t=1", "'\t=1"),
        ("-12.50", "-12.50"),
        ("12.50", "12.50"),
        ("\u202e=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("＠SUM(A1)", "'＠SUM(A1)"),
        ("plain", "plain"),
    ],
)
def test_no_cell_runs(value, cell):
    assert safe_cell(value) == cell


@pytest.mark.parametrize("word", ["שלום-12", "سلام (3)"])
def test_right_to_left_words_keep_to_their_cell(word):
    assert safe_cell(word) == f"\u2068{word}\u2069"


def test_a_table_is_read_back_as_it_was():
    content = as_csv([("a", 1), ("שלום", "x,y\nz")])
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [["a", "1"], ["\u2068שלום\u2069", "x,y\nz"]]


# -- the role of the site -------------------------------------------------------------


@pytest.mark.skipif(connection.vendor != "postgresql", reason="no roles on SQLite")
def test_the_sites_role_reads_and_adds_and_no_more():
    make_fee()
    with connection.cursor() as cursor:
        cursor.execute("DROP ROLE IF EXISTS site_of_tests")
        cursor.execute("CREATE ROLE site_of_tests")
        for statement in statements('"site_of_tests"'):
            cursor.execute(statement)
        cursor.execute("SET ROLE site_of_tests")
        try:
            cursor.execute(f"SELECT count(*) FROM {APPEND_ONLY[0]}")
            for table in APPEND_ONLY:
                for act in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
                    with (
                        pytest.raises(DatabaseError, match="permission denied"),
                        transaction.atomic(),
                    ):
                        cursor.execute(act)
        finally:
            cursor.execute("RESET ROLE")
            cursor.execute("DROP OWNED BY site_of_tests")
            cursor.execute("DROP ROLE site_of_tests")
