"""A review that listings pass, and somebody who reads them."""

import pytest
from django.contrib.auth.models import Group, Permission

from marketplace.listings.models import Listing
from marketplace.listings.review import ensure_review
from marketplace.people.models import User
from tests.factories import make_sector, make_user


@pytest.fixture
def reviewer(db) -> User:
    group, _new = Group.objects.get_or_create(name="Reviewers")
    group.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="listings",
            codename__in=("change_listing", "publish_listing"),
        )
    )
    ensure_review(group)
    user = make_user(is_staff=True)
    user.groups.add(group)
    return user


@pytest.fixture
def unsaved(db):
    """A draft as the form hands it over: not saved, its parts in memory."""

    def make(organisation, **fields):
        fields.setdefault("kind", Listing.Kind.OFFER)
        fields.setdefault("title", "Cold store with room for two")
        fields.setdefault("summary", "Two chambers at four degrees, near the crossing.")
        fields.setdefault("written_in", "en")
        draft = Listing(organisation=organisation, **fields)
        draft.sectors = [make_sector()]
        return draft

    return make
