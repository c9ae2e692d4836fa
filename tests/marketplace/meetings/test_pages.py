"""The pages of meetings: a form that keeps what was typed, a neutral file."""

import re
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.introductions.exports import export_introduction
from marketplace.introductions.models import Introduction
from marketplace.meetings.actions import (
    LineText,
    finish_meetings,
    keep_note,
    pick_time,
    propose_times,
    withdraw_times,
    write_line,
)
from marketplace.meetings.models import Meeting
from marketplace.meetings.state import state_lines
from marketplace.notices.actions import keep_habits
from tests.marketplace.meetings.conftest import FIRST, slot_of, times
from tests.marketplace.meetings.test_times import fresh, told

pytestmark = pytest.mark.django_db
PAGE = 30  # statements


def text_of(client, person, path, language="en"):
    client.force_login(person)
    answer = client.get(re.sub("^/en/", f"/{language}/", path))
    assert answer.status_code == 200
    return answer.content.decode()


def form(**more) -> dict:
    return {
        "time_1_0": "2027-02-04",
        "time_1_1": "11:00",
        "minutes": "30",
        "way": "video",
        "place": "",
        "note": "",
    } | more


def post_times(client, person, introduction, **more):
    client.force_login(person)
    path = reverse("meetings:propose", args=[introduction.public_id])
    return client.post(path, form(**more))


def test_times_are_read_on_the_clock_of_who_writes(client, met, asker, asked):
    for person, hour in ((asker, 9), (asked, 9)):
        assert post_times(client, person, met).status_code == 302
        slot = Meeting.objects.get().proposals.open().get().slots.get()
        assert (slot.begins_at.hour, slot.begins_at.day) == (hour, 4)


@pytest.mark.parametrize(
    ("day", "hour", "said"),
    [
        ("2027-03-26", "02:30", "no such hour"),
        ("2027-02-01", "08:00", "has passed"),
        ("2028-05-01", "08:00", "too far ahead"),
        ("", "08:00", "a day and an hour"),
        ("2027-02-31", "08:00", "valid date"),
    ],
)
def test_a_wrong_time_is_told_beside_its_field(client, met, asker, day, hour, said):
    answer = post_times(
        client, asker, met, time_2_0=day, time_2_1=hour, note="Bring tea"
    )
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert list(errors) == ["time_2"]
    assert said in str(errors)
    html = answer.content.decode()
    assert "Bring tea" in html
    assert f'value="{hour}"' in html
    assert not Meeting.objects.exists()


def test_an_hour_that_comes_twice_is_asked_back(client, met, asker, clock):
    clock.forward(days=220)
    answer = post_times(client, asker, met, time_1_0="2027-10-31", time_1_1="01:30")
    assert "comes twice" in str(answer.context["form"].errors["time_1"])


def test_the_own_day_off_is_asked_about_once_and_told_to_nobody(
    client, met, asker, asked
):
    keep_habits(asker, by=asker, days_off=[3], quiet_from=time(22), quiet_until=time(7))
    answer = post_times(client, asker, met)
    assert answer.status_code == 422
    assert answer.context["form"].rests == ("First time",)
    assert post_times(client, asker, met, kept_rest="1").status_code == 302
    page = text_of(client, asked, Meeting.objects.get().get_absolute_url())
    assert "day off" not in page


def test_who_picks_sees_the_own_day_off_and_only_the_own(
    client, proposed, asker, asked
):
    keep_habits(asked, by=asked, days_off=[3])
    path = proposed.get_absolute_url()
    assert "day off" in text_of(client, asked, path)
    assert "day off" not in text_of(client, asker, path)


def test_a_telephone_in_the_place_comes_back_once(client, met, asker):
    answer = post_times(client, asker, met, place="Call 052-1234567")
    assert answer.status_code == 422
    assert answer.context["form"].giveaways
    answer = post_times(client, asker, met, place="Call 052-1234567", looked="1")
    assert answer.status_code == 302


def test_the_page_marks_its_notices_as_read_and_no_others(client, proposed, asked):
    text_of(client, asked, proposed.get_absolute_url())
    notices = asked.notices.filter(kind="meetings.proposed")
    assert notices.filter(read_at__isnull=True).count() == 0


def test_a_meeting_is_taken_out_with_its_introduction(over, met, asker, asked):
    keep_note(over, by=asker, text="CANARYNOTE")
    write_line(over, by=asked, text=LineText("We try ten crates."))
    met = Introduction.objects.get(pk=met.pk)
    tables = [export_introduction(met, by=person).decode() for person in (asker, asked)]
    for table in tables:
        assert "We try ten crates." in table
        assert "11:00" in table
    assert "CANARYNOTE" in tables[0]
    assert "CANARYNOTE" not in tables[1]


def test_the_pages_of_the_outcome_keep_what_was_typed(client, over, asker, asked):
    client.force_login(asker)
    line = reverse("meetings:line", args=[over.public_id])
    answer = client.post(line, {"text": "Ten crates", "step": "A list", "owner": ""})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"owner", "step_on"}
    body = {"text": "Ten crates", "step": "A list", "owner": "them"}
    assert client.post(line, body | {"step_on": "2027-03-01"}).status_code == 302
    page = text_of(client, asked, over.get_absolute_url())
    assert "Confirm the line" in page
    assert "our side" in page
    client.post(reverse("meetings:confirm", args=[over.public_id]), {"version": "1"})
    assert "as both say" in text_of(client, asker, over.get_absolute_url())
    assert told(asker)[0] == "confirmed"


def test_the_word_whether_they_met_is_pressed(client, over, asked):
    client.force_login(asked)
    path = reverse("meetings:held", args=[over.public_id])
    assert client.post(path, {"word": "no"}).status_code == 302
    client.post(path, {"word": "perhaps"})
    assert fresh(over).notes.get().took_place == "no"
    assert FIRST + timedelta(minutes=30) == over.ends_at


def queries_of(client, person, path) -> int:
    client.force_login(person)
    client.get(path)  # menus are kept, the session knows its time
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_page_asks_as_often_however_much_there_is(client, met, asker, asked, clock):
    counts = []
    for _meeting in range(3):
        begins = clock.now + timedelta(days=2)
        meeting = propose_times(met, by=asker, times=times(begins))
        pick_time(meeting, by=asked, slot=slot_of(meeting))
        clock.forward(days=8)
        finish_meetings()
        write_line(meeting, by=asker, text=LineText("Ten crates."))
        keep_note(meeting, by=asked, text="Ours")
        propose_times(met, by=asker, times=times(clock.now + timedelta(days=1)))
        counts.append(queries_of(client, asked, met.get_absolute_url()))
        counts.append(queries_of(client, asked, meeting.get_absolute_url()))
        withdraw_times(met.meetings.going_on().get(), by=asker)
    assert counts[:2] == counts[2:4] == counts[4:]
    assert counts[1] <= PAGE


def test_times_to_move_what_is_over_can_be_picked_before_the_sweep(
    client, met, agreed, asker, asked, clock
):
    propose_times(met, by=asker, times=times(FIRST + timedelta(days=5)))
    clock.now = FIRST + timedelta(hours=1)
    page = text_of(client, asked, agreed.get_absolute_url())
    assert "The other side proposes" in page
    assert "After the meeting" in page
    for words in ("Agreed", "the agreed one stands", "Cancel the meeting"):
        assert words not in page
    (path,) = re.findall(r'action="([^"]+/pick/)"', page)
    answer = client.post(path, {"slot": str(slot_of(agreed))}, follow=True)
    assert "Agreed. The other side has been told." in answer.content.decode()
    assert met.meetings.going_on().get().begins_at == FIRST + timedelta(days=5)


def test_the_panel_of_the_introduction_asks_once_of_all_meetings(
    met, agreed, asker, asked, clock
):
    propose_times(met, by=asker, times=times(FIRST + timedelta(days=5)))
    row = Introduction.objects.with_parties().get(pk=met.pk)
    with CaptureQueriesContext(connection) as asked_for:
        lines = state_lines(row, asked)
    agreed_for, waits = lines
    assert agreed_for.startswith("Agreed: Thursday, 4 February 2027")
    assert agreed_for.endswith("on your clock.")
    assert waits == "The other side proposes times."
    of_meetings = [q for q in asked_for if 'FROM "meetings_meeting"' in q["sql"]]
    assert (len(of_meetings), len(asked_for)) == (1, 3)


def test_the_panel_says_what_can_be_said_once_the_time_has_passed(
    met, over, asker, asked
):
    row = Introduction.objects.with_parties().get(pk=met.pk)
    (line,) = state_lines(row, asker)
    assert "Each side can say what came of it." in line
    write_line(over, by=asker, text=LineText("Ten crates."))
    (line,) = state_lines(row, asked)
    assert "Propose times" in line
    meeting = propose_times(met, by=asker, times=times(FIRST + timedelta(days=5)))
    assert state_lines(row, asker) == ("Your times wait for the other side.",)
    withdraw_times(meeting, by=asker)
    (line,) = state_lines(row, asker)
    assert "Propose times" in line


def test_pages_stand_in_every_language(client, agreed, asker, asked):
    for language in ("he", "ar"):
        for person in (asker, asked):
            page = text_of(client, person, agreed.get_absolute_url(), language)
            assert 'dir="rtl"' in page
