"""Dates and clocks alone say when an arrangement takes place and when it is over."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.ventures.occasions import (
    Phase,
    Repeats,
    Times,
    lapses_at,
    next_occasion,
    occasions,
    phase,
)

CLOCKS = ("Asia/Jerusalem", "Asia/Hebron", "Asia/Gaza")


def times(repeats=Repeats.ONCE, first=date(2026, 3, 26), days=0, **changes) -> Times:
    values = {
        "first_on": first,
        "last_on": first + timedelta(days=days),
        "from_time": time(7),
        "to_time": time(9),
        "repeats": repeats,
        "zone": "Asia/Hebron",
    }
    return Times(**(values | changes))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def test_once_is_one_stretch_from_the_first_day_to_the_last():
    (only,) = occasions(times(days=2, first=date(2026, 6, 1)))
    assert (only.begins_at, only.ends_at) == (utc(2026, 6, 1, 4), utc(2026, 6, 3, 6))


@pytest.mark.parametrize(("repeats", "count"), [("daily", 15), ("weekly", 3)])
def test_it_repeats_to_the_last_day_and_no_further(repeats, count):
    assert len(list(occasions(times(repeats, days=14)))) == count
    assert len(list(occasions(times(repeats, days=15)))) == count + (repeats == "daily")


def test_the_hour_stays_the_same_on_its_clock_when_the_clock_is_set():
    # Hebron set its clock forward on 28 March 2026: seven o'clock came an hour earlier.
    begins = [each.begins_at for each in occasions(times(Repeats.DAILY, days=2))]
    assert begins == [utc(2026, 3, 26, 5), utc(2026, 3, 27, 5), utc(2026, 3, 28, 4)]


def test_two_clocks_differ_on_the_day_between_their_changes():
    # Jerusalem went first, on 27 March 2026.
    (only,) = occasions(times(first=date(2026, 3, 27)))
    hours = [only.begins_at.astimezone(ZoneInfo(zone)).hour for zone in CLOCKS[:2]]
    assert hours == [8, 7]


@pytest.mark.parametrize("year", range(2023, 2029))
@pytest.mark.parametrize("zone", CLOCKS)
def test_on_every_day_of_the_years_it_begins_at_its_hour_on_its_own_clock(year, zone):
    daily = times(Repeats.DAILY, date(year, 1, 1), 364, zone=zone)
    read = [each.begins_at.astimezone(ZoneInfo(zone)) for each in occasions(daily)]
    assert len(read) == 365
    assert {moment.time() for moment in read} == {time(7)}
    assert len({moment.date() for moment in read}) == 365


def test_an_hour_the_clock_leaves_out_comes_as_much_later():
    gap = times(first=date(2026, 3, 28), from_time=time(2, 15), to_time=time(2, 45))
    (only,) = occasions(gap)
    local = only.begins_at.astimezone(ZoneInfo("Asia/Hebron"))
    assert (local.hour, local.minute) == (3, 15)
    assert only.ends_at - only.begins_at == timedelta(minutes=30)


def test_it_lapses_by_itself_at_the_end_of_the_last_time():
    weekly = times(Repeats.WEEKLY, date(2026, 6, 1), 10)  # on the 1st and the 8th
    assert lapses_at(weekly) == utc(2026, 6, 8, 6)
    second = timedelta(seconds=1)
    assert phase(weekly, utc(2026, 6, 1, 4) - second) == Phase.AHEAD
    assert phase(weekly, utc(2026, 6, 1, 4)) == Phase.IN_FORCE
    assert phase(weekly, utc(2026, 6, 8, 6) - second) == Phase.IN_FORCE
    assert phase(weekly, utc(2026, 6, 8, 6)) == Phase.LAPSED
    assert next_occasion(weekly, utc(2026, 6, 1, 6)).begins_at == utc(2026, 6, 8, 4)
    assert next_occasion(weekly, utc(2026, 6, 8, 6)) is None


ORDER = [Phase.AHEAD, Phase.IN_FORCE, Phase.LAPSED]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    repeats=st.sampled_from(Repeats),
    first=st.dates(date(2023, 1, 1), date(2028, 12, 31)),
    days=st.integers(0, 60),
    hours=st.integers(-2000, 4000),
    later=st.integers(0, 2000),
    zone=st.sampled_from(CLOCKS),
)
def test_time_moves_it_on_and_never_back(repeats, first, days, hours, later, zone):
    arrangement = times(repeats, first, days, zone=zone)
    now = datetime(first.year, first.month, first.day, tzinfo=UTC)
    now += timedelta(hours=hours)
    before, after = (
        phase(arrangement, moment) for moment in (now, now + timedelta(hours=later))
    )
    assert ORDER.index(before) <= ORDER.index(after)
    coming = next_occasion(arrangement, now)
    assert (coming is None) == (before == Phase.LAPSED)
