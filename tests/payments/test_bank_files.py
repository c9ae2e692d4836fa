"""Statements in three encodings, with whatever else a bank puts into them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.money import Money
from payments.bank_files import Unreadable, read_statement

HEADER = "Date,Amount,Currency,Details\n"
HEBREW = "תאריך;סכום;פרטים\n02/11/2026;1,234.50;העברה מבית הבד\n"
ARABIC = "التاريخ;المبلغ;البيان\n02.11.2026;240.50;حوالة من المعصرة\n"


def lines_of(text, currency="USD"):
    return read_statement(text.encode(), currency=currency).lines


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1255"])
def test_hebrew_is_read_in_both_its_encodings(encoding):
    statement = read_statement(HEBREW.encode(encoding), currency="ILS")
    (line,) = statement.lines
    assert line.details == "העברה מבית הבד"
    assert (line.value_on, line.amount) == (date(2026, 11, 2), Money(1234_50, "ILS"))
    assert statement.encoding == encoding.removesuffix("-sig")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256"])
def test_arabic_is_read_in_both_its_encodings(encoding):
    (line,) = read_statement(ARABIC.encode(encoding), currency="JOD").lines
    assert line.details == "حوالة من المعصرة"
    assert line.amount == Money(240_500, "JOD")


def test_marks_of_direction_do_not_stand_in_the_way():
    (line,) = lines_of(HEADER + "2026-11-02,\u200e120.00\u200f,USD,\u2067GJ\u2069\n")
    assert (line.amount, line.details) == (Money(120_00, "USD"), "GJ")


@pytest.mark.parametrize(
    ("amount", "minor"),
    [
        *[("120", 12000), ("1 234.5", 123450), ("1234,50", 123450), ("1,234", 123400)],
        *[("150,5", 15050), ("1.230,00", 123000), ("1.234.567,80", 123456780)],
        *[("1,234,567.80", 123456780), (".50", 50), ("٥٠", 5000)],
    ],
)
def test_amounts_are_read_as_banks_write_them(amount, minor):
    (line,) = lines_of(f"Date;Amount;Details\n2026-11-02;{amount};x\n")
    assert line.amount == Money(minor, "USD")


@pytest.mark.parametrize(
    ("amount", "minor"), [("240.500", 240_500), ("1.240,5", 1_240_500), ("7,25", 7_250)]
)
def test_dinars_have_three_decimals(amount, minor):
    (line,) = lines_of(f"Date;Amount;Details\n2026-11-02;{amount};x\n", "JOD")
    assert line.amount == Money(minor, "JOD")


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        *[("1.500", "ILS"), ("1,2,3", "ILS"), ("12,34.50", "ILS"), ("1.23,450", "ILS")],
        *[("1,240", "JOD"), ("1234,500", "ILS"), ("--5", "ILS"), (".", "ILS")],
        *[("9" * 19 + ",99", "ILS"), ("9" * 5000, "ILS"), ("", "ILS"), ("1e5", "ILS")],
    ],
    ids=lambda value: value[:8],
)
def test_an_amount_that_is_none_or_could_be_two_is_left_to_a_person(amount, currency):
    (line,) = lines_of(f"Date;Amount;Details\n2026-11-02;{amount};x\n", currency)
    assert (line.amount, line.fault) == (None, "no amount in a currency of ours")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("02/13/2026,1,USD,x", "no date"),
        ("2026-11-02,abc,USD,x", "no amount in a currency of ours"),
        ("2026-11-02,1.005,USD,x", "no amount in a currency of ours"),
        ("2026-11-02,1,GBP,x", "no amount in a currency of ours"),
        ("2026-11-02,-5,USD,x", "nothing came in"),
        ("2026-11-02", "cells are missing"),
    ],
)
def test_a_broken_row_says_what_is_wrong_and_the_others_are_read(row, fault):
    broken, good = lines_of(f"{HEADER}{row}\n2026-11-03,7,USD,y\n")
    assert broken.fault == fault
    assert good.amount == Money(700, "USD")


def test_equal_lines_of_one_day_are_two_and_the_same_line_in_two_files_is_one():
    row = "2026-11-02,120.00,USD,GJ\n"
    first, later = lines_of(HEADER + row + row), lines_of(HEADER + "\n" + row)
    assert len({line.checksum for line in first}) == 2
    assert later[0].checksum == first[0].checksum


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"PK\x03\x04",
        b"a,b,c\n1,2,3\n",
        b"Date,Amount\n1,2\n",
        b"Date,Amount,Details\n" + b"2026-01-01,1,x\n" * 5001,
    ],
    ids=["empty", "utf-16", "zip", "other", "columns", "long"],
)
def test_what_is_no_statement_is_refused(content):
    with pytest.raises(Unreadable):
        read_statement(content, currency="USD")


@given(st.binary(max_size=200))
def test_no_file_is_worse_than_unreadable(content):
    with suppress(Unreadable):
        read_statement(content, currency="USD")
