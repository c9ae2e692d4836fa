"""Staff see accounts by alias: no address, no name (P-15), and grow no rights."""

import pytest
from django.contrib.auth.models import Group, Permission

from marketplace.people.actions import seal_identity
from marketplace.people.models import User
from tests.factories import make_user

pytestmark = pytest.mark.django_db
LIST = "/staff/users/"


@pytest.fixture(autouse=True)
def waived(settings):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def keeper(client):
    """Staff who may change accounts, but are no superuser."""
    user = make_user(is_staff=True)
    names = ("access_admin", "add_user", "change_user", "view_user")
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


@pytest.fixture
def member():
    user = make_user(email="canary@members.example", alias="Olive")
    seal_identity(user, name="Canary Name", phone="+970 59 000 0000", by=user)
    return user


def address(user):
    return f"{LIST}edit/{user.pk}/"


@pytest.mark.parametrize("where", ["list", "edit", "history"])
def test_no_address_and_no_name_is_shown(client, keeper, member, where):
    page = {
        "list": LIST,
        "edit": address(member),
        "history": f"{LIST}history/{member.pk}/",
    }[where]
    html = client.get(page).content.decode()
    assert "Olive" in html
    assert "anary" not in html


def test_an_account_is_not_found_by_its_address(client, keeper, member):
    assert "Olive" in client.get(LIST, {"q": "Oliv"}).content.decode()
    html = client.get(LIST, {"q": "members.example"}).content.decode()
    assert "Olive" not in html


def test_staff_put_accounts_into_groups_and_those_become_staff(client, keeper, member):
    group = Group.objects.create(name="Reviewers here")
    client.post(address(member), {"is_active": "on", "groups": [group.pk]})
    member.refresh_from_db()
    assert list(member.groups.all()) == [group]
    assert member.is_staff
    assert member.email == "canary@members.example"


def test_only_superusers_make_superusers(client, keeper, member):
    client.post(address(member), {"is_active": "on", "is_superuser": "on"})
    member.refresh_from_db()
    assert not member.is_superuser


def test_nobody_locks_or_raises_the_own_account(client, keeper):
    client.post(address(keeper), {"is_superuser": "on"})
    keeper.refresh_from_db()
    assert keeper.is_active
    assert not keeper.is_superuser


def test_a_colleagues_new_account_has_no_password_yet(client, keeper):
    words = {"email": "New@Colleagues.example", "alias": "Almond"}
    client.post(f"{LIST}new/", words)
    user = User.objects.get(email="new@colleagues.example")
    assert user.alias == "Almond"
    assert not user.has_usable_password()
