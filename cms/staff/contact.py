"""How long contact lasts: curves by cohort and side, and what became of arrangements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language_bidi, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.staff.single_screen import SingleScreen, SingleScreenViewSet
from cms.templatetags.site_tags import month
from marketplace.organisations.models import Side
from marketplace.ventures.contact import (
    FEWEST,
    Group,
    arrangement_figures,
    by_cohort,
    by_side,
)
from marketplace.ventures.honesty import KNOWN

WIDTH, HEIGHT, FOOT = 720, 200, 24
START, END = 44, 16  # room for the scale before the curve, for a figure behind it
MARKS = (0.0, 0.5, 1.0)
LOOKED_AT = (180, 365)
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Curve:
    """One group as a picture, in units of its view box; time runs as one reads.

    `line` is the estimate, `band` goes along the upper end of the interval and back
    along the lower one; both are lists of points for SVG.
    """

    label: str
    group: Group
    line: str
    band: str
    marks: Sequence[tuple[float, str]]
    days: Sequence[tuple[float, str]]
    left: Sequence[tuple[str, str, str] | None]


def curve_of(label: str, group: Group, *, from_right: bool) -> Curve:
    """Steps to the right, or to the left where one reads from the right."""
    longest = max(group.longest, 1)

    def at(day: float, part: float) -> Point:
        along = START + day / longest * (WIDTH - START - END)
        across = (HEIGHT - FOOT) * (1 - part) + 6
        return round(WIDTH - along if from_right else along, 1), round(across, 1)

    ends = [(step.day, step.survival, step.low, step.high) for step in group.steps]
    line = _stairs([(day, part) for day, part, _low, _high in ends], longest)
    high = _stairs([(day, part) for day, _part, _low, part in ends], longest)
    low = _stairs([(day, part) for day, _part, part, _high in ends], longest)
    return Curve(
        label=label,
        group=group,
        line=_points(at(*point) for point in line),
        band=_points(at(*point) for point in [*high, *reversed(low)]),
        marks=[(at(0, part)[1], f"{part:.0%}") for part in MARKS],
        days=[(at(day, 0)[0], str(day)) for day in sorted({0, longest // 2, longest})],
        left=[_written(group.left_at(day)) for day in LOOKED_AT],
    )


def _stairs(ends: Sequence[Point], longest: float) -> list[Point]:
    """Level until each day, then down; on to the end of what was watched."""
    points: list[Point] = [(0, 1.0)]
    for day, part in ends:
        points += [(day, points[-1][1]), (day, part)]
    return [*points, (longest, points[-1][1])]


def _points(points: Any) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _written(left: tuple[float, float, float] | None) -> tuple[str, str, str] | None:
    if left is None:
        return None
    estimate, low, high = (f"{part:.0%}" for part in left)
    return estimate, low, high


def _cohort(group: Group) -> str:
    first = month(date.fromisoformat(group.key))
    return gettext("From %(month)s") % {"month": first}


class ContactView(SingleScreen, TemplateView):
    permission = "ventures.view_jointventure"
    template_name = "cms/staff/contact.html"
    page_title = _("How long contact lasts")
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, from_right = timezone.localdate(), get_language_bidi()
        return super().get_context_data(
            cohorts=[
                curve_of(_cohort(group), group, from_right=from_right)
                for group in by_cohort(today)
            ],
            sides=[
                curve_of(str(Side(group.key).label), group, from_right=from_right)
                for group in by_side(today)
            ],
            arrangements=arrangement_figures(timezone.now()),
            view_box=f"0 0 {WIDTH} {HEIGHT}",
            width=WIDTH,
            foot=HEIGHT - 4,
            scale_x=WIDTH if from_right else 0,
            scale_anchor="end" if from_right else "start",
            fewest=FEWEST,
            silence=KNOWN.days,
            **kwargs,
        )


class ContactViewSet(SingleScreenViewSet):
    screen = ContactView
    name = "contact"
    icon = "history"
    menu_label = _("How long contact lasts")
    menu_order = 55
