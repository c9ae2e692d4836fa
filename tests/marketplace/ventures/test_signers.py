"""Several people of a side sign the same text, and no side is bound by fewer."""

from itertools import permutations

import pytest
from django.db import transaction

from marketplace.exceptions import NotAllowed
from marketplace.introductions.models import Introduction
from marketplace.notices.models import Notice
from marketplace.organisations.actions import edit_organisation
from marketplace.organisations.actions.registration import TooFewToSign
from marketplace.organisations.models import Organisation
from marketplace.people.models import User
from marketplace.ventures import notice_kinds
from marketplace.ventures.actions import edit_venture, propose_venture
from marketplace.ventures.faces import venture_face
from marketplace.ventures.models import JointVenture
from marketplace.ventures.text_faces import version_faces
from marketplace.ventures.waiting import signing_lines
from tests.factories import make_member
from tests.marketplace.ventures.test_actions import (
    introduction,
    people,
    sides,
    sign,
    text_of,
)

pytestmark = pytest.mark.django_db
__all__ = ["introduction", "people", "sides"]
Status = JointVenture.Status


@pytest.fixture
def colleague(sides) -> User:
    return make_member(sides[0], role="editor")


@pytest.fixture
def venture(
    introduction: Introduction,
    sides: list[Organisation],
    people: list[User],
    colleague: User,
) -> JointVenture:
    """Two of the first side have to sign, one of the second."""
    edit_organisation(sides[0], by=people[0], signers=2)
    return propose(introduction, people[1])


def propose(introduction: Introduction, by: User) -> JointVenture:
    both = Organisation.objects.order_by("pk").filter(
        pk__in=[introduction.asker_id, introduction.asked_id]
    )
    text = text_of(dict.fromkeys(both, 5_000))
    return propose_venture(introduction, by=by, text=text)


def test_it_is_agreed_by_the_last_of_all_who_have_to_sign(venture, people, colleague):
    for order in permutations((*people[:2], colleague)):
        with transaction.atomic():
            steps = [sign(venture, person).status for person in order]
            assert steps == [Status.PROPOSED, Status.PROPOSED, Status.AGREED]
            transaction.set_rollback(True)


def test_one_person_counts_once_and_a_third_of_a_side_is_not_needed(
    venture, people, colleague, sides
):
    for _time in range(2):
        assert sign(venture, people[0]).status == Status.PROPOSED
    sign(venture, colleague)
    sign(venture, make_member(sides[0]))
    rows = {row.name: row for row in venture_face(venture, people[0]).parties}
    assert sorted((row.signatures, row.signers) for row in rows.values()) == [
        (0, 1),
        (2, 2),
    ]


def test_a_half_signed_side_asks_its_own_and_tells_no_partner(
    venture, people, colleague, sides
):
    def waits_for(person):
        return len(signing_lines(person, [sides[0].pk], 5))

    sign(venture, people[0])
    assert (waits_for(people[0]), waits_for(colleague)) == (0, 1)
    assert not venture_face(venture, people[0]).may_sign
    assert venture_face(venture, colleague).may_sign
    assert not version_faces(venture, people[0])[0].signed_by
    kinds = [each.key for each in (notice_kinds.COSIGN, notice_kinds.SIGNED)]
    told = Notice.objects.filter(kind__in=kinds).values_list("recipient", "kind")
    assert list(told) == [(colleague.pk, kinds[0])]
    sign(venture, colleague)
    assert len(version_faces(venture, people[0])[0].signed_by) == 1
    assert (waits_for(people[0]), waits_for(colleague)) == (0, 0)


def test_an_edit_voids_the_signatures_of_all(venture, people, colleague, sides):
    sign(venture, people[0])
    sign(venture, colleague)
    text = text_of(dict.fromkeys(sides, 5_000), title="Other words")
    venture = edit_venture(venture, by=people[1], text=text)
    assert sign(venture, people[1]).status == Status.PROPOSED
    assert sign(venture, people[0]).status == Status.PROPOSED
    assert sign(venture, colleague).status == Status.AGREED


def test_asking_for_fewer_changes_no_text_that_stands(
    venture, people, sides, introduction
):
    edit_organisation(sides[0], by=people[0], signers=1)
    sign(venture, people[1])
    assert sign(venture, people[0]).status == Status.PROPOSED
    later = propose(introduction, people[1])
    assert set(later.parties.values_list("signers", flat=True)) == {1}


def test_owners_alone_say_how_many_and_no_more_than_there_are(sides, people, colleague):
    with pytest.raises(NotAllowed):
        edit_organisation(sides[0], by=colleague, signers=2)
    with pytest.raises(TooFewToSign):
        edit_organisation(sides[0], by=people[0], signers=3)
    assert edit_organisation(sides[0], by=people[0], signers=2).signers == 2
