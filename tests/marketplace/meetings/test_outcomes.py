"""What came of a meeting: notes of each side for itself, one line that both confirm."""

from datetime import date

import pytest
from django.urls import reverse

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.introductions.models import Introduction
from marketplace.meetings.actions import (
    LineText,
    confirm_line,
    keep_note,
    say_took_place,
    write_line,
)
from marketplace.meetings.faces import meeting_faces
from marketplace.meetings.models import SharedLine
from tests.factories import make_member, make_organisation
from tests.marketplace.meetings.test_times import told

pytestmark = pytest.mark.django_db


def outcome(meeting, person):
    introduction = Introduction.objects.with_parties().get(pk=meeting.introduction_id)
    return meeting_faces(introduction, person)[0].outcome


def test_nothing_is_said_before_it_is_over(agreed, asker):
    for act in (
        lambda: keep_note(agreed, by=asker, text="Early"),
        lambda: say_took_place(agreed, by=asker, yes=False),
        lambda: write_line(agreed, by=asker, text=LineText("Early")),
    ):
        with pytest.raises(DomainError):
            act()


def test_a_note_is_read_by_its_own_side_alone(over, asker, asked):
    keep_note(over, by=asker, text="CANARYNOTE")
    assert outcome(over, asker).note == "CANARYNOTE"
    assert "CANARYNOTE" not in str(outcome(over, asked))
    keep_note(over, by=asker, text="CANARYNOTE anew")
    assert over.notes.count() == 1


def test_each_side_says_for_itself_whether_they_met(over, asker, asked):
    say_took_place(over, by=asker, yes=False)
    seen = outcome(over, asked)
    assert seen.their_word == "it did not take place"
    assert seen.our_word == "has said nothing yet"


def test_the_line_stands_by_the_yes_of_both(over, asker, asked):
    line = write_line(over, by=asker, text=LineText("We try ten crates."))
    assert told(asked)[0] == "line"
    assert not outcome(over, asked).line.stands
    for _press in range(2):
        confirm_line(over, by=asked, version=line.version)
    assert outcome(over, asker).line.stands
    assert told(asker).count("confirmed") == 1


def test_a_change_makes_an_earlier_yes_void(over, met, asker, asked):
    write_line(over, by=asker, text=LineText("We try ten crates."))
    confirm_line(over, by=asked, version=1)
    changed = LineText("Twelve crates.", "Send a list", met.asker, date(2027, 3, 1))
    line = write_line(over, by=asker, text=changed)
    assert line.version == 2
    seen = outcome(over, asked).line
    assert (seen.stands, seen.may_confirm, seen.step_is_ours) == (False, True, False)
    with pytest.raises(DomainError):
        confirm_line(over, by=asked, version=1)
    confirm_line(over, by=asked, version=2)
    assert outcome(over, asker).line.stands


def pressed(client, person, line) -> str:
    """What the page says after somebody has confirmed this version."""
    client.force_login(person)
    path = reverse("meetings:confirm", args=[line.meeting.public_id])
    answer = client.post(path, {"version": str(line.version)}, follow=True)
    return " ".join(str(each) for each in answer.context["messages"])


def test_confirmed_by_both_is_said_where_both_have_said_yes(client, over, asker, asked):
    line = write_line(over, by=asker, text=LineText("We try ten crates."))
    said = pressed(client, asker, line)  # the writer, whose page has no such button
    assert "Confirmed" not in said
    assert "once the other side says yes" in said
    assert "confirmed" not in told(asked)
    for person in (asked, asker):
        assert "Confirmed by both sides." in pressed(client, person, line)


def test_the_same_words_are_a_yes(client, over, asker, asked):
    path = reverse("meetings:line", args=[over.public_id])
    for person, stands in ((asker, False), (asker, False), (asked, True)):
        client.force_login(person)
        answer = client.post(path, {"text": "We try ten crates."}, follow=True)
        said = " ".join(str(each) for each in answer.context["messages"])
        assert ("Confirmed by both sides." in said) == stands
        assert outcome(over, person).line.stands == stands
    assert SharedLine.objects.get().version == 1
    assert (told(asker)[0], told(asked).count("line")) == ("confirmed", 1)


def test_a_step_belongs_to_one_of_the_two(over, asker):
    stranger = make_organisation(side="il")
    words = LineText("So", "Send a list", stranger, date(2027, 3, 1))
    with pytest.raises(NotAllowed):
        write_line(over, by=asker, text=words)
    with pytest.raises(NotAllowed):
        keep_note(over, by=make_member(stranger), text="Foreign")
