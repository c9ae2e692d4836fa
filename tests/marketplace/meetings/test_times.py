"""Times are proposed by one side and picked by the other; nobody's calendar is shown."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from marketplace.exceptions import DomainError, MoveNotAllowed, NotAllowed
from marketplace.introductions.actions import block_counterpart, close_introduction
from marketplace.meetings.actions import (
    cancel_meeting,
    decline_times,
    pick_time,
    propose_times,
    withdraw_times,
)
from marketplace.meetings.models import Meeting, Proposal
from marketplace.notices.models import Notice, OutgoingMail
from tests.factories import make_member, make_organisation, make_user
from tests.marketplace.meetings.conftest import FIRST, SECOND, slot_of, times

pytestmark = pytest.mark.django_db
Status = Meeting.Status


def told(person):
    kinds = Notice.objects.to(person).filter(kind__startswith="meetings.")
    return [
        kind.removeprefix("meetings.") for kind in kinds.values_list("kind", flat=True)
    ]


def fresh(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def test_the_other_side_picks_one_of_the_times(proposed, asker, asked):
    assert told(asked) == ["proposed"]
    meeting = pick_time(proposed, by=asked, slot=slot_of(proposed, 1))
    assert fresh(meeting).begins_at == SECOND
    assert fresh(meeting).ends_at == SECOND + timedelta(minutes=30)
    assert (meeting.asker_zone, meeting.asked_zone) == ("Asia/Jerusalem", "Asia/Hebron")
    assert meeting.place == "By the old mill"
    assert told(asker) == ["agreed"]
    assert not Proposal.objects.open().exists()


def test_to_pick_twice_is_to_pick_once(proposed, asker, asked):
    slot = slot_of(proposed)
    for _press in range(2):
        pick_time(proposed, by=asked, slot=slot)
    assert fresh(proposed).sequence == 0
    assert told(asker) == ["agreed"]


def test_nobody_picks_their_own_times_nor_those_of_strangers(proposed, asker):
    slot = slot_of(proposed)
    outsider = make_member(make_organisation(side="il"))
    for person in (asker, outsider, make_user()):
        with pytest.raises(NotAllowed):
            pick_time(proposed, by=person, slot=slot)


@pytest.mark.parametrize("act", [decline_times, withdraw_times, cancel_meeting])
def test_outsiders_and_readers_of_a_side_do_nothing(proposed, nablus, act):
    outsider = make_member(make_organisation(side="il"))
    for person in (outsider, make_member(nablus, role="reader"), make_user()):
        with pytest.raises(NotAllowed):
            act(proposed, by=person)
        with pytest.raises(NotAllowed):
            propose_times(proposed.introduction, by=person, times=times())


def test_times_wait_for_both_to_agree_to_the_introduction(clock, introduction, asker):
    with pytest.raises(NotAllowed):
        propose_times(introduction, by=asker, times=times())


def test_none_fits_and_other_times_are_proposed(met, proposed, asker, asked):
    first = slot_of(proposed)
    meeting = propose_times(met, by=asked, times=times(SECOND + timedelta(days=1)))
    assert meeting == proposed
    assert Proposal.objects.open().get().organisation == met.asked
    with pytest.raises((MoveNotAllowed, NotAllowed)):
        pick_time(meeting, by=asked, slot=first)
    pick_time(meeting, by=asker, slot=slot_of(meeting))
    assert fresh(meeting).begins_at == SECOND + timedelta(days=1)


def test_to_decline_ends_it_without_a_reason(proposed, asker, asked):
    with pytest.raises(NotAllowed):
        decline_times(proposed, by=asker)
    decline_times(proposed, by=asked)
    assert fresh(proposed).status == Status.DECLINED
    assert told(asker) == ["declined"]
    with pytest.raises(MoveNotAllowed):
        decline_times(proposed, by=asked)


def test_a_side_takes_its_own_times_back_and_its_letter_stays(proposed, asker, asked):
    with pytest.raises(NotAllowed):
        withdraw_times(proposed, by=asked)
    withdraw_times(proposed, by=asker)
    assert fresh(proposed).status == Status.WITHDRAWN
    letters = OutgoingMail.objects.filter(
        recipient=asked, notice__kind="meetings.proposed"
    )
    assert {each.state for each in letters} == {OutgoingMail.State.DROPPED}


def test_an_agreed_time_stands_until_a_new_one_is_picked(met, agreed, asker, asked):
    moved_to = SECOND + timedelta(days=2)
    propose_times(met, by=asked, times=times(moved_to, way="person", minutes=60))
    assert (fresh(agreed).status, fresh(agreed).begins_at) == (Status.AGREED, FIRST)
    pick_time(agreed, by=asker, slot=slot_of(agreed))
    row = fresh(agreed)
    assert (row.begins_at, row.way, row.sequence) == (moved_to, "person", 1)
    assert row.ends_at == moved_to + timedelta(hours=1)
    assert row.remind_at == moved_to - timedelta(days=1)
    assert told(asked)[0] == "moved"


@pytest.mark.parametrize("act", [decline_times, withdraw_times])
def test_declined_new_times_leave_the_old_one(met, agreed, asker, asked, act):
    propose_times(met, by=asker, times=times(SECOND))
    act(agreed, by=asked if act is decline_times else asker)
    assert (fresh(agreed).status, fresh(agreed).begins_at) == (Status.AGREED, FIRST)


def test_either_side_cancels_and_times_to_move_it_fall(met, agreed, asker, asked):
    propose_times(met, by=asker, times=times(SECOND))
    cancel_meeting(agreed, by=asked)
    row = fresh(agreed)
    assert (row.status, row.sequence, row.remind_at) == (Status.CANCELLED, 1, None)
    assert not Proposal.objects.open().exists()
    assert told(asker)[0] == "cancelled"
    with pytest.raises(MoveNotAllowed):
        cancel_meeting(agreed, by=asker)
    again = propose_times(met, by=asked, times=times(SECOND))
    assert again != agreed


def test_what_has_begun_is_not_moved_but_another_meeting_begins(
    met, agreed, asker, asked, clock
):
    propose_times(met, by=asker, times=times(SECOND))
    clock.now = FIRST + timedelta(minutes=5)
    slot = slot_of(agreed)
    other = pick_time(agreed, by=asked, slot=slot)
    assert other != agreed
    assert fresh(agreed).status == Status.OVER
    assert (fresh(other).status, fresh(other).begins_at) == (Status.AGREED, SECOND)


def test_times_that_have_passed_are_not_picked_or_proposed(
    met, proposed, asker, asked, clock
):
    clock.now = FIRST
    with pytest.raises(DomainError, match="passed"):
        pick_time(proposed, by=asked, slot=slot_of(proposed))
    for begin in (clock.now, clock.now + timedelta(days=400)):
        with pytest.raises(DomainError):
            propose_times(met, by=asker, times=times(begin))


@pytest.mark.parametrize(
    "bad",
    [
        times(FIRST, minutes=10),
        times(FIRST, minutes=121),
        times(FIRST, FIRST),
        times(FIRST.replace(second=7)),
        times(FIRST.replace(microsecond=1)),
        times(*(FIRST + timedelta(hours=n) for n in range(6))),
    ],
)
def test_times_have_bounds(met, asker, bad):
    with pytest.raises(NotAllowed):
        propose_times(met, by=asker, times=bad)


def test_a_side_proposes_only_so_often_in_a_week(met, asker, asked, settings):
    settings.MEETINGS_PROPOSED = 2
    for _time in range(2):
        propose_times(met, by=asker, times=times())
    with pytest.raises(DomainError):
        propose_times(met, by=asker, times=times())
    propose_times(met, by=asked, times=times())  # the other side's count is its own


def test_more_of_the_same_is_one_letter_a_day(met, asker, asked):
    for hour in range(3):
        propose_times(met, by=asker, times=times(FIRST + timedelta(hours=hour)))
    assert told(asked) == ["proposed"]


@pytest.mark.parametrize("end", [close_introduction, block_counterpart])
def test_p17_the_end_of_consent_ends_and_hides_all(
    client, met, agreed, asker, asked, end
):
    propose_times(met, by=asker, times=times(SECOND))
    end(met, by=asked)
    assert fresh(agreed).status == Status.CLOSED
    assert not Proposal.objects.open().exists()
    waiting = OutgoingMail.objects.filter(notice__kind__startswith="meetings.")
    assert set(waiting.values_list("state", flat=True)) == {"dropped"}
    for person in (asker, asked):
        client.force_login(person)
        assert client.get(agreed.get_absolute_url()).status_code == 404
        with pytest.raises(NotAllowed):
            propose_times(met, by=person, times=times())
        with pytest.raises(NotAllowed):
            cancel_meeting(agreed, by=person)


def test_the_database_holds_one_meeting_and_one_proposal_at_a_time(met, proposed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.objects.create(introduction=met, asker_zone="UTC", asked_zone="UTC")
    kept = Proposal.objects.get()
    kept.pk, kept._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save()
