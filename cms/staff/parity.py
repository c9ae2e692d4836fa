"""Who was seen how much, week by week, as a picture and as the same figures in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cms.staff.single_screen import SingleScreen, SingleScreenViewSet
from search.parity import WEEK, WITHIN, SideShares, WeekOfExposure, weeks_before

PERMISSION = "organisations.change_meetingrule"
WEEKS = 8
WIDTH, HEIGHT, FOOT, GAP = 720, 200, 24, 24
STAGES: tuple[tuple[str, str | Promise], ...] = (
    ("eligible", _("Could be shown")),
    ("candidates", _("Candidates")),
    ("ranked", _("Ranked")),
    ("shown", _("Shown")),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One side at one stage, in units of the picture's view box."""

    x: float
    y: float
    width: float
    height: float
    opacity: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Stages beside each other in the direction of reading, a bar for each side."""

    bars: Sequence[Bar]
    stages: Sequence[tuple[float, str]]


def picture_of(sides: Sequence[SideShares], *, from_right: bool) -> Picture:
    """Bars as high as the side's part; the whole height is everything."""
    slot = WIDTH / len(STAGES)
    width = (slot - GAP) / max(len(sides), 1)
    bars, stages = [], []
    for place, (name, label) in enumerate(STAGES):
        left = (len(STAGES) - 1 - place if from_right else place) * slot
        stages.append((round(left + slot / 2, 1), str(label)))
        for number, row in enumerate(sides):
            nth = len(sides) - 1 - number if from_right else number
            height = getattr(row, name) * (HEIGHT - FOOT)
            bar = (left + GAP / 2 + nth * width, HEIGHT - FOOT - height, width - 2)
            sized = (*(round(part, 1) for part in bar), round(height, 1))
            bars.append(Bar(*sized, opacity=opacity_of(number)))
    return Picture(bars, stages)


def opacity_of(number: int) -> str:
    """How dark the bars of the side at this place are."""
    return ("1", "0.35", "0")[number % 3]


class ParityView(SingleScreen, TemplateView):
    permission = PERMISSION
    template_name = "cms/staff/parity.html"
    page_title = _("Who is seen")
    header_icon = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        weeks = weeks_before(timezone.localdate() - WEEK, WEEKS)
        newest: WeekOfExposure = weeks[0]
        return super().get_context_data(
            newest=newest,
            picture=picture_of(newest.sides, from_right=get_language_bidi()),
            legend=[
                (row.label, opacity_of(number))
                for number, row in enumerate(newest.sides)
            ],
            weeks=[week for week in weeks if not week.is_empty],
            view_box=f"0 0 {WIDTH} {HEIGHT}",
            width=WIDTH,
            floor=HEIGHT - FOOT,
            foot=HEIGHT - FOOT / 3,
            within=round(100 * WITHIN),
            **kwargs,
        )


class ParityViewSet(SingleScreenViewSet):
    screen = ParityView
    name = "parity"
    icon = "view"
    menu_label = _("Who is seen")
    menu_order = 61
