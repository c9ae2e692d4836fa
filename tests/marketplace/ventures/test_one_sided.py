"""Whatever one partner does alone, in any order, ends and binds nothing for the other."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from marketplace.exceptions import DomainError
from marketplace.ventures.actions import (
    activate_venture,
    add_milestone,
    agree_to_arrangement,
    confirm_closing,
    confirm_milestone,
    edit_arrangement,
    edit_milestone,
    propose_arrangement,
    write_closing,
)
from marketplace.ventures.models import (
    Arrangement,
    ClosingNote,
    JointVenture,
    Milestone,
    MilestoneWord,
)
from tests.marketplace.ventures.test_actions import introduction, people, sides
from tests.marketplace.ventures.test_arrangements import text_of
from tests.marketplace.ventures.test_closing import words
from tests.marketplace.ventures.test_milestones import text_for
from tests.marketplace.ventures.test_pulse import proposal, venture

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "proposal", "sides", "venture"]
ACTS = 25


@pytest.fixture
def planned(venture, people) -> JointVenture:
    """One step that counts and one thing proposed, in a venture that is active."""
    activate_venture(venture)
    step = add_milestone(venture, by=people[0], text=text_for(venture, people[1]))
    confirm_milestone(step, by=people[1], what="counts", version=1)
    propose_arrangement(venture, by=people[0], text=text_of())
    return JointVenture.objects.get(pk=venture.pk)


def act(chance: random.Random, venture, one) -> None:
    """Something this partner could do at this moment, or would like to."""
    step = venture.milestones.first()
    arrangement = venture.arrangements.first()
    note = ClosingNote.objects.filter(venture=venture).first()
    number = str(chance.randrange(3))
    acts = [
        lambda: confirm_milestone(
            step,
            by=one,
            what=chance.choice(MilestoneWord.What.values),
            version=step.version,
        ),
        lambda: edit_milestone(step, by=one, text=text_for(venture, one, number)),
        lambda: agree_to_arrangement(arrangement, by=one, version=arrangement.version),
        lambda: edit_arrangement(arrangement, by=one, text=text_of(place=number)),
        lambda: write_closing(venture, by=one, text=words(note=number)),
        lambda: note and confirm_closing(note, by=one, version=note.version),
    ]
    with suppress(DomainError), transaction.atomic():
        chance.choice(acts)()


@pytest.mark.parametrize("seed", range(6))
def test_no_order_of_acts_of_one_partner_ends_or_binds_anything(planned, people, seed):
    chance, one = random.Random(seed), people[seed % 2]
    before = Milestone.objects.get().stood_text
    for _turn in range(ACTS):
        act(chance, planned, one)
        step = Milestone.objects.get()
        assert (step.done_at, step.dropped_at) == (None, None)
        assert step.stood_text == before
        assert step.counts == (step.version == 1)
        planned.refresh_from_db()
        assert planned.status == JointVenture.Status.ACTIVE
        # Who did not write it may agree, as the other wrote it; an edit undoes that.
        arrangement = Arrangement.objects.get()
        assert arrangement.agreed_at is None or arrangement.version == 1


def test_the_other_partners_acts_would_be_noticed(planned, people):
    """The test of the test: two of them do end it."""
    step = Milestone.objects.get()
    for person in people:
        confirm_milestone(step, by=person, what="dropped", version=1)
    step.refresh_from_db()
    assert timezone.now() - step.dropped_at < timedelta(minutes=1)
