"""Income and waivers by month, as a picture and as the same figures in a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.staff.single_screen import SingleScreen, SingleScreenViewSet
from marketplace.money import Money
from marketplace.people.languages import babel_locale
from payments.income import (
    FEWEST_PAYERS,
    MonthFigures,
    SideFigures,
    by_month,
    by_side,
    last_half_year,
)
from payments.modes import current_mode

PERMISSION = "payments.view_ledgertransaction"
WIDTH, HEIGHT, FOOT, GAP = 720, 252, 36, 8
SERIES = ("charged", "waived", "sent_back")


@dataclass(frozen=True, slots=True)
class Bar:
    """One rectangle, in units of the picture's view box."""

    series: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture of one currency; the months run in the direction of reading."""

    currency: str
    rows: Sequence[MonthFigures]
    bars: Sequence[Bar]
    months: Sequence[tuple[float, Sequence[str]]]  # the words of a name, one a line
    zero: float


@dataclass(frozen=True, slots=True)
class SideLine:
    """What one side paid or was waived, and its bar in hundredths of the longest."""

    label: str
    amounts: Sequence[tuple[Money | None, float, float]]  # amount, x, width


def chart_of(currency: str, rows: Sequence[MonthFigures], *, from_right: bool) -> Chart:
    """Bars beside each other for every month; what is below zero hangs down."""
    minors = [getattr(row, name).minor for row in rows for name in SERIES]
    top, bottom = max(0, *minors), min(0, *minors)
    scale = (HEIGHT - FOOT) / ((top - bottom) or 1)
    zero = top * scale
    slot = WIDTH / len(rows)
    width = (slot - GAP) / len(SERIES)
    bars, months = [], []
    for place, row in enumerate(rows):
        left = (len(rows) - 1 - place if from_right else place) * slot
        for number, name in enumerate(SERIES):
            minor = getattr(row, name).minor
            nth = len(SERIES) - 1 - number if from_right else number
            y = zero - max(minor, 0) * scale
            bar = (left + GAP / 2 + nth * width, y, width - 1, abs(minor) * scale)
            if minor:
                bars.append(Bar(name, *(round(part, 1) for part in bar)))
        label = format_date(row.month, "LLL", locale=babel_locale())
        months.append((round(left + slot / 2, 1), label.split()))
    return Chart(currency, rows, bars, months, round(zero, 1))


def charts(figures: dict[str, list[MonthFigures]]) -> Iterable[Chart]:
    for currency, rows in figures.items():
        yield chart_of(currency, rows, from_right=get_language_bidi())


def side_lines(rows: Sequence[SideFigures], *, from_right: bool) -> list[SideLine]:
    """Bars of one length for one amount, in every row and column of a currency."""
    shown = [m.minor for row in rows for m in (row.received, row.waived) if m]
    longest = max(shown, default=0) or 1

    def drawn(amount: Money | None) -> tuple[Money | None, float, float]:
        width = round(100 * max(amount.minor, 0) / longest, 1) if amount else 0.0
        return amount, 100 - width if from_right else 0.0, width

    return [
        SideLine(row.label, (drawn(row.received), drawn(row.waived))) for row in rows
    ]


class IncomeView(SingleScreen, TemplateView):
    permission = PERMISSION
    template_name = "cms/staff/money_income.html"
    page_title = _("Income by month")
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mode, today = current_mode(), timezone.localdate()
        half_year = last_half_year(today)
        return super().get_context_data(
            mode=mode,
            charts=list(charts(by_month(mode, today))),
            view_box=f"0 0 {WIDTH} {HEIGHT}",
            width=WIDTH,
            foot=HEIGHT - FOOT * 2 / 3,
            half_year=half_year,
            sides={
                currency: side_lines(rows, from_right=get_language_bidi())
                for currency, rows in by_side(mode, half_year).items()
            },
            fewest=FEWEST_PAYERS,
            **kwargs,
        )


class IncomeViewSet(SingleScreenViewSet):
    screen = IncomeView
    name = "income"
    icon = "history"
    menu_label = _("Income by month")
    menu_order = 74
