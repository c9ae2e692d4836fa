"""Documents as PDF in English, Hebrew and Arabic, with their fonts inside.

A pure function of frozen facts. fpdf2 writes the pages, HarfBuzz shapes the text;
the fonts are the site's own Rubik, unpacked once a process.
"""

import json
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency
from django.contrib.staticfiles import finders
from django.utils import translation
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from fpdf import FPDF

from marketplace.money import Money
from payments.models.documents import DocumentKind
from payments.modes import Mode

SCRIPTS = ("latin", "hebrew", "arabic")
WEIGHTS = {"": 400, "B": 700}
SHAPING: dict[str, dict[str, Any]] = {
    "en": {"direction": "ltr", "script": "Latn", "language": "eng"},
    "he": {"direction": "rtl", "script": "Hebr", "language": "heb"},
    "ar": {"direction": "rtl", "script": "Arab", "language": "ara"},
}
OWN_SCRIPT = {"en": "latin", "he": "hebrew", "ar": "arabic"}
LOCALES = {"en": "en_GB", "he": "he_IL", "ar": "ar_PS"}
MARGIN, WIDTH, LINE = 22, 166, 8  # millimetres of an A4 page
INK, QUIET, WARNING = (27, 36, 48), (91, 100, 114), (150, 60, 0)


@lru_cache(maxsize=1)
def _fonts() -> dict[tuple[str, str], str]:
    """(script, style) → a file with that cut of the site's font."""
    folder = Path(tempfile.mkdtemp(prefix="documents-"))
    files = {}
    for script in SCRIPTS:
        source = finders.find(f"cms/fonts/rubik-{script}.woff2")
        for style, weight in WEIGHTS.items():
            font = TTFont(str(source))
            font.flavor = None
            instantiateVariableFont(font, {"wght": weight}, inplace=True)
            path = folder / f"{script}-{weight}.ttf"
            font.save(path)
            files[script, style] = str(path)
    return files


def render(facts: dict[str, Any], language: str) -> bytes:
    """The PDF of a document in one of the three languages."""
    return _drawn(json.dumps(facts, sort_keys=True), language)


@lru_cache(maxsize=32)
def _drawn(facts: str, language: str) -> bytes:
    """Facts are frozen, so who asks again gets what was drawn (.1 CPU-s a page)."""
    with translation.override(language):
        page = _Page(language, json.loads(facts))
        page.draw()
        return bytes(page.pdf.output())


@dataclass(frozen=True, slots=True)
class _Line:
    """What is `written` by people runs in its own direction, as `dir="auto"` does."""

    label: str
    value: str
    written: bool = False


class _Page:
    """One A4 page, mirrored where the language runs right to left."""

    def __init__(self, language: str, facts: dict[str, Any]) -> None:
        self.language, self.facts = language, facts
        self.is_rtl = language != "en"
        self.is_of_seat = facts["what"] == "seat"
        self.start, self.end = ("R", "L") if self.is_rtl else ("L", "R")
        self.pdf = FPDF(format="A4")
        self.pdf.set_margin(MARGIN)
        self.pdf.set_lang(language)
        self.pdf.set_title(facts["reference"])
        issued = date.fromisoformat(facts["issued_on"])
        # The same facts give the same file, whenever it is made.
        self.pdf.set_creation_date(datetime.combine(issued, time(), tzinfo=UTC))
        for (script, style), path in _fonts().items():
            self.pdf.add_font(script, style, path)
        others = [script for script in SCRIPTS if script != OWN_SCRIPT[language]]
        self.pdf.set_fallback_fonts(others, exact_match=False)
        self.pdf.add_page()

    def draw(self) -> None:
        kind = DocumentKind(self.facts["kind"])
        issuer = self.facts["issuer"]
        self._write(issuer["name"], size=13, style="B", written=True)
        if issuer["address"]:
            self._write(issuer["address"], size=9, colour=QUIET, written=True)
        for text in self._tax_numbers():
            self._write(text, size=9, colour=QUIET)
        self.pdf.ln(6)
        self._mark()
        self._write(_title(kind), size=22, style="B")
        self.pdf.ln(3)
        for line in self._lines(kind):
            self._row(line)
        self.pdf.ln(4)
        self._write(_sentence(kind, of_seat=self.is_of_seat), size=10)
        self.pdf.ln(4)
        note = _("Made by a computer and valid without a signature.")
        self._write(note, size=8, colour=QUIET)

    def _mark(self) -> None:
        """No real money: said in words, before anything else is."""
        mode = Mode(self.facts["mode"])
        if not mode.is_live:
            self._write(str(mode.label), size=16, style="B", colour=WARNING)
            self.pdf.ln(2)

    def _tax_numbers(self) -> list[str]:
        issuer = self.facts["issuer"]
        numbers = (
            (_("Dealer number"), issuer["dealer_number"]),
            (_("VAT number"), issuer["vat_number"]),
        )
        return [f"{label}: {value}" for label, value in numbers if value]

    def _lines(self, kind: DocumentKind) -> list[_Line]:
        facts = self.facts
        lines = [
            _Line(_("Number"), facts["reference"]),
            _Line(_("Date"), self._day(facts["issued_on"])),
            _Line(_("Issued to"), facts["payer"], written=True),
            _Line(_("Registration number"), facts["payer_registration"], written=True),
            _Line(_("What"), self._what()),
            _Line(_("To the invoice"), facts["invoice"]),
        ]
        if kind == DocumentKind.INVOICE and not self.is_of_seat:
            lines.append(_Line(_("Due on"), self._day(facts["due_on"])))
        else:
            lines.append(_Line(_("Booked on"), self._day(facts["occurred_on"])))
        lines += [_Line(_("Way"), self._way()), *self._amounts()]
        return [line for line in lines if line.value]

    def _amounts(self) -> list[_Line]:
        total = Money(self.facts["amount_minor"], self.facts["currency"])
        percent = self.facts["vat_percent"]
        if not percent:
            return [_Line(_("Amount"), self._money(total))]
        net, vat = total.split([100, percent])
        return [
            _Line(_("Without VAT"), self._money(net)),
            _Line(_("VAT %(percent)s%%") % {"percent": percent}, self._money(vat)),
            _Line(_("Amount"), self._money(total)),
        ]

    def _what(self) -> str:
        return _("Investor seat") if self.is_of_seat else _("Share of a programme fee")

    def _way(self) -> str:
        words = {
            "stripe_checkout": _("card"),
            "bank_transfer": _("bank transfer"),
            "cash": _("cash"),
        }
        return words.get(self.facts["way"], "")

    def _day(self, iso: str) -> str:
        day = date.fromisoformat(iso)
        return format_date(day, format="long", locale=LOCALES[self.language])

    def _money(self, amount: Money) -> str:
        """Number, then code: a sign of the currency may be foreign to the font."""
        number = format_currency(
            amount.amount,
            amount.currency,
            "#,##0.00" if amount.unit.exponent == 2 else "#,##0.000",
            locale="en",
            currency_digits=False,
        )
        return f"{number} {amount.currency}"

    # -- drawing ------------------------------------------------------------------

    def _font(self, size: float, style: str, colour: tuple[int, int, int]) -> None:
        self.pdf.set_font(OWN_SCRIPT[self.language], style, size)
        self.pdf.set_text_color(*colour)

    def _write(
        self,
        text: str,
        *,
        size: float,
        style: str = "",
        colour: tuple[int, int, int] = INK,
        written: bool = False,
    ) -> None:
        self._font(size, style, colour)
        self._shape(written=written)
        self.pdf.multi_cell(
            WIDTH, size * 0.5, text, align=self.start, new_x="LMARGIN", new_y="NEXT"
        )

    def _shape(self, *, written: bool) -> None:
        """By the language's direction; by its first letter what people wrote."""
        own = {"direction": None} if written else {}
        self.pdf.set_text_shaping(True, **(SHAPING[self.language] | own))

    def _row(self, line: _Line) -> None:
        """Label at the start of the line, value at its end, a rule beneath."""
        top = self.pdf.get_y()
        third = WIDTH / 3
        self.pdf.set_xy(MARGIN + (WIDTH - third if self.is_rtl else 0), top)
        self._font(10, "", QUIET)
        self._shape(written=False)
        self.pdf.cell(third, LINE, line.label, align=self.start)
        self.pdf.set_xy(MARGIN + (0 if self.is_rtl else third), top)
        self._font(11, "B", INK)
        self._shape(written=line.written)
        self.pdf.multi_cell(WIDTH - third, LINE, line.value, align=self.end)
        bottom = max(self.pdf.get_y(), top + LINE)
        self.pdf.set_draw_color(220, 222, 226)
        self.pdf.line(MARGIN, bottom, MARGIN + WIDTH, bottom)
        self.pdf.set_xy(MARGIN, bottom)


def _title(kind: DocumentKind) -> str:
    return {
        DocumentKind.INVOICE: _("Invoice"),
        DocumentKind.RECEIPT: _("Receipt"),
        DocumentKind.CREDIT_NOTE: _("Credit note"),
        DocumentKind.WAIVER_LETTER: _("Waiver letter"),
    }[kind]


def _sentence(kind: DocumentKind, *, of_seat: bool) -> str:
    if of_seat and kind == DocumentKind.INVOICE:
        return _("The programme asks this amount for the seat. It has been paid.")
    return {
        DocumentKind.INVOICE: _(
            "This amount is to be paid to the programme by the day named above."
        ),
        DocumentKind.RECEIPT: _("The programme has received this amount."),
        DocumentKind.CREDIT_NOTE: _(
            "The programme has sent this amount back, or no longer asks for it."
        ),
        DocumentKind.WAIVER_LETTER: _(
            "The programme does not ask for this amount of the share."
        ),
    }[kind]
