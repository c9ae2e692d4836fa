"""What partners who know each other no more keep, what ends, and how much is written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.audit.models import Entry
from marketplace.exceptions import DomainError
from marketplace.introductions.actions import (
    block_counterpart,
    close_introduction,
    stop_step,
)
from marketplace.notices.models import Notice
from marketplace.organisations.stages import Stage
from marketplace.ventures.actions import (
    propose_arrangement,
    propose_venture,
    withdraw_venture,
)
from marketplace.ventures.arrangement_faces import arrangement_face
from marketplace.ventures.models import Arrangement, JointVenture
from tests.factories import make_listing, make_user
from tests.introducing import introduce
from tests.marketplace.ventures import test_actions
from tests.marketplace.ventures.test_actions import FIVE, introduction, people, sides
from tests.marketplace.ventures.test_arrangements import agreed, arrangement, text_of
from tests.marketplace.ventures.test_pulse import proposal, venture

pytestmark = pytest.mark.django_db
__all__ = [
    "agreed",
    "arrangement",
    "introduction",
    "people",
    "proposal",
    "sides",
    "venture",
]


def close(introduction, one, other):
    close_introduction(introduction, by=other)


def block(introduction, one, other):
    block_counterpart(introduction, by=other)


def step_back(introduction, one, other):
    stop_step(introduction, by=other, stage=Stage.PERSON)


@pytest.mark.parametrize("part", [close, block, step_back])
def test_what_was_arranged_ends_for_all_and_the_venture_goes_on(
    venture, agreed, introduction, people, part
):
    one, other = people
    part(introduction, one, other)
    agreed.refresh_from_db()
    venture.refresh_from_db()
    assert agreed.left_at is not None
    assert agreed not in Arrangement.objects.standing()
    assert venture.status in JointVenture.GOING_ON
    for person in people:
        face = arrangement_face(agreed, person, venture)
        assert (face.state, face.left_by) == ("closed", "")
        told = Notice.objects.to(person).filter(kind="ventures.arrangement_left")
        assert told.count() == 1
    with pytest.raises(DomainError, match="know each other"):
        propose_arrangement(venture, by=one, text=text_of())


def test_nothing_ends_while_another_introduction_holds(
    venture, agreed, introduction, people, sides
):
    one, other = people
    again = make_listing(sides[0], owner=one)
    asked = test_actions.ask_introduction(again, by=other, asker=sides[1], **FIVE)
    introduce(asked, other, one)
    close_introduction(introduction, by=other)
    agreed.refresh_from_db()
    assert agreed.left_at is None


def test_what_had_lapsed_before_stays_as_it_was(
    venture, arrangement, introduction, people
):
    days = {"first_on": timezone.localdate() - timedelta(days=9)}
    days |= {"last_on": days["first_on"], "review_on": days["first_on"]}
    Arrangement.objects.filter(pk=arrangement.pk).update(**days)
    close_introduction(introduction, by=people[0])
    arrangement.refresh_from_db()
    assert arrangement.left_at is None


def test_who_proposes_and_withdraws_again_and_again_has_to_wait(
    introduction, people, sides
):
    one, other = people
    text = test_actions.text_of(dict.fromkeys(sides, 5_000))
    for _turn in range(3):
        withdraw_venture(propose_venture(introduction, by=one, text=text), by=one)
    with pytest.raises(DomainError, match="several texts"):
        propose_venture(introduction, by=one, text=text)
    proposed = Notice.objects.to(other).filter(kind="ventures.proposed")
    assert proposed.count() == 3
    theirs = propose_venture(introduction, by=other, text=text)  # a count of its own
    withdraw_venture(theirs, by=other)
    JointVenture.objects.update(created_at=timezone.now() - timedelta(days=31))
    propose_venture(introduction, by=one, text=text)


def test_a_partner_takes_out_what_it_may_read_and_it_is_recorded(
    client, venture, agreed, people, sides
):
    address = reverse("ventures:export", args=[venture.public_id])
    client.force_login(make_user())
    assert client.post(address).status_code == 404
    client.force_login(people[1])
    table = client.post(address).content.decode("utf-8-sig")
    for words in (venture.title, agreed.what, agreed.place):
        assert words in table
    (entry,) = Entry.objects.filter(kind=Entry.Kind.TAKEN)
    assert (entry.by, entry.subject) == (people[1], sides[1].public_id)


def test_of_a_proposal_between_strangers_nothing_is_taken_out(
    client, proposal, introduction, people
):
    close_introduction(introduction, by=people[0])
    client.force_login(people[1])
    address = reverse("ventures:export", args=[proposal.public_id])
    assert client.post(address).status_code == 404
    assert not Entry.objects.filter(kind=Entry.Kind.TAKEN).exists()
