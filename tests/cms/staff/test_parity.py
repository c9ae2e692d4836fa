"""Staff read who was seen: the same figures as the command, and nobody's name."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.staff.parity import FOOT, HEIGHT, picture_of
from search.matching.exposure import weight_of
from search.models import MatchEvent, MatchRun
from search.parity import SideShares, monday_of, week_of
from tests.factories import make_listing, make_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def last_week() -> date:
    """Two listings of one side and one of the other, matched and shown last week."""
    day = monday_of(timezone.localdate()) - timedelta(days=3)
    one, two = (make_listing(make_organisation(side="il")) for _number in range(2))
    other = make_listing(make_organisation(side="ps"), title="Nobody's title")
    MatchRun.objects.create(
        seeker=one,
        candidates=[two.pk, other.pk],
        ranked=[other.pk],
        happened_on=day,
    )
    for place, shown in ((1, two), (2, other)):
        MatchEvent.objects.create(
            seeker=one, shown=shown, kind="shown", place=place, happened_on=day
        )
    return day


def test_the_figures_of_a_week_come_from_the_logs(last_week):
    found = week_of(last_week)

    israeli, palestinian = found.sides
    assert found.monday.weekday() == 0
    assert (israeli.eligible, palestinian.eligible) == (0.5, 0.5)
    assert (israeli.candidates, palestinian.candidates) == (0.5, 0.5)
    assert (israeli.ranked, palestinian.ranked) == (0, 1)
    assert israeli.shown == pytest.approx(1 / (1 + weight_of(2)))
    assert not israeli.is_within
    assert found.never_shown == 0
    assert week_of(last_week - timedelta(days=7)).is_empty


def test_bars_are_as_high_as_the_parts_are():
    sides = [SideShares("il", 0.75, 0, 0, 1), SideShares("ps", 0.25, 1, 1, 0)]

    left, right = (picture_of(sides, from_right=way) for way in (False, True))

    heights = [bar.height for bar in left.bars]
    whole = HEIGHT - FOOT
    assert heights[:2] == [0.75 * whole, 0.25 * whole]
    assert [x for x, _label in left.stages] == [x for x, _ in reversed(right.stages)]


def test_staff_read_the_last_weeks(staff, client, last_week):
    staff("access_admin", "change_meetingrule")

    page = client.get(reverse("parity:index")).content.decode()

    assert "<svg" in page
    assert "50%" in page
    assert "Nobody&#x27;s title" not in page
