"""Staff of these tests enter by password alone; the door has tests of its own."""

import pytest
from django.contrib.auth.models import Permission

from tests.factories import make_user


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def staff(client):
    """Sign in a member of staff with these rights: `staff("change_sector")`."""

    def sign_in(*codenames):
        user = make_user(is_staff=True)
        wanted = {"access_admin", *codenames}
        user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
        client.force_login(user)
        return user

    return sign_in


@pytest.fixture
def finance(staff):
    """Sign in somebody with every right of the finance group."""
    rights = Permission.objects.filter(content_type__app_label="payments")
    names = list(rights.exclude(codename__startswith="delete_").values_list("codename"))
    return lambda: staff(*(name for (name,) in names))
