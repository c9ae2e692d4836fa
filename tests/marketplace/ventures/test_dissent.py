"""A note of dissent stands beside the agreement, and only its own side takes it back."""

import pytest
from django.urls import reverse

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.notices.models import Notice
from marketplace.ventures.actions import (
    edit_venture,
    withdraw_dissent,
    withdraw_venture,
    write_dissent,
)
from marketplace.ventures.exports import export_venture
from marketplace.ventures.faces import venture_face
from marketplace.ventures.models import Dissent, JointVenture
from marketplace.ventures.text_faces import dissent_faces
from tests.factories import make_member, make_organisation
from tests.marketplace.ventures.test_actions import (
    introduction,
    people,
    sides,
    sign,
    text_of,
    venture,
)

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "sides", "venture"]
NOTE = "We see the price of the jars otherwise."


@pytest.fixture
def note(venture, people) -> Dissent:
    return write_dissent(venture, by=people[0], text=NOTE)


def test_both_sides_read_it_and_the_other_one_is_told(note, venture, people):
    for person in people:
        (face,) = dissent_faces(venture, person)
        assert (face.text, face.withdrawn_at) == (NOTE, None)
    assert Notice.objects.to(people[1]).filter(kind="ventures.dissent").exists()
    assert not Notice.objects.to(people[0]).filter(kind="ventures.dissent").exists()


def test_it_leaves_text_and_signatures_as_they_are(venture, people):
    sign(venture, people[1])
    before = venture.text_hash()
    write_dissent(venture, by=people[0], text=NOTE)
    assert venture.text_hash() == before
    assert sign(venture, people[0]).status == JointVenture.Status.AGREED


def test_an_edit_by_the_other_side_leaves_it_there(note, venture, people, sides):
    changed = text_of(dict.fromkeys(sides, 5_000), purpose="Another aim.")
    edit_venture(venture, by=people[1], text=changed)
    assert [each.text for each in dissent_faces(venture, people[1])] == [NOTE]


def test_the_other_side_cannot_take_it_back(client, note, venture, people):
    with pytest.raises(NotAllowed):
        withdraw_dissent(note, by=people[1])
    client.force_login(people[1])
    path = reverse("ventures:dissent_back", args=[note.public_id])
    assert path not in client.get(venture.get_absolute_url()).content.decode()
    assert client.post(path).status_code == 404
    note.refresh_from_db()
    assert note.withdrawn_at is None


def test_its_own_side_takes_it_back_and_both_stay_on_record(
    client, note, venture, people, sides
):
    colleague = make_member(sides[0], role="editor")
    client.force_login(colleague)
    path = reverse("ventures:dissent_back", args=[note.public_id])
    assert client.post(path).status_code == 302
    for person in people:
        (face,) = dissent_faces(venture, person)
        assert (face.text, face.may_take_back) == (NOTE, False)
        assert face.withdrawn_at is not None
    client.force_login(people[1])
    page = client.get(venture.get_absolute_url()).content.decode()
    assert NOTE in page
    assert "taken back on" in page


def test_taken_back_twice_it_keeps_the_first_day(note, people):
    first = withdraw_dissent(note, by=people[0]).withdrawn_at
    assert withdraw_dissent(note, by=people[0]).withdrawn_at == first


def test_a_note_may_come_after_all_have_signed(venture, people):
    for person in people:
        venture = sign(venture, person)
    write_dissent(venture, by=people[1], text=NOTE)
    assert venture_face(venture, people[0]).status == JointVenture.Status.AGREED
    assert len(dissent_faces(venture, people[0])) == 1


def test_a_stranger_writes_none_and_nobody_beside_a_withdrawn_proposal(venture, people):
    with pytest.raises(NotAllowed):
        write_dissent(venture, by=make_member(make_organisation()), text=NOTE)
    withdraw_venture(venture, by=people[1])
    with pytest.raises(DomainError):
        write_dissent(venture, by=people[0], text=NOTE)


def test_notes_have_an_end(note, venture, people, settings):
    settings.VENTURE_DISSENTS = 1
    with pytest.raises(DomainError):
        write_dissent(venture, by=people[0], text="And one more.")
    write_dissent(venture, by=people[1], text="Each side counts for itself.")


def test_the_file_of_a_partner_holds_it(note, venture, people):
    withdraw_dissent(note, by=people[0])
    for person in people:
        file = export_venture(venture, by=person).decode("utf-8-sig")
        assert NOTE in file
        assert "taken back" in file
