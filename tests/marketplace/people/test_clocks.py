"""An hour on a wall, on the days when the clocks of two places differ, 2023–2028."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from marketplace.people.clocks import (
    HourComesTwice,
    NoSuchHour,
    clock_faces,
    moment_on_wall,
    stretch_in_words,
)

ISRAEL, HEBRON, GAZA = "Asia/Jerusalem", "Asia/Hebron", "Asia/Gaza"
# Written by hand from the announcements of both: the first and the last whole day on
# which the clocks stand an hour apart at noon. What lies ahead is the rule of today.
APART = (
    (date(2023, 3, 24), date(2023, 4, 28)),
    (date(2023, 10, 28), date(2023, 10, 28)),
    (date(2024, 3, 29), date(2024, 4, 19)),
    (date(2024, 10, 26), date(2024, 10, 26)),
    (date(2025, 3, 28), date(2025, 4, 11)),
    (date(2025, 10, 25), date(2025, 10, 25)),
)
DAYS = [date(2023, 1, 1) + timedelta(days=n) for n in range(6 * 365 + 2)]


def hour_apart(day: date, zone: str = HEBRON) -> bool:
    noon = datetime.combine(day, time(12), UTC)
    return (
        noon.astimezone(ZoneInfo(zone)).utcoffset()
        != noon.astimezone(ZoneInfo(ISRAEL)).utcoffset()
    )


def test_the_days_on_which_the_clocks_differ_are_those_announced():
    found = {day for day in DAYS if day < date(2026, 1, 1) and hour_apart(day)}
    announced = {
        first + timedelta(days=n)
        for first, last in APART
        for n in range((last - first).days + 1)
    }
    assert found == announced


def test_days_of_difference_lie_in_every_year():
    years = {day.year for day in DAYS if hour_apart(day)}
    assert years == set(range(2023, 2029))


@pytest.mark.parametrize("zone", [HEBRON, GAZA])
def test_both_walls_show_the_same_moment_on_every_day(zone):
    for day in DAYS:
        begins = moment_on_wall(day, time(10), ISRAEL)
        ends = begins + timedelta(minutes=45)
        mine, theirs = clock_faces(begins, ends, {ISRAEL: [], zone: []}, ISRAEL)
        assert (mine.from_hour, mine.first_on, mine.is_mine) == ("10:00", day, True)
        shown = datetime.combine(theirs.first_on, time.fromisoformat(theirs.from_hour))
        assert shown.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) == begins
        assert (theirs.from_hour != "10:00") == hour_apart(day, zone)


@pytest.mark.parametrize("zone", [ISRAEL, HEBRON, GAZA])
def test_hours_that_a_change_leaves_out_or_doubles_are_told_apart(zone):
    """Every half hour of six years is read once, not at all, or as coming twice."""
    clock, seen = ZoneInfo(zone), {"none": 0, "twice": 0}
    for day in DAYS:
        for half in range(8):  # clocks change at night
            hour = time(half // 2, 30 * (half % 2))
            try:
                moment = moment_on_wall(day, hour, zone)
            except NoSuchHour:
                seen["none"] += 1
            except HourComesTwice:
                seen["twice"] += 1
            else:
                local = moment.astimezone(clock)
                assert (local.date(), local.time()) == (day, hour)
    assert seen["none"] >= 10
    assert seen["twice"] >= 10


def test_a_stretch_over_midnight_names_both_days():
    begins = datetime(2027, 2, 1, 21, 30, tzinfo=UTC)
    (face,) = clock_faces(begins, begins + timedelta(hours=1), {HEBRON: []}, ISRAEL)
    words = stretch_in_words(face)
    assert "1 February 2027" in words
    assert "2 February 2027" in words
    assert "\u206623:30\u2069" in words
