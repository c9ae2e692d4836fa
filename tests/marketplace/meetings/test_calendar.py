"""The file for a calendar: what it says, who loads it, and how it takes itself out."""

import pytest
from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from marketplace.introductions.actions import close_introduction, expire_introductions
from marketplace.introductions.actions.parting import leave_introduction
from marketplace.introductions.models import Introduction
from marketplace.meetings.actions import (
    cancel_meeting,
    finish_meetings,
    pick_time,
    propose_times,
)
from marketplace.meetings.keeping import forget_meetings
from tests.factories import make_user
from tests.marketplace.meetings.conftest import FIRST, SECOND, slot_of, times
from tests.marketplace.meetings.test_helping import facilitator, helper

__all__ = ["facilitator", "helper"]

pytestmark = pytest.mark.django_db


def event_of(client, person, meeting, query=""):
    client.force_login(person)
    path = reverse("meetings:calendar", args=[meeting.public_id]) + query
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="calendar.ics"'
    assert "no-store" in answer["Cache-Control"]
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event, answer.content.decode()


def test_the_file_says_when_and_nothing_else(client, agreed, asker, asked):
    files = [event_of(client, person, agreed) for person in (asker, asked)]
    for calendar, event, text in files:
        assert calendar["METHOD"] == "PUBLISH"
        assert event["SUMMARY"] == "Meeting"
        assert (event["DTSTART"].dt, event["SEQUENCE"]) == (FIRST, 0)
        named = (
            "Alias",
            "mill",
            "Hebron",
            "Jerusalem",
            "ATTENDEE",
            "ORGANIZER",
            "TZID",
        )
        assert [word for word in named if word in text] == []
    assert files[0][1]["UID"] != files[1][1]["UID"]
    assert str(agreed.public_id) not in files[0][2]


def test_the_place_goes_into_the_file_for_who_asks(client, agreed, asker):
    _calendar, event, _text = event_of(client, asker, agreed, "?place=1")
    assert event["LOCATION"] == "By the old mill"


def test_a_later_file_replaces_the_earlier_and_a_cancelled_one_goes(
    client, met, agreed, asker, asked
):
    before = event_of(client, asker, agreed)[1]
    propose_times(met, by=asker, times=times(SECOND))
    pick_time(agreed, by=asked, slot=slot_of(agreed))
    moved = event_of(client, asker, agreed)[1]
    cancel_meeting(agreed, by=asked)
    calendar, gone, text = event_of(client, asker, agreed, "?place=1")
    assert before["UID"] == moved["UID"] == gone["UID"]
    assert [each["SEQUENCE"] for each in (before, moved, gone)] == [0, 1, 2]
    assert moved["DTSTART"].dt == SECOND
    assert (calendar["METHOD"], gone["STATUS"]) == ("CANCEL", "CANCELLED")
    assert "LOCATION" not in text


def test_there_is_no_file_before_a_time_is_agreed_nor_for_others(
    client, proposed, asker, asked
):
    path = reverse("meetings:calendar", args=[proposed.public_id])
    client.force_login(asker)
    assert client.get(path).status_code == 404
    pick_time(proposed, by=asked, slot=slot_of(proposed))
    client.force_login(make_user())
    assert client.get(path).status_code == 404


def status_of(client, person, meeting):
    client.force_login(person)
    return client.get(
        reverse("meetings:calendar", args=[meeting.public_id])
    ).status_code


@pytest.mark.parametrize("was", ["agreed", "cancelled"])
def test_after_the_end_a_meeting_still_goes_out_of_both_calendars(
    client, met, agreed, asker, asked, was, clock
):
    before = event_of(client, asker, agreed)[1]
    if was == "cancelled":
        cancel_meeting(agreed, by=asked)
    close_introduction(met, by=asker)
    for person in (asker, asked):
        calendar, gone, text = event_of(client, person, agreed, "?place=1")
        assert (calendar["METHOD"], gone["STATUS"]) == ("CANCEL", "CANCELLED")
        assert gone["SEQUENCE"] == 1
        assert "mill" not in text
        client.force_login(person)
        page = client.get(met.get_absolute_url()).content.decode()
        assert reverse("meetings:calendar", args=[agreed.public_id]) in page
        assert client.get(agreed.get_absolute_url()).status_code == 404
    assert gone["UID"] != before["UID"] == event_of(client, asker, agreed)[1]["UID"]
    clock.forward(days=settings.MEETINGS_KEPT_DAYS + 1)
    assert forget_meetings() == 1
    assert status_of(client, asker, agreed) == 404


def test_after_the_end_nobody_else_loads_it(client, met, agreed, asker, helper):
    client.force_login(helper)
    close_introduction(met, by=asker)
    for person in (helper, make_user()):
        assert status_of(client, person, agreed) == 404


@pytest.mark.parametrize("is_noted", [True, False])
def test_of_a_meeting_that_took_place_nothing_is_taken_back(
    client, met, over, asker, is_noted
):
    assert status_of(client, asker, over) == 404
    if is_noted:
        finish_meetings()
    close_introduction(met, by=asker)
    assert status_of(client, asker, over) == 404
    client.force_login(asker)
    page = client.get(met.get_absolute_url()).content.decode()
    assert "/calendar/" not in page


def test_who_has_left_loads_nothing_and_the_other_side_as_after_any_end(
    client, met, agreed, nablus, asker, asked, clock
):
    cancel_meeting(agreed, by=asked)
    leave_introduction(Introduction.objects.locked(met.pk), nablus)
    assert status_of(client, asked, agreed) == 404
    before = event_of(client, asker, agreed)[2]
    clock.forward(days=22)
    assert expire_introductions() == 1
    assert event_of(client, asker, agreed)[2] == before
