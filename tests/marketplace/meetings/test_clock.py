"""What time does to meetings: lapse, remind once, ask once."""

from datetime import timedelta

import pytest

from marketplace.introductions.actions import close_introduction
from marketplace.meetings.actions import (
    ask_for_notes,
    finish_meetings,
    keep_note,
    lapse_times,
    pick_time,
    propose_times,
    remind_of_meetings,
    say_took_place,
)
from marketplace.meetings.keeping import forget_meetings
from marketplace.meetings.models import Meeting
from tests.marketplace.meetings.conftest import FIRST, NOW, SECOND, slot_of, times
from tests.marketplace.meetings.test_times import fresh, told

pytestmark = pytest.mark.django_db
Status = Meeting.Status


def test_times_lapse_when_the_last_has_begun(proposed, asker, asked, clock):
    clock.now = SECOND - timedelta(minutes=1)
    assert lapse_times() == 0
    clock.now = SECOND
    assert lapse_times() == 1
    assert lapse_times() == 0
    assert fresh(proposed).status == Status.LAPSED
    assert told(asker) == ["lapsed"]


def test_lapsed_times_leave_the_agreed_one(met, agreed, asker, clock):
    propose_times(met, by=asker, times=times(NOW + timedelta(days=1)))
    clock.forward(days=2)
    assert lapse_times() == 1
    assert fresh(agreed).status == Status.AGREED


def test_both_are_reminded_once_a_day_before(agreed, asker, asked, clock):
    clock.now = FIRST - timedelta(days=1, minutes=1)
    assert remind_of_meetings() == 0
    clock.now = FIRST - timedelta(days=1)
    assert remind_of_meetings() == 1
    assert remind_of_meetings() == 0
    assert told(asker)[0] == told(asked)[0] == "reminder"


def test_a_moved_meeting_is_reminded_of_at_its_new_time(
    met, agreed, asker, asked, clock
):
    clock.now = FIRST - timedelta(hours=20)
    remind_of_meetings()
    propose_times(met, by=asker, times=times(FIRST + timedelta(days=5)))
    pick_time(agreed, by=asked, slot=slot_of(agreed))
    clock.forward(days=5)
    assert remind_of_meetings() == 1
    assert told(asked).count("reminder") == 2


def test_who_agrees_within_the_last_day_is_not_reminded(met, asker, asked, clock):
    meeting = propose_times(met, by=asker, times=times(NOW + timedelta(hours=5)))
    pick_time(meeting, by=asked, slot=slot_of(meeting))
    assert remind_of_meetings() == 0


def test_a_reminder_that_comes_after_the_begin_is_left_out(agreed, asker, clock):
    clock.now = FIRST + timedelta(minutes=1)
    assert remind_of_meetings() == 0
    assert "reminder" not in told(asker)


def test_a_note_is_asked_for_once_of_who_wrote_none(agreed, asker, asked, clock):
    clock.now = FIRST + timedelta(hours=1)
    assert finish_meetings() == 1
    assert finish_meetings() == 0
    keep_note(agreed, by=asker, text="They press on Tuesdays.")
    clock.forward(days=1)
    assert ask_for_notes() == 1
    clock.forward(days=1)
    assert ask_for_notes() == 0
    assert told(asked)[0] == "note_asked"
    assert "note_asked" not in told(asker)


def test_nobody_is_asked_after_a_word_or_the_end_of_consent(
    met, agreed, asker, asked, clock
):
    clock.now = FIRST + timedelta(hours=1)
    finish_meetings()
    say_took_place(agreed, by=asker, yes=False)
    close_introduction(met, by=asked)
    clock.forward(days=2)
    assert ask_for_notes() == 0


def test_where_one_met_is_forgotten_and_all_some_weeks_after_the_end(
    met, agreed, asker, clock
):
    clock.now = FIRST + timedelta(days=29)
    finish_meetings()
    forget_meetings()
    assert fresh(agreed).place == "By the old mill"
    clock.now = FIRST + timedelta(days=32)
    assert forget_meetings() == 0
    assert fresh(agreed).place == ""
    assert {each.place for each in agreed.proposals.all()} == {""}
    close_introduction(met, by=asker)
    clock.forward(days=31)
    assert forget_meetings() == 1
    assert not Meeting.objects.exists()
