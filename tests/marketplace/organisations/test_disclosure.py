"""What was opened, to whom, under which alias, and that it closes at once."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser

from marketplace.organisations.actions import end_disclosures, open_disclosure
from marketplace.organisations.meeting import may_meet
from marketplace.organisations.models import Disclosure, Side
from marketplace.organisations.stage import stage_between
from marketplace.organisations.stages import Stage
from tests.factories import make_member, make_organisation

pytestmark = pytest.mark.django_db


def pair():
    one, other = make_organisation(), make_organisation(side=Side.PALESTINIAN)
    return one, make_member(one), other, make_member(other)


def test_a_stranger_sees_what_anyone_sees_and_a_member_a_little_more():
    one, _, _, reader = pair()
    assert stage_between(None, one) == Stage.PUBLIC
    assert stage_between(AnonymousUser(), one) == Stage.PUBLIC
    assert stage_between(reader, one) == Stage.MEMBER


def test_ones_own_organisation_is_wholly_open():
    one, owner, _, _ = pair()
    assert stage_between(owner, one) == Stage.VENTURE


def test_a_disclosure_opens_one_scope_in_one_direction():
    one, owner, other, reader = pair()
    scope = uuid.uuid4()
    open_disclosure(of=one, to=other, scope=scope, stage=Stage.PERSON, by=owner)
    assert stage_between(reader, one, scope) == Stage.PERSON
    assert stage_between(reader, one) == Stage.MEMBER
    assert stage_between(reader, one, uuid.uuid4()) == Stage.MEMBER
    assert stage_between(owner, other, scope) == Stage.MEMBER


def test_opening_twice_leaves_one_live_row():
    one, owner, other, _ = pair()
    scope = uuid.uuid4()
    for _time in range(2):
        open_disclosure(of=one, to=other, scope=scope, stage=Stage.PERSON, by=owner)
    assert Disclosure.objects.live().count() == 1


def test_ending_closes_both_directions_at_once_and_keeps_the_rows():
    one, owner, other, reader = pair()
    scope, elsewhere = uuid.uuid4(), uuid.uuid4()
    for where in (scope, elsewhere):
        open_disclosure(of=one, to=other, scope=where, stage=Stage.PERSON, by=owner)
        open_disclosure(of=other, to=one, scope=where, stage=Stage.PERSON, by=reader)
    assert end_disclosures(scope=scope, between=(one, other), by=owner) == 2
    assert end_disclosures(scope=scope, between=(one, other), by=owner) == 0
    assert stage_between(reader, one, scope) == Stage.MEMBER
    assert stage_between(owner, other, scope) == Stage.MEMBER
    assert stage_between(reader, one, elsewhere) == Stage.PERSON
    assert Disclosure.objects.count() == 4


def test_introductions_cross_sides_and_never_stay_within_one():
    israeli, palestinian = make_organisation(), make_organisation(side=Side.PALESTINIAN)
    third, same = make_organisation(side=Side.THIRD), make_organisation()
    assert may_meet(israeli, palestinian)
    assert may_meet(third, israeli)
    assert not may_meet(israeli, same)
    assert not may_meet(israeli, israeli)
