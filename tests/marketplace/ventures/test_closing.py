"""All close a venture in the same words, may begin anew, and leave a lesson unnamed."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation

from marketplace.exceptions import DomainError, MoveNotAllowed, NotAllowed
from marketplace.introductions.actions import ask_introduction, close_introduction
from marketplace.notices.models import Notice
from marketplace.ventures.actions import (
    ClosingText,
    activate_venture,
    confirm_closing,
    leave_out_lesson,
    propose_arrangement,
    propose_venture,
    publish_lesson,
    restart_venture,
    withdraw_venture,
    write_closing,
)
from marketplace.ventures.closing_faces import closing_face
from marketplace.ventures.models import Arrangement, JointVenture, Lesson
from tests.factories import make_listing, make_member, make_organisation, make_user
from tests.introducing import introduce
from tests.marketplace.ventures.test_actions import (
    FIVE,
    introduction,
    people,
    sides,
    sign,
    text_of,
)
from tests.marketplace.ventures.test_arrangements import text_of as arrangement_of
from tests.marketplace.ventures.test_pulse import proposal, venture

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "proposal", "sides", "venture"]
Status = JointVenture.Status
THREE = {"en": "Begin small.", "he": "להתחיל בקטן.", "ar": "ابدؤوا صغيرًا."}


def words(lesson="Begin small.", note="It held for a year.", ending="reached"):
    return ClosingText(ending, note, lesson, "en")


@pytest.fixture
def active(venture) -> JointVenture:
    activate_venture(venture)
    return JointVenture.objects.get(pk=venture.pk)


@pytest.fixture
def note(active, people):
    return write_closing(active, by=people[0], text=words())


@pytest.fixture
def closed(note, people):
    return confirm_closing(note, by=people[1], version=1)


def status(note) -> str:
    return JointVenture.objects.get(pk=note.venture_id).status


def test_it_closes_with_the_last_yes_to_the_same_words(note, people):
    one, other = people
    confirm_closing(note, by=one, version=1)  # the writer has said so already
    assert status(note) == Status.ACTIVE
    write_closing(note.venture, by=other, text=words(note="It held for two years."))
    with pytest.raises(DomainError):
        confirm_closing(note, by=one, version=1)
    assert status(note) == Status.ACTIVE
    confirm_closing(note, by=one, version=2)
    assert status(note) == Status.ENDED
    with pytest.raises(DomainError):
        write_closing(note.venture, by=one, text=words())
    assert Notice.objects.filter(kind="ventures.closed").count() == 1


def test_saving_the_same_words_voids_no_yes_and_says_none(note, people):
    for person in people:
        write_closing(note.venture, by=person, text=words())
    seen = closing_face(note.venture, people[1])
    assert (len(seen.waiting_for), seen.may_confirm) == (1, True)
    confirm_closing(note, by=people[1], version=1)
    assert status(note) == Status.ENDED


def test_it_is_not_closed_while_its_fee_is_open(venture, people, client):
    with pytest.raises(DomainError):
        write_closing(venture, by=people[0], text=words())
    client.force_login(people[0])
    path = reverse("ventures:closing_write", args=[venture.public_id])
    assert client.get(path).status_code == 404


def test_strangers_write_and_confirm_nothing(note):
    with pytest.raises(NotAllowed):
        confirm_closing(note, by=make_user(), version=1)
    with pytest.raises(NotAllowed):
        write_closing(note.venture, by=make_user(), text=words())


def test_what_is_arranged_ends_with_it(note, people):
    propose_arrangement(note.venture, by=people[0], text=arrangement_of())
    confirm_closing(note, by=people[1], version=1)
    assert Arrangement.objects.get().left_at is not None


# -- a new start ---------------------------------------------------------------------


def test_the_same_partners_begin_anew_one_start_at_a_time(closed, people, sides):
    text = text_of({sides[0]: 5000, sides[1]: 5000})
    anew = restart_venture(closed, by=people[1], text=text)
    assert (anew.status, status(closed)) == (Status.PROPOSED, Status.ENDED)
    with pytest.raises(DomainError):
        restart_venture(closed, by=people[0], text=text)
    withdraw_venture(anew, by=people[0])
    again = restart_venture(closed, by=people[0], text=text)
    closed.refresh_from_db()
    assert closed.restarted_as == again != anew


def test_nobody_else_uses_the_link_and_no_partner_before_the_end(client, note, people):
    path = reverse("ventures:restart", args=[note.restart])
    client.force_login(people[0])
    assert client.get(path).status_code == 404
    confirm_closing(note, by=people[1], version=1)
    assert client.get(path).status_code == 200
    client.force_login(make_user())
    assert client.get(path).status_code == 404
    assert str(note.venture.public_id) not in path


def test_the_link_is_dead_once_they_know_each_other_no_more(
    client, closed, introduction, people, sides
):
    close_introduction(introduction, by=people[1])
    client.force_login(people[0])
    path = reverse("ventures:restart", args=[closed.restart])
    assert client.get(path).status_code == 404
    assert closing_face(closed.venture, people[0]).restart_url == ""
    text = text_of({sides[0]: 5000, sides[1]: 5000})
    with pytest.raises(DomainError):
        restart_venture(closed, by=people[0], text=text)


def test_a_partner_begins_anew_who_was_no_side_of_the_first_introduction(
    client, introduction, people, sides
):
    third = make_organisation(side="third")
    guest = make_member(third)
    for side, person in zip(sides, people, strict=True):
        asked = ask_introduction(
            make_listing(side, owner=person), by=guest, asker=third, **FIVE
        )
        introduce(asked, guest, person)
    three = dict(zip((*sides, third), (3_334, 3_333, 3_333), strict=True))
    venture = propose_venture(introduction, by=people[0], text=text_of(three))
    for person in (*people, guest):
        sign(venture, person)
    activate_venture(venture)
    note = write_closing(venture, by=guest, text=words())
    for person in people:
        note = confirm_closing(note, by=person, version=1)
    client.force_login(guest)
    link = closing_face(note.venture, guest).restart_url
    assert client.get(link).status_code == 200
    anew = restart_venture(note, by=guest, text=text_of(three))
    assert anew.status == Status.PROPOSED
    assert third in anew.introduction.both


def test_other_partners_cannot_be_put_in(closed, people, sides):
    with pytest.raises(DomainError):
        restart_venture(closed, by=people[0], text=text_of({sides[0]: 10_000}))


# -- lessons -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lesson",
    ["Call 052-1234567 first.", "Write to me@members.example", "%(alias)s won"],
)
def test_a_lesson_that_leads_to_somebody_is_refused(
    client, active, people, sides, lesson
):
    type(sides[1]).objects.filter(pk=sides[1].pk).update(alias="Copper Terrace")
    lesson = lesson % {"alias": "Copper Terrace"} if "%" in lesson else lesson
    with pytest.raises(DomainError):
        write_closing(active, by=people[0], text=words(lesson))
    client.force_login(people[0])
    path = reverse("ventures:closing_write", args=[active.public_id])
    typed = {"ending": "market", "note": "So be it", "written_in": "en"}
    answer = client.post(path, typed | {"lesson": lesson})
    assert answer.status_code == 422
    assert "lesson" in answer.context["form"].errors
    assert client.post(path, typed | {"lesson": "Begin small."}).status_code == 302


def editor():
    user = make_user(is_staff=True)
    wanted = Permission.objects.get(codename="change_lesson")
    user.user_permissions.add(wanted)
    return user


def test_staff_publish_in_three_languages_and_the_row_lets_go_of_the_venture(
    client, closed
):
    lesson = Lesson.objects.get()
    assert (lesson.note, lesson.text_en) == (closed, "Begin small.")
    with pytest.raises(NotAllowed):
        publish_lesson(lesson, by=make_user(), texts=THREE)
    with pytest.raises(DomainError):
        publish_lesson(lesson, by=editor(), texts=THREE | {"ar": ""})
    with pytest.raises(DomainError):
        publish_lesson(lesson, by=editor(), texts=THREE | {"en": "Ring 052-1234567"})
    assert (
        "Begin small." not in client.get(reverse("ventures:lessons")).content.decode()
    )
    lesson = publish_lesson(lesson, by=editor(), texts=THREE)
    assert lesson.note is None
    for language, text in THREE.items():
        with translation.override(language):
            page = client.get(reverse("ventures:lessons")).content.decode()
        assert text in page
        assert closed.note not in page
    with pytest.raises(MoveNotAllowed):
        publish_lesson(lesson, by=editor(), texts=THREE)


def test_what_is_left_out_is_never_published(closed):
    lesson = leave_out_lesson(Lesson.objects.get(), by=editor())
    with pytest.raises(MoveNotAllowed):
        publish_lesson(lesson, by=editor(), texts=THREE)
    assert not Lesson.objects.published().exists()


def test_no_lesson_is_made_of_none_nor_before_all_agree(active, people):
    note = write_closing(active, by=people[0], text=words())
    assert not Lesson.objects.exists()
    note = write_closing(active, by=people[1], text=words(lesson=""))
    confirm_closing(note, by=people[0], version=2)
    assert not Lesson.objects.exists()


# -- pages ---------------------------------------------------------------------------


def test_the_pages_lead_from_the_note_to_a_new_start(client, note, people):
    client.force_login(people[1])
    page = note.get_absolute_url()
    assert "Confirm and close" in client.get(page).content.decode()
    path = reverse("ventures:closing_confirm", args=[note.venture.public_id])
    for wrong in ("", "x", "9" * 5000):
        assert client.post(path, {"version": wrong}).status_code == 302
    assert status(note) == Status.ACTIVE
    assert client.post(path, {"version": "1"}).status_code == 302
    html = client.get(page).content.decode()
    assert "Begin anew with the same partners" in html
    venture_page = client.get(note.venture.get_absolute_url()).content.decode()
    assert "All partners have closed this venture together." in venture_page
    for form in ("Say so", "Write down a next step", "Propose an arrangement"):
        assert form not in venture_page
