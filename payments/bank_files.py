"""Statements of a bank as CSV: decoded, read line by line, nothing guessed; pure."""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from marketplace.money import UNITS, Money

ENCODINGS = ("utf-8-sig", "cp1255", "cp1256")
COLUMNS = {
    "date": ("date", "value date", "תאריך", "תאריך ערך", "التاريخ", "تاريخ"),
    "amount": ("amount", "credit", "סכום", "זכות", "المبلغ", "دائن"),
    "currency": ("currency", "מטבע", "العملة"),
    "details": ("details", "description", "reference", "פרטים", "تفاصيل", "البيان"),
}
DATES = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y")
MOST_LINES = 5_000
LONGEST_AMOUNT = 20
BLANKS = dict.fromkeys(map(ord, " \u00a0\u202f"))
# How an amount may be written, its sign between groups and the one before decimals.
FORMS = (
    (re.compile(r"-?(\d+|\d{1,3}(,\d{3})+|(?=\.))(\.\d+)?"), ",", "."),
    (re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+),\d+"), ".", ","),
)
MARKS = dict.fromkeys(
    map(ord, "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
)


class Unreadable(ValueError):
    """The file is no table with a date, an amount and details in an encoding we know."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line; `fault` says what is wrong with it, then date and amount may be None.

    `checksum` names the line for ever: its words, and its count among equal lines.
    """

    number: int
    text: str
    checksum: str
    details: str = ""
    value_on: date | None = None
    amount: Money | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    checksum: str
    encoding: str
    lines: tuple[StatementLine, ...]


def read_statement(content: bytes, *, currency: str) -> Statement:
    """The statement in a file; Unreadable where it is none.

    `currency` is that of the account, for files whose lines do not name one.
    """
    try:
        text, encoding = _decoded(content)
        rows = _rows(text)
    except csv.Error as error:
        raise Unreadable("no table") from error
    if len(rows) > MOST_LINES:
        raise Unreadable("too many lines")
    places = _places(rows[0]) if rows else {}
    if not {"date", "amount", "details"} <= places.keys():
        raise Unreadable("no column of dates, amounts or details")
    return Statement(
        checksum=hashlib.sha256(content).hexdigest(),
        encoding=encoding,
        lines=tuple(_lines(rows[1:], places, currency)),
    )


def _decoded(content: bytes) -> tuple[str, str]:
    """UTF-8 where it is valid, else the code page in which the header is known."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise Unreadable("no text")
        first = next(iter(_rows(text)), [])
        if {"date", "amount", "details"} <= _places(first).keys():
            return text.translate(MARKS), encoding.removesuffix("-sig")
    raise Unreadable("no encoding fits")


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), _dialect(text)))


def _dialect(text: str) -> type[csv.Dialect]:
    first = text.partition("\n")[0]
    counts = {sign: first.count(sign) for sign in ",;\t"}

    class Found(csv.excel):
        delimiter = max(counts, key=lambda sign: counts[sign])

    return Found


def _places(header: list[str]) -> dict[str, int]:
    names = [cell.translate(MARKS).strip().lower() for cell in header]
    return {
        column: names.index(name)
        for column, known in COLUMNS.items()
        for name in known
        if name in names
    }


def _lines(
    rows: list[list[str]], places: dict[str, int], currency: str
) -> Iterator[StatementLine]:
    seen: Counter[str] = Counter()
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        text = " | ".join(cell.strip() for cell in row)
        seen[text] += 1
        checksum = hashlib.sha256(f"{seen[text]} {text}".encode()).hexdigest()
        yield _line(number, text, checksum, row, places, currency)


def _line(
    number: int,
    text: str,
    checksum: str,
    row: list[str],
    places: dict[str, int],
    currency: str,
) -> StatementLine:
    if len(row) <= max(places.values()):
        return StatementLine(number, text, checksum, fault="cells are missing")
    cells = {column: row[place].strip() for column, place in places.items()}
    code = (cells.get("currency") or currency).upper()
    value_on, amount = _day(cells["date"]), _amount(cells["amount"], code)
    fault = ""
    if value_on is None:
        fault = "no date"
    elif amount is None:
        fault = "no amount in a currency of ours"
    elif amount.minor <= 0:
        fault = "nothing came in"
    return StatementLine(
        number, text, checksum, cells["details"], value_on, amount, fault
    )


def _day(text: str) -> date | None:
    for form in DATES:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a bank's day
        except ValueError:
            continue
    return None


def _amount(text: str, code: str) -> Money | None:
    """`1,234.50`, `1 234.50`, `1.234,50` or `1234,50`; None where it is none, or two.

    A group has three digits, and no currency more decimals than it has: so `1,234` is a
    thousand shekels and more, but might be one dinar and a part, which nobody guesses.
    """
    if code not in UNITS or len(text) > LONGEST_AMOUNT:
        return None
    plain = text.translate(BLANKS)
    readings = set()
    for form, group, point in FORMS:
        if form.fullmatch(plain):
            number = plain.replace(group, "").replace(point, ".")
            if len(number.partition(".")[2]) <= UNITS[code].exponent:
                readings.add(Money.from_major(number, code))
    return readings.pop() if len(readings) == 1 else None
