"""Investors with a seat, what they say of a listing, and the days that pass."""

from datetime import timedelta

from django.utils import timezone

from marketplace.interests.actions import count_interests, note_interest
from marketplace.interests.faces import rungs_of
from marketplace.interests.models import Interest, Level
from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.people.models import User
from tests.factories import make_listing, make_member, make_organisation
from tests.mandates import make_seat


def make_sought() -> Listing:
    return make_listing(
        make_organisation(side="ps"), kind="investment", title="Ten wells"
    )


def make_investor() -> Organisation:
    fund = make_organisation(side="third")
    make_member(fund)
    make_seat(fund)
    return fund


def person_of(organisation: Organisation) -> User:
    return organisation.memberships.get().user


def say(listing: Listing, level: str = "soft", *, by: Organisation) -> Interest:
    return note_interest(listing, level, organisation=by, by=person_of(by))


def several(listing: Listing, count: int, level: str = "soft") -> list[Interest]:
    return [say(listing, level, by=make_investor()) for _number in range(count)]


def end_seat(row: Interest) -> None:
    row.organisation.entitlements.update(ends_at=timezone.now())


def days_pass(days: int = 1) -> None:
    """All that was said lies so many days further back."""
    for row in Interest.objects.all():
        Interest.objects.filter(pk=row.pk).update(
            set_at=row.set_at - timedelta(days=days),
            due_since=row.due_since - timedelta(days=days),
        )
    count_interests()


def counts(listing: Listing) -> dict[str, int | None]:
    rungs = zip(Level, rungs_of(listing), strict=True)
    return {level.value: rung.count for level, rung in rungs if rung.count}
