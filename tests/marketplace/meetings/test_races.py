"""R-09, R-10: two hands on one meeting at the same moment; one time stands, or none.

`RACE_ROUNDS` says how often each race is run; `make deep` runs a thousand.
"""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from marketplace.introductions.actions import block_counterpart, close_introduction
from marketplace.meetings.actions import (
    LineText,
    Times,
    cancel_meeting,
    confirm_line,
    decline_times,
    end_meetings,
    lapse_times,
    pick_time,
    propose_times,
    remind_of_meetings,
    withdraw_times,
    write_line,
)
from marketplace.meetings.models import Meeting, Proposal
from marketplace.notices.models import Notice
from tests.at_once import at_once
from tests.factories import make_member
from tests.marketplace.introductions.test_races import refused, rounds

pytestmark = pytest.mark.django_db(transaction=True)
Status = Meeting.Status


def times(*days: int) -> Times:
    now = timezone.now().replace(second=0, microsecond=0)
    begins = tuple(now + timedelta(days=each) for each in days)
    return Times(begins, minutes=30, way="call")


def offered(pair, *days):
    introduction = pair.accepted()
    meeting = propose_times(introduction, by=pair.asking, times=times(*days))
    slots = meeting.proposals.open().get().slots.all()
    return introduction, meeting, [slot.public_id for slot in slots]


def state(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def test_r09_both_sides_propose_at_once():
    for pair in rounds():
        introduction = pair.accepted()
        results = at_once(
            *(
                partial(propose_times, introduction, by=person, times=times(3, 4))
                for person in (pair.asking, pair.answering) * 2
            )
        )
        assert refused(results) == []
        assert introduction.meetings.count() == 1
        assert (
            Proposal.objects.open().filter(meeting__introduction=introduction).count()
            == 1
        )


def test_r09_two_colleagues_pick_two_times_at_once():
    for pair in rounds():
        _introduction, meeting, slots = offered(pair, 3, 4)
        colleague = make_member(pair.asked)
        results = at_once(
            partial(pick_time, meeting, by=pair.answering, slot=slots[0]),
            partial(pick_time, meeting, by=colleague, slot=slots[1]),
        )
        assert len(refused(results)) == 1
        assert (state(meeting).status, state(meeting).sequence) == (Status.AGREED, 0)


def test_r10_a_time_picked_twice_is_picked_once():
    for pair in rounds():
        _introduction, meeting, slots = offered(pair, 3)
        pick = partial(pick_time, meeting, by=pair.answering, slot=slots[0])
        assert refused(at_once(pick, pick, pick)) == []
        told = Notice.objects.to(pair.asking).filter(kind="meetings.agreed")
        assert told.count() == 1


@pytest.mark.parametrize("act", [withdraw_times, "propose"])
def test_r09_pick_against_times_taken_back_or_replaced(act):
    for pair in rounds():
        introduction, meeting, slots = offered(pair, 3)
        other = (
            partial(propose_times, introduction, by=pair.asking, times=times(5))
            if act == "propose"
            else partial(act, meeting, by=pair.asking)
        )
        pick = partial(pick_time, meeting, by=pair.answering, slot=slots[0])
        wrong = refused(at_once(pick, other))
        row, waits = state(meeting), meeting.proposals.open().exists()
        if act == "propose":
            assert waits  # after a pick these would move what stands
            assert (row.status == Status.PROPOSED) == (len(wrong) == 1)
        else:
            assert len(wrong) == 1
            assert (row.status, waits) in (
                (Status.AGREED, False),
                (Status.WITHDRAWN, False),
            )


def test_r09_cancel_against_a_new_time():
    for pair in rounds():
        introduction, meeting, slots = offered(pair, 3)
        pick_time(meeting, by=pair.answering, slot=slots[0])
        propose_times(introduction, by=pair.answering, times=times(6))
        slot = meeting.proposals.open().get().slots.get().public_id
        wrong = refused(
            at_once(
                partial(pick_time, meeting, by=pair.asking, slot=slot),
                partial(cancel_meeting, meeting, by=pair.answering),
            )
        )
        assert len(wrong) <= 1
        assert state(meeting).status == Status.CANCELLED
        assert not meeting.proposals.open().exists()


@pytest.mark.parametrize("end", [close_introduction, block_counterpart])
def test_r09_the_end_of_consent_against_everything(end):
    for pair in rounds():
        introduction, meeting, slots = offered(pair, 3)
        refused(
            at_once(
                partial(pick_time, meeting, by=pair.answering, slot=slots[0]),
                partial(end, introduction, by=pair.asking),
                partial(propose_times, introduction, by=pair.answering, times=times(5)),
                partial(decline_times, meeting, by=pair.answering),
            )
        )
        assert not introduction.meetings.going_on().exists()
        assert (
            not Proposal.objects.open()
            .filter(meeting__introduction=introduction)
            .exists()
        )


def test_r09_two_clocks_and_a_pick():
    for pair in rounds():
        _introduction, meeting, slots = offered(pair, 3)
        Proposal.objects.filter(meeting=meeting).update(lapses_at=timezone.now())
        results = at_once(
            lapse_times,
            lapse_times,
            partial(pick_time, meeting, by=pair.answering, slot=slots[0]),
        )
        refused(results)
        assert state(meeting).status in (Status.LAPSED, Status.AGREED)
        assert sum(each for each in results if isinstance(each, int)) <= 1


def test_r10_two_clocks_remind_once():
    for pair in rounds():
        _introduction, meeting, slots = offered(pair, 3)
        pick_time(meeting, by=pair.answering, slot=slots[0])
        Meeting.objects.filter(pk=meeting.pk).update(remind_at=timezone.now())
        assert sum(at_once(remind_of_meetings, remind_of_meetings)) == 1
        told = Notice.objects.filter(
            kind="meetings.reminder", about_id=meeting.public_id
        )
        assert told.count() == 2


def test_r09_a_line_changes_while_it_is_confirmed():
    for pair in rounds():
        _introduction, meeting, slots = offered(pair, 3)
        pick_time(meeting, by=pair.answering, slot=slots[0])
        past = timezone.now() - timedelta(days=1)
        begins = past - timedelta(minutes=30)
        Meeting.objects.filter(pk=meeting.pk).update(begins_at=begins, ends_at=past)
        write_line(meeting, by=pair.asking, text=LineText("Ten crates."))
        wrong = refused(
            at_once(
                partial(confirm_line, meeting, by=pair.answering, version=1),
                partial(
                    write_line, meeting, by=pair.asking, text=LineText("Twelve crates.")
                ),
            )
        )
        assert len(wrong) <= 1
        line = Meeting.objects.get(pk=meeting.pk).line
        said = line.yeses.filter(version=2).values_list("organisation", flat=True)
        assert (line.version, list(said)) == (2, [pair.asker.pk])
        end_meetings(meeting.introduction)
