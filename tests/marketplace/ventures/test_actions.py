"""Equal owners sign one text; an edit voids; the last signature agrees, once."""

from datetime import date

import pytest

from marketplace.exceptions import DomainError, NotAllowed
from marketplace.introductions.actions import (
    ask_introduction,
    close_introduction,
)
from marketplace.organisations.models import Disclosure
from marketplace.organisations.stages import Stage
from marketplace.ventures.actions import (
    VentureText,
    activate_venture,
    edit_venture,
    propose_venture,
    sign_venture,
    withdraw_venture,
)
from marketplace.ventures.faces import venture_face
from marketplace.ventures.models import JointVenture, Signature
from marketplace.ventures.signals import venture_agreed
from tests.factories import make_listing, make_member, make_organisation
from tests.introducing import introduce

pytestmark = pytest.mark.django_db
FIVE = dict.fromkeys(("i_bring", "i_need", "why_you", "first_step"), "words")


def text_of(ownership, **changes):
    values = {
        "title": "Cold jars",
        "purpose": "We bottle and deliver.",
        "starts_on": date(2027, 1, 1),
        "ends_on": None,
        "fee_currency": "USD",
        "ownership": ownership,
    }
    return VentureText(**(values | changes))


@pytest.fixture
def sides():
    return make_organisation(side="il"), make_organisation(side="ps")


@pytest.fixture
def people(sides):
    return tuple(make_member(side) for side in sides)


@pytest.fixture
def introduction(sides, people):
    listing = make_listing(sides[1], owner=people[1])
    asked = ask_introduction(listing, by=people[0], asker=sides[0], **FIVE)
    return introduce(asked, people[0], people[1])


@pytest.fixture
def venture(introduction, sides, people):
    ownership = dict(zip(sides, (6_000, 4_000), strict=True))
    return propose_venture(introduction, by=people[1], text=text_of(ownership))


@pytest.fixture
def heard():
    agreed = []

    def hear(venture, **_):
        agreed.append(venture.pk)

    venture_agreed.connect(hear)
    yield agreed
    venture_agreed.disconnect(hear)


def sign(venture, person):
    return sign_venture(venture, by=person, text_hash=venture.text_hash())


def test_the_last_signature_agrees_the_venture_once(venture, people, heard):
    assert sign(venture, people[0]).status == JointVenture.Status.PROPOSED
    assert sign(venture, people[1]).status == JointVenture.Status.AGREED
    assert heard == [venture.pk]


def test_signing_twice_counts_once(venture, people, heard):
    sign(venture, people[0])
    sign(venture, people[0])
    assert Signature.objects.count() == 1
    assert heard == []


def test_a_signature_for_another_text_is_refused(venture, people, sides):
    read = venture.text_hash()
    changed = text_of(dict(zip(sides, (5_000, 5_000), strict=True)))
    edit_venture(venture, by=people[0], text=changed)
    with pytest.raises(DomainError):
        sign_venture(venture, by=people[1], text_hash=read)


def test_an_edit_by_either_partner_voids_every_signature(venture, people, sides, heard):
    sign(venture, people[0])
    changed = text_of(
        dict(zip(sides, (6_000, 4_000), strict=True)), purpose="Something else."
    )
    venture = edit_venture(venture, by=people[1], text=changed)
    sign(venture, people[1])
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.PROPOSED
    assert heard == []


def test_saving_the_same_text_leaves_signatures_alone(venture, people, sides):
    sign(venture, people[0])
    same = text_of(dict(zip(sides, (6_000, 4_000), strict=True)))
    edit_venture(venture, by=people[1], text=same)
    assert Signature.objects.filter(voided_at__isnull=True).count() == 1


def test_a_signed_text_cannot_be_edited(venture, people, sides):
    sign(venture, people[0])
    venture = sign(venture, people[1])
    with pytest.raises(DomainError):
        edit_venture(
            venture,
            by=people[0],
            text=text_of(dict(zip(sides, (1, 9_999), strict=True))),
        )


@pytest.mark.parametrize("shares", [(5_000, 4_999), (10_000, 0), (9_000, 2_000)])
def test_shares_that_are_not_a_whole_are_refused(introduction, sides, people, shares):
    with pytest.raises(DomainError):
        propose_venture(
            introduction,
            by=people[0],
            text=text_of(dict(zip(sides, shares, strict=True))),
        )


def test_a_stranger_neither_signs_nor_joins(venture, introduction, people, sides):
    other = make_organisation(side="third")
    with pytest.raises(NotAllowed):
        sign(venture, make_member(other))
    three = dict(zip((*sides, other), (4_000, 3_000, 3_000), strict=True))
    with pytest.raises(NotAllowed):
        propose_venture(introduction, by=people[0], text=text_of(three))


def test_three_who_have_all_met_may_found_one_together(introduction, sides, people):
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
        venture = sign(venture, person)
    assert venture.status == JointVenture.Status.AGREED


def test_closing_the_introduction_withdraws_what_is_unsigned(
    venture, introduction, people
):
    sign(venture, people[0])
    close_introduction(introduction, by=people[1])
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.WITHDRAWN
    assert not Signature.objects.filter(voided_at__isnull=True).exists()


def test_a_proposal_is_gone_with_its_introduction(venture, introduction, people):
    close_introduction(introduction, by=people[1])
    for person in people:
        assert not JointVenture.objects.involving(person).exists()


def test_no_partner_is_named_whose_introduction_was_closed(introduction, sides, people):
    third = make_organisation(side="third", legal_name="CANARYTHIRD Ltd")
    guest = make_member(third)
    met = []
    for side, person in zip(sides, people, strict=True):
        asked = ask_introduction(
            make_listing(side, owner=person), by=guest, asker=third, **FIVE
        )
        met.append(introduce(asked, guest, person))
    three = dict(zip((*sides, third), (3_334, 3_333, 3_333), strict=True))
    venture = propose_venture(introduction, by=people[0], text=text_of(three))
    assert "CANARYTHIRD" in str(venture_face(venture, people[0]))
    close_introduction(met[0], by=guest)
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.WITHDRAWN
    assert "CANARYTHIRD" not in str(venture_face(venture, people[0]))
    assert "CANARYTHIRD" in str(venture_face(venture, people[1]))


def test_an_agreed_venture_outlives_the_introduction(venture, introduction, people):
    sign(venture, people[0])
    sign(venture, people[1])
    close_introduction(introduction, by=people[1])
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.AGREED
    stages = Disclosure.objects.live().values_list("stage", flat=True)
    assert set(stages) == {Stage.VENTURE}


def test_any_partner_may_withdraw_a_proposal(venture, people):
    withdraw_venture(venture, by=people[0])
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.WITHDRAWN


def test_activation_happens_exactly_once(venture, people):
    sign(venture, people[0])
    sign(venture, people[1])
    assert activate_venture(venture) is True
    assert activate_venture(venture) is False


def test_an_unsigned_venture_cannot_be_activated(venture):
    with pytest.raises(DomainError):
        activate_venture(venture)
