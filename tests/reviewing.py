"""Reviewers of the two sides, and the two readings that let a listing stand."""

from django.contrib.auth.models import Group, Permission

from marketplace.listings.actions import approve_listing
from marketplace.listings.models import Listing
from marketplace.listings.review import READERS, ensure_review
from marketplace.people.models import User
from tests.factories import make_user


def make_reader(side: str, **fields: object) -> User:
    """A member of staff who may review, and reads for one side."""
    reviewers, _new = Group.objects.get_or_create(name="Reviewers")
    reviewers.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="listings",
            codename__in=("change_listing", "publish_listing", "change_removal"),
        )
    )
    ensure_review(reviewers)
    user = make_user(is_staff=True, **fields)
    user.groups.add(reviewers, Group.objects.get(name=READERS[side]))
    return user


def reader_for(side: str) -> User:
    """Somebody who reads for this side, made where there is nobody yet."""
    readers = User.objects.filter(groups__reviewing_side__side=side, is_active=True)
    return readers.first() or make_reader(side)


def approve_by_both(listing: Listing) -> Listing:
    """The two readings in their order, each by whoever reads for that side."""
    for _reading in range(2):
        listing = Listing.objects.get(pk=listing.pk)
        step = listing.current_workflow_task_state
        listing = approve_listing(listing, by=reader_for(step.side or "il"))
    return listing
