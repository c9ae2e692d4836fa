"""Days and hours that no page offers: refused beside their field, with what was typed."""

import pytest

from marketplace.meetings.models import Meeting, Slot
from tests.marketplace.meetings.test_pages import post_times

pytestmark = pytest.mark.django_db
ZONES = ("Asia/Jerusalem", "America/New_York", "Pacific/Kiritimati", "UTC")


def refused(client, person, introduction, day, hour) -> str:
    """What is said beside the field."""
    answer = post_times(client, person, introduction, time_1_0=day, time_1_1=hour)
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == ["time_1"]
    html = answer.content.decode()
    assert f'value="{day}"' in html
    assert f'value="{hour}"' in html
    assert not Meeting.objects.exists()
    return str(errors)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        ("0001-01-01", "00:00", "has passed"),
        ("0001-01-01", "23:59", "has passed"),
        ("1890-01-01", "12:00", "has passed"),
        ("9999-12-31", "00:00", "too far ahead"),
        ("9999-12-31", "23:59", "too far ahead"),
    ],
)
def test_the_ends_of_the_calendar_are_refused(
    client, met, asker, zone, day, hour, said
):
    asker.time_zone = zone
    asker.save()
    assert said in refused(client, asker, met, day, hour)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_the_first_and_last_day_in_reach_are_those_of_the_own_wall(
    client, met, asker, zone, clock, settings
):
    """It is 1 February, 23:30 in Greenwich: elsewhere it is the 2nd, or noon."""
    settings.MEETINGS_AHEAD_DAYS = 10
    clock.forward(hours=14, minutes=30)
    asker.time_zone = zone
    asker.save()
    day = "2027-02-12" if zone == "Pacific/Kiritimati" else "2027-02-11"
    answer = post_times(client, asker, met, time_1_0=day, time_1_1="11:00")
    assert answer.status_code == 302


@pytest.mark.parametrize("hour", ["09:00:07", "09:00:07.1", "09:00:00.000001", "24:00"])
def test_an_hour_has_no_seconds_of_its_own(client, met, asker, hour):
    assert "valid time" in refused(client, asker, met, "2027-02-04", hour)


@pytest.mark.parametrize("hour", ["11:00", "11:00:00", "11:00:00.000"])
def test_zeros_that_a_browser_writes_are_read(client, met, asker, hour):
    assert post_times(client, asker, met, time_1_1=hour).status_code == 302
    begins_at = Slot.objects.get().begins_at
    assert (begins_at.hour, begins_at.second, begins_at.microsecond) == (9, 0, 0)
