"""Staff see accounts by alias: no address, no name (P-15), and grow no rights."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import ModelLogEntry

from marketplace.exceptions import NotAllowed
from marketplace.people.actions import open_or_close_account, seal_identity
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


def test_nobody_grows_in_the_own_account(client, keeper):
    group = Group.objects.create(name="Reviewers here")
    client.post(address(keeper), {"groups": [group.pk]})
    keeper.refresh_from_db()
    assert not keeper.groups.exists()
    assert keeper.is_staff


def test_an_account_is_closed_by_an_act_that_is_logged_and_opened_again(
    client, keeper, member
):
    client.post(address(member), {})
    member.refresh_from_db()
    assert not member.is_active
    client.post(address(member), {"is_active": "on"})
    member.refresh_from_db()
    assert member.is_active
    acts = ModelLogEntry.objects.filter(
        object_id=str(member.pk), action__in=("people.close", "people.open")
    )
    assert set(acts.values_list("action", "user")) == {
        ("people.close", keeper.pk),
        ("people.open", keeper.pk),
    }


def test_only_superusers_close_the_accounts_of_superusers(keeper):
    boss = make_user(is_superuser=True)
    with pytest.raises(NotAllowed):
        open_or_close_account(boss, by=keeper, is_active=False)


@pytest.mark.parametrize("superuser", [False, True])
@pytest.mark.parametrize("act", ["delete", "assign_role", "set_active_state"])
def test_no_account_is_deleted_raised_or_found_in_bulk(
    client, keeper, member, act, superuser
):
    if superuser:
        client.force_login(make_user(is_staff=True, is_superuser=True))
    path = reverse("wagtail_bulk_action", args=["people", "user", act])
    for method in (client.get, client.post):
        answer = method(f"{path}?id={member.pk}&id=all&q=canary", follow=True)
        assert answer.status_code == 404
    member.refresh_from_db()


def test_there_is_no_address_that_deletes_an_account(client, keeper, member):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    answer = client.post(f"{LIST}delete/{member.pk}/", follow=True)
    assert answer.status_code == 404
    for page in (LIST, address(member)):
        html = client.get(page).content.decode()
        assert "/delete/" not in html
        assert "data-bulk-action-select-all-checkbox" not in html
    member.refresh_from_db()
