"""The start page says what waits for an answer, and names no party."""

from datetime import timedelta

import pytest

from marketplace.introductions.actions import close_introduction
from marketplace.meetings.actions import (
    LineText,
    confirm_line,
    pick_time,
    propose_times,
    write_line,
)
from marketplace.meetings.waiting import meeting_lines
from tests.marketplace.meetings.conftest import FIRST, slot_of, times

pytestmark = pytest.mark.django_db


def waiting(organisation):
    return [line.is_line for line in meeting_lines([organisation.pk], limit=5)]


def test_times_wait_for_the_side_that_has_to_pick(proposed, haifa, nablus, asked):
    assert (waiting(haifa), waiting(nablus)) == ([], [False])
    pick_time(proposed, by=asked, slot=slot_of(proposed))
    assert (waiting(haifa), waiting(nablus)) == ([], [])


def test_a_line_waits_for_the_side_that_has_to_confirm(
    over, haifa, nablus, asker, asked
):
    write_line(over, by=asker, text=LineText("Ten crates."))
    assert (waiting(haifa), waiting(nablus)) == ([], [True])
    confirm_line(over, by=asked, version=1)
    assert (waiting(haifa), waiting(nablus)) == ([], [])
    write_line(over, by=asked, text=LineText("Twelve crates."))
    assert (waiting(haifa), waiting(nablus)) == ([True], [])


def test_it_waits_since_it_was_said_and_not_since_the_meeting_began(
    met, agreed, nablus, asker, clock
):
    clock.forward(days=2)
    propose_times(met, by=asker, times=times(FIRST + timedelta(days=5)))
    (line,) = meeting_lines([nablus.pk], limit=5)
    assert (line.is_line, line.since) == (False, clock.now)


def test_a_line_waits_since_its_last_words(over, nablus, asker, clock):
    for words in ("Ten crates.", "Twelve crates."):
        clock.forward(days=1)
        write_line(over, by=asker, text=LineText(words))
    (line,) = meeting_lines([nablus.pk], limit=5)
    assert (line.is_line, line.since) == (True, clock.now)


def test_nothing_waits_after_the_end_of_consent(client, proposed, met, nablus, asked):
    client.force_login(asked)
    assert "Times for a meeting" in client.get("/en/dashboard/").content.decode()
    close_introduction(met, by=asked)
    assert waiting(nablus) == []
    assert "Times for a meeting" not in client.get("/en/dashboard/").content.decode()
