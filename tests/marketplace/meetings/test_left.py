"""A side that has blocked the other elsewhere does not come, and nobody waits for it."""

from datetime import timedelta

import pytest

from marketplace.introductions.actions import expire_introductions
from marketplace.introductions.actions.parting import leave_introduction
from marketplace.introductions.models import Introduction
from marketplace.meetings.actions import pick_time, propose_times
from marketplace.meetings.models import Meeting
from marketplace.meetings.waiting import meeting_lines
from marketplace.notices.models import Notice
from tests.marketplace.meetings.conftest import FIRST, slot_of, times

pytestmark = pytest.mark.django_db


def lines(person):
    return Notice.objects.to(person).filter(kind__startswith="meetings.").count()


def test_it_ends_before_the_meeting_that_was_agreed(clock, met, nablus, asker, asked):
    meeting = propose_times(met, by=asker, times=times())
    pick_time(meeting, by=asked, slot=slot_of(meeting))
    leave_introduction(Introduction.objects.locked(met.pk), nablus)
    met.refresh_from_db()
    assert clock.now < met.parts_at <= FIRST - timedelta(hours=12)
    clock.now = met.parts_at
    assert expire_introductions() == 1
    meeting.refresh_from_db()
    assert meeting.status == Meeting.Status.CLOSED


def test_times_of_who_left_may_be_picked_and_the_end_comes_first(
    clock, met, haifa, nablus, asker, asked
):
    meeting = propose_times(met, by=asked, times=times())
    leave_introduction(Introduction.objects.locked(met.pk), nablus)
    told = lines(asked)
    assert not Meeting.objects.of(asked).exists()
    assert meeting_lines([haifa.pk], 9)
    pick_time(meeting, by=asker, slot=slot_of(meeting))
    met.refresh_from_db()
    assert met.parts_at <= FIRST - timedelta(hours=12)
    assert lines(asked) == told


def test_who_left_has_no_meeting_to_answer(met, haifa, nablus, asker):
    propose_times(met, by=asker, times=times())
    assert meeting_lines([nablus.pk], 9)
    leave_introduction(Introduction.objects.locked(met.pk), nablus)
    assert not meeting_lines([nablus.pk], 9)
