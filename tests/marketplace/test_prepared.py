"""A rule whose SQL is kept asks the same as the one Django writes anew."""

from datetime import timedelta

import pytest
from django.db.models import F, Q
from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.organisations.models import Block
from marketplace.prepared import Rule
from tests.factories import make_listing, make_member, make_organisation

pytestmark = pytest.mark.django_db

YOUNG = Rule(lambda model, number: Q(version__lt=number), {"number": int})


def test_one_rule_is_asked_with_many_values():
    for version in (1, 5, 9):
        make_listing(version=version)
    found = [Listing.objects.filter(YOUNG(number=n)).count() for n in (0, 2, 6, 10)]
    assert found == [0, 1, 2, 3]


def test_a_rule_holds_wherever_its_table_stands():
    young, old = make_listing(version=1), make_listing(version=7)
    rule = YOUNG(number=5)
    inside = Listing.objects.filter(pk__in=Listing.objects.filter(rule).values("pk"))
    assert list(inside) == [young]
    assert list(Listing.objects.exclude(rule)) == [old]
    both = Listing.objects.filter(rule) | Listing.objects.filter(version=7)
    assert set(both) == {young, old}
    assert Listing.objects.filter(rule).update(version=F("version") + 9) == 1
    assert Listing.objects.filter(rule).count() == 0


def test_a_rule_that_would_need_another_table_is_refused():
    rule = Rule(
        lambda model, number: Q(organisation__pk__lt=number, organisation__alias="x"),
        {"number": int},
    )
    with pytest.raises(ValueError, match="joins no table"):
        list(Listing.objects.filter(rule(number=1)))


def test_what_one_reader_may_not_find_another_does_at_once():
    first, second = make_member(make_organisation()), make_member(make_organisation())
    listing = make_listing(make_organisation(), anonymous=False)

    def found_by(reader: object) -> bool:
        return Listing.objects.visible_to(reader).filter(pk=listing.pk).exists()

    assert (found_by(first), found_by(second)) == (True, True)
    block = Block.objects.create(
        organisation=listing.organisation,
        other=first.memberships.get().organisation,
        known_as="x",
        blocked_by=listing.owner,
    )
    assert (found_by(first), found_by(second)) == (False, True)
    block.ended_at = timezone.now()
    block.save()
    assert (found_by(first), found_by(second)) == (True, True)
    Listing.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert (found_by(first), found_by(second)) == (False, False)
