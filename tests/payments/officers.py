"""The people of finance that tests with two persons need."""

from django.contrib.auth.models import Permission

from marketplace.people.models import User
from tests.factories import make_user


def make_officer(*more: str) -> User:
    """One of finance, with every right of the room but those of a lead."""
    user = make_user(is_staff=True)
    rights = Permission.objects.filter(content_type__app_label="payments")
    user.user_permissions.set(
        rights.exclude(codename__in={"exceed_limit", "void_fee"} - set(more))
    )
    return user


def make_lead() -> User:
    return make_officer("exceed_limit", "void_fee")
