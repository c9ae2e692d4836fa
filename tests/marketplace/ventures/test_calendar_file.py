"""The file for a calendar says what its reader lets it, and no more."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from marketplace.people.models import Discretion
from marketplace.ventures.actions import agree_to_arrangement, leave_arrangement
from marketplace.ventures.models import Arrangement, JointVenture
from marketplace.ventures.occasions import occasions
from tests.factories import make_user
from tests.marketplace.ventures.test_actions import introduction, people, sides
from tests.marketplace.ventures.test_arrangements import agreed, arrangement
from tests.marketplace.ventures.test_pulse import proposal, venture

pytestmark = pytest.mark.django_db
__all__ = [
    "agreed",
    "arrangement",
    "introduction",
    "people",
    "proposal",
    "sides",
    "venture",
]


def fetch(client, person, arrangement):
    client.force_login(person)
    path = reverse("ventures:arrangement_calendar", args=[arrangement.public_id])
    return client.get(path)


def test_the_file_holds_one_event_on_the_clock_that_counts(client, agreed, people):
    type(people[0]).objects.filter(pk=people[0].pk).update(discretion=Discretion.OPEN)
    answer = fetch(client, people[0], agreed)
    assert answer["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    assert "no-store" in answer["Cache-Control"]
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    begins = event["DTSTART"].dt
    assert begins.tzinfo.key == "Asia/Hebron"
    assert begins.replace(tzinfo=None) == datetime.combine(agreed.first_on, time(7))
    assert event["RRULE"]["FREQ"] == ["DAILY"]
    assert event["SUMMARY"] == "Crates at the gate"
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    assert zones == {"Asia/Hebron", "Asia/Jerusalem"}
    description = str(event["DESCRIPTION"])
    assert "Hebron: 07:00–09:00" in description
    assert "Jerusalem: " in description


def test_the_file_of_a_discreet_reader_says_only_when(client, agreed, people):
    body = fetch(client, people[0], agreed).content.decode()
    assert "DTSTART" in body
    for word in ("Crates", "gate", "Dana", "Omar", "Gesher", "ATTENDEE", "ORGANIZER"):
        assert word not in body


def zones_named(text: str) -> bool:
    return any(word in text for word in ("TZID", "VTIMEZONE", "Hebron", "Jerusalem"))


@pytest.mark.parametrize("repeats", ["once", "daily", "weekly"])
def test_the_file_of_a_discreet_reader_knows_no_clock_but_utc(
    client, agreed, people, repeats
):
    first, last = date(2026, 3, 26), date(2026, 4, 2)  # Hebron sets its clock between
    Arrangement.objects.update(
        first_on=first, last_on=last, review_on=last, repeats=repeats
    )
    agreed.refresh_from_db()
    answers = [fetch(client, each, agreed).content for each in people]
    for answer in answers:
        assert not zones_named(answer.decode())
        (event,) = Calendar.from_ical(answer).walk("VEVENT")
        dates = event["RDATE"].dts if "RDATE" in event else []
        found = [event["DTSTART"].dt, *(each.dt for each in dates)]
        assert found == [each.begins_at for each in occasions(agreed.times)]
        assert all(each.utcoffset() == timedelta(0) for each in found)


def test_nothing_but_the_times_joins_the_files_of_two_partners(client, agreed, people):
    Arrangement.objects.update(agreed_at=datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC))
    files = [fetch(client, each, agreed).content for each in (*people, people[0])]
    events = [Calendar.from_ical(each).walk("VEVENT")[0] for each in files]
    uids = [str(each["UID"]) for each in events]
    assert uids[0] == uids[2] != uids[1]  # loaded again it is the same event
    assert str(agreed.public_id) not in uids
    assert {each["DTSTAMP"].dt for each in events} == {datetime(2026, 3, 4, tzinfo=UTC)}


def test_both_sides_get_the_same_times_and_nobody_else_any(client, agreed, people):
    times = [
        [line for line in fetch(client, each, agreed).content.split() if b"DTS" in line]
        for each in people
    ]
    assert times[0] == times[1] != []
    assert fetch(client, make_user(), agreed).status_code == 404


def test_the_file_is_closed_before_all_agree_and_once_one_has_left(
    client, arrangement, people
):
    assert fetch(client, people[0], arrangement).status_code == 404
    agree_to_arrangement(arrangement, by=people[1], version=1)
    assert fetch(client, people[0], arrangement).status_code == 200
    leave_arrangement(arrangement, by=people[1])
    for person in people:
        assert fetch(client, person, arrangement).status_code == 404


def test_the_file_is_closed_with_the_venture(client, agreed, people):
    JointVenture.objects.update(status=JointVenture.Status.ENDED)
    assert fetch(client, people[0], agreed).status_code == 404
