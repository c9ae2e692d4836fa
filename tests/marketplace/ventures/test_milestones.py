"""A step counts, is done and is dropped by the words of all; an edit voids them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.notices.models import Notice
from marketplace.ventures.actions import (
    MilestoneText,
    add_milestone,
    confirm_milestone,
    edit_milestone,
)
from marketplace.ventures.milestone_faces import milestone_faces
from marketplace.ventures.models import Milestone, MilestoneWord
from marketplace.ventures.permissions import party_of
from tests.factories import make_user
from tests.marketplace.ventures.test_actions import introduction, people, sides
from tests.marketplace.ventures.test_pulse import proposal, venture

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "proposal", "sides", "venture"]
DAY = timedelta(days=1)


def text_for(venture, person, text="Count the jars", days=10):
    due_on = timezone.localdate() + days * DAY
    return MilestoneText("step", text, party_of(person, venture), due_on)


@pytest.fixture
def step(venture, people) -> Milestone:
    return add_milestone(venture, by=people[0], text=text_for(venture, people[1]))


def say(step, person, what, version=None):
    step.refresh_from_db()
    version = step.version if version is None else version
    return confirm_milestone(step, by=person, what=what, version=version)


def state(step, person) -> str:
    (face,) = milestone_faces(step.venture, party_of(person, step.venture))
    return face.state


def test_a_step_counts_once_all_have_confirmed_it(step, people):
    assert state(step, people[0]) == "waiting"
    say(step, people[0], "counts")  # the writer has said so already
    assert state(step, people[0]) == "waiting"
    say(step, people[1], "counts")
    assert state(step, people[0]) == state(step, people[1]) == "open"


def test_it_is_done_when_all_say_so(step, people):
    with pytest.raises(DomainError):
        say(step, people[0], "done")  # it does not count yet
    say(step, people[1], "counts")
    for _again in range(2):
        say(step, people[1], "done")
    assert state(step, people[0]) == "open"
    say(step, people[0], "done")
    assert state(step, people[0]) == "done"
    with pytest.raises(DomainError):
        say(step, people[0], "dropped")


def test_an_edit_voids_every_word_and_keeps_what_stood_readable(step, people):
    one, other = people
    say(step, other, "counts")
    say(step, other, "done")
    edit_milestone(step, by=one, text=text_for(step.venture, one, "Count bottles"))
    (face,) = milestone_faces(step.venture, party_of(other, step.venture))
    assert (face.state, face.text, face.finishing) == ("waiting", "Count bottles", ())
    assert face.stood.text == "Count the jars"
    say(step, other, "counts")
    (face,) = milestone_faces(step.venture, party_of(other, step.venture))
    assert (face.state, face.stood) == ("open", None)


def test_a_word_about_the_version_before_is_refused(step, people):
    edit_milestone(step, by=people[0], text=text_for(step.venture, people[0], "Other"))
    with pytest.raises(DomainError):
        say(step, people[1], "counts", version=1)


def test_saving_the_same_words_voids_nothing(step, people):
    say(step, people[1], "counts")
    edit_milestone(step, by=people[1], text=text_for(step.venture, people[1]))
    assert state(step, people[0]) == "open"


def test_what_never_counted_ends_by_the_word_of_any(step, people):
    say(step, people[1], "dropped")
    assert state(step, people[0]) == "dropped"


def test_nobody_ends_alone_what_has_counted_even_after_an_edit(step, people):
    one, other = people
    say(step, other, "counts")
    say(step, one, "dropped")
    assert state(step, other) == "open"
    edit_milestone(step, by=one, text=text_for(step.venture, one, "Something else"))
    say(step, one, "dropped")
    assert state(step, other) == "waiting"
    say(step, other, "dropped")
    assert state(step, other) == "dropped"


def test_strangers_write_and_say_nothing_and_owners_are_partners(step, venture, people):
    stranger = make_user()
    with pytest.raises(NotAllowed):
        say(step, stranger, "counts")
    with pytest.raises(NotAllowed):
        edit_milestone(step, by=stranger, text=text_for(venture, people[0]))
    assert not Milestone.objects.of(stranger).exists()


def test_nothing_is_planned_before_all_have_signed(proposal, people):
    with pytest.raises(DomainError):
        add_milestone(proposal, by=people[0], text=text_for(proposal, people[0]))


def test_the_others_are_told_and_nobody_of_the_own_side(step, people):
    told = Notice.objects.filter(kind="ventures.milestone")
    assert [each.recipient for each in told] == [people[1]]


def test_the_page_shows_whose_word_is_missing_and_takes_it(client, step, people):
    client.force_login(people[1])
    page = client.get(step.venture.get_absolute_url()).content.decode()
    assert "Count the jars" in page
    assert "Waits for the word of" in page
    path = reverse("ventures:milestone_say", args=[step.public_id])
    assert client.post(path, {"what": "counts", "version": "1"}).status_code == 302
    assert MilestoneWord.objects.filter(milestone=step).count() == 2
    for what, version in (("counts", "x"), ("counts", "9" * 5000), ("all", "1")):
        wrong = {"what": what, "version": version}
        assert client.post(path, wrong).status_code == 302
    assert MilestoneWord.objects.filter(milestone=step).count() == 2


def test_a_day_that_has_passed_is_refused_and_the_words_stay(client, venture, people):
    client.force_login(people[0])
    path = reverse("ventures:milestone_add", args=[venture.public_id])
    owner = party_of(people[0], venture).organisation.public_id.hex
    typed = {"kind": "step", "text": "Count", "owner": owner, "due_on": "2020-01-01"}
    answer = client.post(path, typed)
    assert answer.status_code == 422
    assert 'value="Count"' in answer.content.decode()
    assert not Milestone.objects.exists()
