"""A rule whose SQL is kept asks the same as the one Django writes anew."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F, Q
from django.db.transaction import TransactionManagementError
from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.organisations.models import Block
from marketplace.prepared import Among, Reading, Row, Rule
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


def test_rows_among_keys_are_those_and_no_others():
    first, second, third = (make_listing() for _ in range(3))
    keys = [third.pk, first.pk, third.pk, 0]
    assert set(Listing.objects.among(keys)) == {first, third}
    assert list(Listing.objects.exclude(Among(keys))) == [second]
    assert list(Listing.objects.among([])) == []
    inside = Listing.objects.filter(pk__in=Listing.objects.among(keys).values("pk"))
    assert set(inside) == {first, third}


def test_only_numbers_come_among_the_keys():
    with pytest.raises(ValueError, match="invalid literal"):
        Among(["1) OR (1=1"])


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


def test_a_rule_takes_one_value_of_each_kind():
    rule = Rule(lambda model, a, b: Q(version__range=(a, b)), {"a": int, "b": int})
    with pytest.raises(ValueError, match="one value of each kind"):
        list(Listing.objects.filter(rule(a=1, b=2)))


TITLES = Reading(
    lambda keys, language: Listing.objects.filter(
        pk__in=keys, written_in=language
    ).values_list("pk", "title")
)


@pytest.mark.parametrize("number", [0, 1, 3, 20, 23, 105])
def test_a_reading_gives_the_rows_of_its_keys_and_no_others(number):
    made = bulk_listings(number + 2)
    keys = [listing.pk for listing in made[1:-1]]
    expected = [(listing.pk, listing.title) for listing in made[1:-1]]
    assert sorted(TITLES(keys, "en")) == expected
    assert TITLES(keys, "ar") == []


def bulk_listings(number: int) -> list[Listing]:
    organisation = make_organisation()
    owner = make_member(organisation)
    return Listing.objects.bulk_create(
        Listing(
            organisation=organisation,
            owner=owner,
            kind="offer",
            written_in="en",
            title=f"No. {n}",
        )
        for n in range(number)
    )


# -- whole rows ---------------------------------------------------------------------

LISTING = Row(lambda pk: Listing.objects.filter(pk=pk))
LOCKED = Row(lambda pk: Listing.objects.select_for_update().filter(pk=pk))


def test_a_row_is_the_one_that_the_orm_reads():
    first, second = make_listing(version=1), make_listing(version=7)
    for listing in (first, second, first):
        read, known = LISTING(listing.pk), Listing.objects.get(pk=listing.pk)
        fields = [field.attname for field in Listing._meta.concrete_fields]
        assert [getattr(read, f) for f in fields] == [getattr(known, f) for f in fields]
        assert not read._state.adding


def test_a_row_is_read_anew_each_time_and_can_be_saved():
    listing = make_listing(version=1)
    read = LISTING(listing.pk)
    read.version = 8
    read.save(update_fields=["version"])
    assert LISTING(listing.pk).version == 8


def test_a_row_that_is_not_there_is_said_so():
    with pytest.raises(Listing.DoesNotExist):
        LISTING(0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    not connection.features.has_select_for_update, reason="SQLite locks no rows"
)
def test_a_row_is_locked_within_a_transaction_alone():
    listing = make_listing()
    with transaction.atomic():
        LOCKED(listing.pk)
    with pytest.raises(TransactionManagementError):
        LOCKED(listing.pk)
