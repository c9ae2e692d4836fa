"""A letter that has not left says nothing that is no longer so."""

from datetime import timedelta

import pytest

from marketplace.meetings.actions import (
    decline_times,
    finish_meetings,
    lapse_times,
    propose_times,
    withdraw_times,
)
from marketplace.notices.models import OutgoingMail
from tests.marketplace.meetings.conftest import FIRST, SECOND, times

pytestmark = pytest.mark.django_db
DROPPED = OutgoingMail.State.DROPPED


def letters(person, kind):
    """The states of the letters to somebody, in the order in which they came."""
    rows = OutgoingMail.objects.filter(
        recipient=person, notice__kind=f"meetings.{kind}"
    )
    return list(rows.order_by("pk").values_list("state", flat=True))


def test_times_that_have_lapsed_are_written_of_no_more(proposed, asker, asked, clock):
    assert letters(asked, "proposed") != [DROPPED]
    clock.now = SECOND
    assert lapse_times() == 1
    assert letters(asked, "proposed") == [DROPPED]
    assert DROPPED not in letters(asker, "lapsed")


@pytest.mark.parametrize("end", ["declined", "withdrawn", "lapsed"])
def test_of_times_to_move_a_meeting_only_their_own_letter_goes(
    met, agreed, asker, asked, clock, end
):
    propose_times(met, by=asker, times=times(clock.now + timedelta(hours=9)))
    if end == "declined":
        decline_times(agreed, by=asked)
    elif end == "withdrawn":
        withdraw_times(agreed, by=asker)
    else:
        clock.forward(hours=10)
        assert lapse_times() == 1
    assert set(letters(asked, "proposed")) == {DROPPED}
    assert DROPPED not in letters(asker, "agreed")
    assert letters(asker if end != "withdrawn" else asked, end) != [DROPPED]


def test_times_answered_by_others_are_written_of_no_more(met, proposed, asker, asked):
    propose_times(met, by=asked, times=times(SECOND))
    assert letters(asked, "proposed") == [DROPPED]
    assert DROPPED not in letters(asker, "proposed")


def test_who_proposes_anew_writes_once_and_the_letter_stays(
    met, proposed, asker, asked
):
    propose_times(met, by=asker, times=times(SECOND))
    (state,) = letters(asked, "proposed")
    assert state != DROPPED


def test_times_that_outlive_their_meeting_are_written_of_once(
    met, agreed, asker, asked, clock
):
    """The unsent letter goes with the old meeting; another tells of the new one's."""
    propose_times(met, by=asker, times=times(FIRST + timedelta(days=5)))
    before = letters(asked, "proposed")
    clock.now = FIRST + timedelta(hours=1)
    assert finish_meetings() == 1
    *old, new = letters(asked, "proposed")
    assert len(old) == len(before)
    assert set(old) == {DROPPED}
    assert new != DROPPED
    withdraw_times(met.meetings.going_on().get(), by=asker)
    assert set(letters(asked, "proposed")) == {DROPPED}
