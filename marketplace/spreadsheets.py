"""Cells that no spreadsheet runs and no line of text turns round; pure."""

import csv
import io
from collections.abc import Iterable, Sequence

# A cell that begins so is a formula to Excel, LibreOffice or Sheets; some read the wide
# forms of East Asian keyboards alike.
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TURNING = dict.fromkeys(
    [0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
FIRST_STRONG, POP = "\u2068", "\u2069"


def safe_cell(value: str) -> str:
    """The text, harmless: no formula, and right-to-left words keep to their cell.

    Numbers stay numbers: a minus before digits alone is no formula.
    """
    if value.isascii() and value[:1].isalnum():
        return value  # most cells of a long table
    text = value.translate(TURNING)
    if text.startswith(FORMULAS) and not _is_number(text):
        text = f"'{text}"
    if any("\u0590" <= sign <= "\u08ff" for sign in text):
        text = f"{FIRST_STRONG}{text}{POP}"
    return text


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdecimal() and text.count("-") <= 1


def as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """A table every spreadsheet opens in UTF-8, each cell harmless."""
    text = io.StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([safe_cell(str(cell)) for cell in row])
    return text.getvalue().encode("utf-8-sig")
