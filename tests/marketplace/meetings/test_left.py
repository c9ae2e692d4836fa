"""A side that has blocked the other elsewhere does not come, and nobody waits for it."""

from datetime import timedelta

import pytest

from marketplace.introductions.actions import expire_introductions
from marketplace.introductions.actions.parting import leave_introduction
from marketplace.introductions.models import Introduction
from marketplace.meetings.actions import pick_time, propose_times
from marketplace.meetings.models import Meeting
from marketplace.notices.models import Notice
from tests.marketplace.meetings.conftest import FIRST, SECOND, slot_of, times
from tests.marketplace.meetings.test_waiting import lines_of

pytestmark = pytest.mark.django_db


def lines(person):
    return Notice.objects.to(person).filter(kind__startswith="meetings.").count()


def leave(introduction, side):
    """The side goes by a block elsewhere; the row as it is then."""
    leave_introduction(Introduction.objects.locked(introduction.pk), side)
    introduction.refresh_from_db()
    return introduction.parts_at


def test_it_ends_before_the_meeting_that_was_agreed(clock, met, nablus, asker, asked):
    meeting = propose_times(met, by=asker, times=times(way="person"))
    pick_time(meeting, by=asked, slot=slot_of(meeting))
    parts_at = leave(met, nablus)
    assert clock.now < parts_at <= FIRST - timedelta(hours=12)
    clock.now = parts_at
    assert expire_introductions() == 1
    meeting.refresh_from_db()
    assert meeting.status == Meeting.Status.CLOSED


def test_it_ends_before_any_of_the_times_that_can_still_be_picked(
    clock, met, nablus, asker, asked
):
    soon = clock.now + timedelta(minutes=60)
    propose_times(met, by=asked, times=times(soon, SECOND, way="person"))
    parts_at = leave(met, nablus)
    assert clock.now < parts_at <= clock.now + timedelta(minutes=30)


@pytest.mark.parametrize("way", ["video", "person"])
@pytest.mark.parametrize("number", [0, 1])
def test_p02_no_pick_moves_the_day_on_which_it_ends(
    clock, met, nablus, asker, asked, way, number
):
    """Or a pick of the nearest time in every thread would find who has left."""
    far = clock.now + timedelta(days=20)
    meeting = propose_times(met, by=asked, times=times(FIRST, far, way=way))
    parts_at = leave(met, nablus)
    pick_time(meeting, by=asker, slot=slot_of(meeting, number))
    met.refresh_from_db()
    assert met.parts_at == parts_at


@pytest.mark.parametrize("way", ["call", "video"])
def test_p02_a_call_that_nobody_takes_hurries_nothing(
    clock, met, nablus, asker, asked, way
):
    meeting = propose_times(met, by=asked, times=times(way=way))
    pick_time(meeting, by=asker, slot=slot_of(meeting))
    propose_times(met, by=asked, times=times(way=way))
    parts_at = leave(met, nablus)
    assert parts_at >= clock.now + timedelta(days=3, hours=-2)


def test_times_of_the_other_side_hurry_nothing(clock, met, nablus, asker):
    soon = clock.now + timedelta(hours=3)
    propose_times(met, by=asker, times=times(soon, way="person"))
    assert leave(met, nablus) >= clock.now + timedelta(days=3, hours=-2)


def test_times_of_who_left_may_be_picked_and_nobody_hears(
    clock, met, haifa, nablus, asker, asked
):
    meeting = propose_times(met, by=asked, times=times())
    leave(met, nablus)
    told = lines(asked)
    assert not Meeting.objects.of(asked).exists()
    assert lines_of(haifa).waiting
    pick_time(meeting, by=asker, slot=slot_of(meeting))
    assert lines(asked) == told


def test_who_left_has_no_meeting_to_answer(met, haifa, nablus, asker):
    propose_times(met, by=asker, times=times())
    assert lines_of(nablus).waiting
    leave(met, nablus)
    assert not lines_of(nablus).waiting


def test_an_agreed_meeting_stays_on_the_start_page_of_who_was_left_alone(
    agreed, met, haifa, nablus
):
    assert lines_of(haifa).ahead
    assert lines_of(nablus).ahead
    leave(met, nablus)
    assert lines_of(haifa).ahead
    assert not lines_of(nablus).ahead
