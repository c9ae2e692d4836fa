"""Whose clock a meeting is read on: one's own, and the contact person's once people are open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from marketplace.introductions.exports import export_introduction
from marketplace.introductions.models import Introduction
from marketplace.introductions.step_faces import fields_opened
from marketplace.meetings.actions import pick_time, propose_times
from marketplace.meetings.faces import meeting_faces
from marketplace.organisations.actions import remove_colleague
from marketplace.organisations.stages import Stage
from marketplace.people.actions import open_or_close_account
from tests.factories import make_member, make_user
from tests.introducing import agree_both
from tests.marketplace.meetings.conftest import slot_of, times
from tests.marketplace.meetings.test_pages import text_of

pytestmark = pytest.mark.django_db
APART = datetime(2027, 3, 26, 8, 0, tzinfo=UTC)  # Israel is an hour ahead on this day
ISRAEL, PALESTINE = "11:00–11:30", "10:00–10:30"
ZONES = ("Asia/Hebron", "Asia/Gaza", "Asia/Jerusalem", "America/Santiago")


def living_in(person, zone):
    person.time_zone = zone
    person.save()


def seen_by(client, person, meeting) -> str:
    """All that somebody reads of a meeting: its pages, the panel, the table."""
    introduction = Introduction.objects.with_parties().get(pk=meeting.introduction_id)
    propose = reverse("meetings:propose", args=[introduction.public_id])
    pages = [meeting.get_absolute_url(), introduction.get_absolute_url(), propose]
    table = export_introduction(introduction, by=person).decode()
    faces = repr(meeting_faces(introduction, person))
    return "\n".join([*(text_of(client, person, page) for page in pages), table, faces])


@pytest.fixture
def on_the_day(met, asker) -> object:
    return propose_times(met, by=asker, times=times(APART))


@pytest.mark.parametrize("upto", [Stage.INTERESTED, Stage.FACTS, Stage.ORGANISATION])
def test_p02_the_other_sides_clock_is_closed_before_its_people(
    client, on_the_day, asker, asked, upto
):
    agree_both(on_the_day.introduction, asker, asked, upto=upto)
    for is_agreed in (False, True):
        if is_agreed:
            pick_time(on_the_day, by=asked, slot=slot_of(on_the_day))
        ours = seen_by(client, asker, on_the_day)
        assert ISRAEL in ours
        assert "on your clock" in ours
        for word in (PALESTINE, "other side’s clock", "both your", "Hebron"):
            assert word not in ours, word
        theirs = seen_by(client, asked, on_the_day)
        assert PALESTINE in theirs
        assert ISRAEL not in theirs
        assert "Jerusalem" not in theirs


def test_p02_a_page_is_the_same_wherever_the_other_side_lives(
    client, met, asker, asked
):
    """Who proposes and waits learns nothing: not by an hour, and not by "the same"."""
    read = set()
    for zone in ZONES:
        living_in(asked, zone)
        meeting = propose_times(met, by=asker, times=times(APART))
        row = Introduction.objects.with_parties().get(pk=met.pk)
        (face,) = meeting_faces(row, asker)
        read.add(face.proposal.slots[0].time)
        assert ISRAEL in text_of(client, asker, meeting.get_absolute_url())
    assert len(read) == 1


def test_both_clocks_and_cities_show_once_people_are_open(
    client, on_the_day, asker, asked
):
    agree_both(on_the_day.introduction, asker, asked)
    pick_time(on_the_day, by=asked, slot=slot_of(on_the_day))
    for person, city in ((asker, "Hebron"), (asked, "Jerusalem")):
        seen = seen_by(client, person, on_the_day)
        for word in (ISRAEL, PALESTINE, "on your clock", "other side’s clock", city):
            assert word in seen


def test_where_the_hours_agree_the_page_says_so_with_both_cities(
    client, proposed, asker, asked
):
    agree_both(proposed.introduction, asker, asked)
    page = text_of(client, asker, proposed.get_absolute_url())
    assert "on both your clocks" in page
    assert "Hebron" in page
    assert "Jerusalem" in page


def test_the_clock_closes_again_with_the_people(client, on_the_day, asker, asked):
    introduction = agree_both(on_the_day.introduction, asker, asked)
    step = reverse("introductions:stop", args=[introduction.public_id, "person"])
    client.force_login(asked)
    assert client.post(step).status_code == 302
    seen = seen_by(client, asker, on_the_day)
    assert PALESTINE not in seen
    assert "Hebron" not in seen


@pytest.mark.parametrize("act", ["proposes", "picks", "moves"])
def test_p04_a_colleague_who_acts_shows_no_clock_of_their_own(
    client, met, nablus, asker, asked, act
):
    """Only the contact person is open: another of the same side lives elsewhere."""
    living_in(asked, "Asia/Jerusalem")
    editor = make_member(nablus, role="editor")
    living_in(editor, "Asia/Gaza")
    agree_both(met, asker, asked)
    own = editor if act == "proposes" else asker
    meeting = propose_times(met, by=own, times=times(APART))
    if act != "proposes":
        pick_time(meeting, by=editor, slot=slot_of(meeting))
    if act == "moves":
        later = times(APART + timedelta(hours=2))
        propose_times(met, by=editor, times=later)
        pick_time(meeting, by=asker, slot=slot_of(meeting))
    seen = seen_by(client, asker, meeting)
    assert "Gaza" not in seen
    assert PALESTINE not in seen
    assert "on both your clocks" in seen
    own_page = text_of(client, editor, meeting.get_absolute_url())
    assert "Gaza" in own_page  # on their own page it is their own clock
    assert "Gaza" not in text_of(client, asked, meeting.get_absolute_url())


def test_the_step_that_opens_people_says_that_it_opens_the_clock():
    assert any("clock" in each for each in fields_opened(Stage.PERSON))
    for step in (Stage.INTERESTED, Stage.FACTS, Stage.ORGANISATION):
        assert not any("clock" in each for each in fields_opened(step))


@pytest.mark.parametrize("change", ["removed", "closed"])
def test_p04_the_earlier_contact_persons_clock_goes_with_the_person(
    client, on_the_day, nablus, asker, asked, change
):
    """Before people are open it would show where somebody lives who never opened."""
    heir = make_member(nablus, role="owner")
    living_in(asked, "America/Santiago")
    living_in(heir, "Asia/Hebron")
    pick_time(on_the_day, by=asked, slot=slot_of(on_the_day))
    propose_times(
        on_the_day.introduction, by=asked, times=times(APART + timedelta(days=2))
    )
    if change == "removed":
        remove_colleague(nablus.memberships.get(user=asked), by=heir)
    else:
        staff = make_user(is_superuser=True, is_staff=True)
        open_or_close_account(asked, by=staff, is_active=False)
    agree_both(on_the_day.introduction, asker, heir)
    seen = seen_by(client, asker, on_the_day)
    assert "Santiago" not in seen
    assert PALESTINE in seen
    assert "Hebron" in seen
    on_the_day.refresh_from_db()
    assert on_the_day.begins_at == APART
