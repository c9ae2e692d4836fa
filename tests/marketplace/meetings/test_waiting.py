"""The start page says what waits for an answer, and when and with whom one meets."""

from datetime import timedelta

import pytest

from marketplace.introductions.actions import close_introduction
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import Introduction
from marketplace.meetings.actions import (
    LineText,
    cancel_meeting,
    confirm_line,
    pick_time,
    propose_times,
    write_line,
)
from marketplace.meetings.waiting import meeting_lines
from marketplace.organisations.stages import Stage
from marketplace.people.models import User
from tests.factories import make_member, make_organisation
from tests.introducing import agree_both
from tests.marketplace.meetings.conftest import FIRST, NOW, slot_of, times

pytestmark = pytest.mark.django_db


def lines_of(organisation):
    person = organisation.memberships.select_related("user").earliest("pk").user
    return meeting_lines(person, {organisation.pk}, {organisation.pk}, limit=5)


def waiting_of(organisation):
    return lines_of(organisation).waiting


def waiting(organisation):
    return [line.is_line for line in waiting_of(organisation)]


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
    (line,) = waiting_of(nablus)
    assert (line.is_line, line.since) == (False, clock.now)


def test_a_line_waits_since_its_last_words(over, nablus, asker, clock):
    for words in ("Ten crates.", "Twelve crates."):
        clock.forward(days=1)
        write_line(over, by=asker, text=LineText(words))
    (line,) = waiting_of(nablus)
    assert (line.is_line, line.since) == (True, clock.now)


def test_nothing_waits_after_the_end_of_consent(client, proposed, met, nablus, asked):
    client.force_login(asked)
    assert "Times for a meeting" in client.get("/en/dashboard/").content.decode()
    close_introduction(met, by=asked)
    assert waiting(nablus) == []
    assert "Times for a meeting" not in client.get("/en/dashboard/").content.decode()


def start_page(client, person, language="en"):
    client.force_login(person)
    return client.get(f"/{language}/dashboard/").content.decode()


def test_each_reads_an_agreed_meeting_on_the_own_clock(agreed, haifa, nablus, asked):
    User.objects.filter(pk=asked.pk).update(time_zone="America/Santiago")
    (here,), (there,) = lines_of(haifa).ahead, lines_of(nablus).ahead
    assert "11:00–11:30" in here.time
    assert here.city == "Jerusalem"
    assert "06:00–06:30" in there.time
    assert there.city == "Santiago"
    assert here.url == there.url == agreed.get_absolute_url()


def test_the_start_page_names_nobody_before_both_have_opened_the_organisation(
    client, agreed, met, asker, asked, haifa, nablus
):
    """One name at a time, the one of the introduction's own page; never a place."""
    for stage in (Stage.INTERESTED, Stage.FACTS, Stage.ORGANISATION, Stage.PERSON):
        row = agree_both(met, asker, asked, upto=stage)
        row = Introduction.objects.with_parties().get(pk=row.pk)
        for person, other in ((asker, nablus), (asked, haifa)):
            name = introduction_face(row, person).counterpart.name
            page = start_page(client, person)
            assert f"<bdi>{name}</bdi>" in page
            is_open = stage >= Stage.ORGANISATION
            assert (other.legal_name in page) == is_open
            assert (other.alias in page) != is_open
            assert "By the old mill" not in page


def test_the_alias_of_a_hidden_listing_stands_for_its_owner(
    client, agreed, met, asker, listing, nablus
):
    listing.anonymous, listing.alias = True, "Quiet Harbour 7"
    listing.save()
    page = start_page(client, asker)
    assert "<bdi>Quiet Harbour 7</bdi>" in page
    assert nablus.alias not in page


def test_what_is_over_cancelled_or_closed_is_not_to_come(
    client, agreed, met, asker, haifa, nablus, clock
):
    assert "Meetings to come" in start_page(client, asker)
    clock.now = FIRST + timedelta(minutes=29)
    assert lines_of(nablus).ahead
    clock.now = FIRST + timedelta(minutes=30)
    assert not lines_of(nablus).ahead
    clock.now = NOW
    close_introduction(met, by=asker)
    assert not lines_of(haifa).ahead
    assert "Meetings to come" not in start_page(client, asker)


def test_a_cancelled_meeting_is_not_to_come(agreed, haifa, asker):
    cancel_meeting(agreed, by=asker)
    assert lines_of(haifa).ahead == []


def test_who_only_reads_sees_when_it_is_and_has_nothing_to_answer(
    met, agreed, asker, asked, nablus
):
    propose_times(met, by=asker, times=times(FIRST + timedelta(days=5)))
    reader = make_member(nablus, role="viewer")
    seen = meeting_lines(reader, {nablus.pk}, set(), limit=5)
    assert (len(seen.ahead), seen.waiting) == (1, [])
    to_move = meeting_lines(asked, {nablus.pk}, {nablus.pk}, limit=5)
    assert (len(to_move.ahead), len(to_move.waiting)) == (1, 1)


def test_a_stranger_has_no_meetings(agreed):
    stranger = make_member(make_organisation())
    own = {stranger.memberships.get().organisation_id}
    lines = meeting_lines(stranger, own, own, limit=5)
    assert (lines.waiting, lines.ahead) == ([], [])
