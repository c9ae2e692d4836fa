"""An owner removes a colleague: the access ends at once, and partners meet the owner."""

import pytest
from django.urls import reverse

from marketplace.exceptions import NotAllowed
from marketplace.introductions.actions import send_message
from marketplace.notices.models import Notice
from marketplace.organisations.actions import invite_colleague, remove_colleague
from marketplace.organisations.models import Membership
from marketplace.organisations.stages import Stage
from marketplace.people.actions import seal_identity
from tests.factories import make_member, make_organisation
from tests.mandates import make_mandate
from tests.security.built import built_once, world

pytestmark = pytest.mark.django_db
__all__ = ["built_world", "world"]
built_world = built_once("module")


def membership_of(user, organisation):
    return Membership.objects.get(user=user, organisation=organisation)


@pytest.fixture
def house():
    return make_organisation()


@pytest.fixture
def owner(house):
    return make_member(house)


@pytest.fixture
def colleague(house, owner):
    return make_member(house, role="editor")


def told(user):
    return list(Notice.objects.to(user).values_list("kind", flat=True))


def test_the_access_ends_at_once(client, house, owner, colleague):
    client.force_login(colleague)
    page = reverse("organisations:members", args=[house.public_id])
    assert client.get(page).status_code == 200
    remove_colleague(membership_of(colleague, house), by=owner)
    assert client.get(page).status_code == 404
    assert told(colleague) == ["organisations.access_ended"]


def test_removing_twice_tells_once(house, owner, colleague):
    membership = membership_of(colleague, house)
    kept = Membership.objects.get(pk=membership.pk)
    remove_colleague(membership, by=owner)
    remove_colleague(kept, by=owner)
    assert told(colleague) == ["organisations.access_ended"]


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_only_owners_remove(house, owner, colleague, role):
    by = make_member(house, role=role)
    with pytest.raises(NotAllowed):
        remove_colleague(membership_of(colleague, house), by=by)


def test_an_owner_of_another_house_removes_nobody(house, colleague):
    with pytest.raises(NotAllowed):
        remove_colleague(
            membership_of(colleague, house), by=make_member(make_organisation())
        )


def test_nobody_removes_themselves_so_an_owner_stays(house, owner, colleague):
    with pytest.raises(NotAllowed):
        remove_colleague(membership_of(owner, house), by=owner)


def test_of_two_owners_who_remove_each_other_one_stays(house, owner):
    other = make_member(house)
    membership = membership_of(owner, house)
    remove_colleague(membership_of(other, house), by=owner)
    with pytest.raises(NotAllowed):
        remove_colleague(membership, by=other)
    assert house.memberships.get().user == owner


def test_invitations_the_colleague_sent_end(house, owner):
    other = make_member(house)
    for by in (owner, other):
        invite_colleague(house, email=f"x{by.pk}@a.example", role="owner", by=by)
    remove_colleague(membership_of(other, house), by=owner)
    assert house.invitations.open().get().invited_by == owner


def test_what_a_mandate_finds_reaches_the_owner_from_now_on(house, colleague, owner):
    mandate = make_mandate(house)
    type(mandate).objects.filter(pk=mandate.pk).update(owner=colleague)
    remove_colleague(membership_of(colleague, house), by=owner)
    mandate.refresh_from_db()
    assert mandate.owner == owner


def test_the_page_asks_first_and_names_nobody_of_another_house(
    client, house, owner, colleague
):
    client.force_login(owner)
    elsewhere = make_member(make_organisation())
    args = [house.public_id, elsewhere.public_id]
    address = reverse("organisations:remove_colleague", args=args)
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    args = [house.public_id, colleague.public_id]
    address = reverse("organisations:remove_colleague", args=args)
    members = reverse("organisations:members", args=[house.public_id])
    assert address in client.get(members).content.decode()
    assert str(colleague) in client.get(address).content.decode()
    assert client.post(address).url == members
    assert address not in client.get(members).content.decode()


def test_partners_meet_the_owner_who_removed_the_contact(client, world):
    house, contact = world.owner.organisation, world.owner.user
    silent = make_member(house, role="editor", alias="Who never said yes")
    seal_identity(silent, name="zqsilentqz", phone="1", by=silent)
    owner = make_member(house, alias="Who stays")
    seal_identity(owner, name="zqstaysqz", phone="2", by=owner)
    before = told(world.mutual.user)
    remove_colleague(membership_of(contact, house), by=owner)
    assert house.contact == owner
    client.force_login(world.mutual.user)
    page = client.get(world.met.get_absolute_url()).content.decode()
    assert "zqstaysqz" in page
    for word in (world.owner.canaries["contact_name"], contact.alias, "zqsilentqz"):
        assert word not in page
    new = [kind for kind in told(world.mutual.user) if kind not in before]
    assert new == ["introductions.contact_changed"]
    assert "introductions.contact_changed" not in told(world.interested.user)
    world.met.refresh_from_db()
    assert world.met.stage >= Stage.PERSON
    send_message(world.met, by=owner, text="Good day, I am the new one.")


def test_who_was_not_the_contact_leaves_without_a_word_to_partners(
    world,
):
    house = world.owner.organisation
    other = make_member(house, alias="Who only helps")
    remove_colleague(membership_of(other, house), by=world.owner.user)
    assert house.contact == world.owner.user
    assert "introductions.contact_changed" not in told(world.mutual.user)
