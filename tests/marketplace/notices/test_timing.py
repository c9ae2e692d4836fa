"""Letters come when their reader wants to hear, on both sides of a clock change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.notices.timing import DAILY, NOW, WEEKLY, Rhythm, is_quiet, next_letter

JERUSALEM, HEBRON = "Asia/Jerusalem", "Asia/Hebron"
FRIDAY, SATURDAY = 4, 5
NIGHT = {"quiet_from": time(22), "quiet_until": time(7)}


def at(text: str, zone: str = JERUSALEM) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("now", "rhythm", "then"),
    [
        ("2026-11-25T12:00", Rhythm(), "2026-11-25T12:00"),
        ("2026-11-25T23:00", Rhythm(**NIGHT), "2026-11-26T07:00"),
        ("2026-11-25T06:59", Rhythm(**NIGHT), "2026-11-25T07:00"),
        ("2026-11-25T07:00", Rhythm(**NIGHT), "2026-11-25T07:00"),
        (
            "2026-11-25T13:00",
            Rhythm(quiet_from=time(12), quiet_until=time(14)),
            "2026-11-25T14:00",
        ),
        ("2026-11-25T08:01", Rhythm(DAILY), "2026-11-26T08:00"),
        ("2026-11-25T07:00", Rhythm(DAILY), "2026-11-25T08:00"),
        # Friday: the week's letter comes on Sunday, a day off ends at midnight
        (
            "2026-11-27T09:00",
            Rhythm(WEEKLY, days_off=(FRIDAY, SATURDAY)),
            "2026-11-29T08:00",
        ),
        ("2026-11-27T09:00", Rhythm(WEEKLY), "2026-11-30T08:00"),
        (
            "2026-11-27T09:00",
            Rhythm(NOW, days_off=(FRIDAY, SATURDAY)),
            "2026-11-29T00:00",
        ),
        (
            "2026-11-27T09:00",
            Rhythm(NOW, days_off=(FRIDAY, SATURDAY), **NIGHT),
            "2026-11-29T07:00",
        ),
        (
            "2026-11-26T09:00",
            Rhythm(DAILY, days_off=(FRIDAY, SATURDAY)),
            "2026-11-29T08:00",
        ),
        # Eight is quiet on every day, and no two working days touch
        (
            "2026-11-26T09:00",
            Rhythm(WEEKLY, time(7), time(6), days_off=(1, 2, 4, 5, 6)),
            "2026-11-30T06:00",
        ),
    ],
)
def test_the_next_letter_comes_at(now, rhythm, then):
    assert next_letter(at(now), JERUSALEM, rhythm) == at(then)


def test_the_same_eight_o_clock_is_another_moment_where_the_clocks_differ():
    """28 March 2026: Jerusalem is on summer time since the 27th, Hebron from the 28th."""
    now = datetime(2026, 3, 27, 3, tzinfo=UTC)
    one, other = (next_letter(now, zone, Rhythm(DAILY)) for zone in (JERUSALEM, HEBRON))
    assert other - one == timedelta(hours=1)


times = st.one_of(st.none(), st.times(timezones=st.none()))


@given(
    now=st.datetimes(
        datetime(2023, 1, 1),  # noqa: DTZ001 - the zone is given apart
        datetime(2028, 12, 31),  # noqa: DTZ001
        timezones=st.just(UTC),
    ),
    cadence=st.sampled_from([NOW, DAILY, WEEKLY]),
    quiet=st.tuples(times, times),
    days_off=st.sets(st.integers(0, 6), max_size=6),
    zone=st.sampled_from([JERUSALEM, HEBRON, "Asia/Gaza", "America/New_York"]),
)
def test_a_letter_never_comes_before_now_nor_in_quiet_and_at_most_eight_days_late(
    now, cadence, quiet, days_off, zone
):
    rhythm = Rhythm(cadence, *quiet, tuple(days_off))
    then = next_letter(now, zone, rhythm)
    assert now <= then <= now + timedelta(days=8)
    assert not is_quiet(then, zone, rhythm)
