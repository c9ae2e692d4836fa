"""The record is chained: what is changed or taken out is noticed; members read theirs."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError
from django.urls import reverse
from wagtail.log_actions import LogContext

from cms.invariants.record import broken_record
from marketplace.audit.actions import broken_at, record, seal_entries
from marketplace.audit.chain import START, link
from marketplace.audit.models import Entry
from marketplace.exceptions import DomainError, NotAllowed
from marketplace.introductions.actions import (
    accept_introduction,
    ask_introduction,
    close_introduction,
)
from marketplace.notices.models import Notice
from marketplace.organisations.actions import read_identity, remove_colleague
from marketplace.people.actions import open_or_close_account
from tests.factories import make_listing, make_member, make_organisation, make_user
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db
Kind = Entry.Kind


@pytest.fixture
def verifier():
    user = make_user(is_staff=True, alias="Somebody of the staff")
    user.user_permissions.add(
        Permission.objects.get(codename="verify_organisation"),
        Permission.objects.get(codename="change_user"),
    )
    return user


def three() -> list[Entry]:
    return [record(Kind.SEEN, by=None, because=f"r{number}") for number in range(3)]


def test_a_link_rests_on_what_was_before_and_on_every_fact():
    first = link(START, {"a": 1, "b": "שלום"})
    assert first == link(START, {"b": "שלום", "a": 1})
    assert first != link(START, {"a": 2, "b": "שלום"})
    assert link(first, {"a": 1}) != link(START, {"a": 1})


def test_the_sweep_numbers_once_and_the_chain_holds():
    three()
    assert (seal_entries(), seal_entries()) == (3, 0)
    record(Kind.SEEN, by=None)
    assert seal_entries() == 1
    assert list(Entry.objects.sealed().order_by("number").values_list("number")) == [
        (1,),
        (2,),
        (3,),
        (4,),
    ]
    assert broken_at() is None


@pytest.mark.parametrize(
    "tamper",
    [
        lambda rows: rows.filter(number=2).update(facts={"because": "law"}),
        lambda rows: rows.filter(number=2).update(kind=Kind.ROLES),
        lambda rows: rows.filter(number=2).delete(),
        lambda rows: rows.filter(number=2).update(hash="f" * 64),
    ],
)
def test_a_change_is_found_at_its_place(tamper):
    three()
    seal_entries()
    tamper(Entry.objects.all())
    assert broken_at() == 2
    assert list(broken_record()) == ["entry 2 of the record is missing or was changed"]


def test_a_number_without_a_hash_is_refused():
    (entry, *_rest) = three()
    with pytest.raises(IntegrityError):
        Entry.objects.filter(pk=entry.pk).update(number=1)


def test_what_two_sides_open_and_close_is_recorded_about_both():
    haifa, nablus = make_organisation(side="il"), make_organisation(side="ps")
    asker, asked = make_member(haifa), make_member(nablus)
    listing = make_listing(nablus, owner=asked)
    introduction = ask_introduction(listing, by=asker, asker=haifa, **FIVE)
    accept_introduction(introduction, by=asked)
    close_introduction(introduction, by=asker)
    for side in (haifa, nablus):
        kinds = Entry.objects.about([side.public_id]).values_list("kind", flat=True)
        assert {Kind.OPENED, Kind.ENDED} <= set(kinds)


def test_its_people_read_the_record_and_nobody_else_does(client, verifier):
    haifa = make_organisation()
    member = make_member(haifa, role="viewer")
    read_identity(haifa, by=verifier, because="verify")
    address = reverse("organisations:record", args=[haifa.public_id])
    client.force_login(member)
    page = client.get(address).content.decode()
    assert "Staff opened the sealed name" in page
    assert "To compare it with a register" in page
    assert verifier.alias not in page
    client.force_login(make_user())
    assert client.get(address).status_code == 404


def test_opening_a_sealed_name_is_told_and_ends_at_twenty_a_day(verifier):
    haifa = make_organisation()
    member = make_member(haifa)
    for _time in range(20):
        read_identity(haifa, by=verifier, because="safety")
    told = Notice.objects.filter(recipient=member, kind="organisations.identity_seen")
    assert told.count() == 20
    with pytest.raises(DomainError):
        read_identity(haifa, by=verifier, because="safety")
    with pytest.raises(NotAllowed):
        read_identity(haifa, by=member, because="safety")


def test_who_is_removed_is_recorded_for_both(client):
    haifa = make_organisation()
    owner, left = make_member(haifa), make_member(haifa, role="editor")
    remove_colleague(haifa.memberships.get(user=left), by=owner)
    (entry,) = Entry.objects.about([haifa.public_id]).filter(kind=Kind.LEFT)
    assert (entry.by, entry.about_user) == (owner, left)
    client.force_login(owner)
    page = client.get(reverse("organisations:record", args=[haifa.public_id]))
    assert "A colleague was removed" in page.content.decode()
    client.force_login(left)
    page = client.get(reverse("organisations:about_me")).content.decode()
    assert "Your access to an organisation was ended" in page
    assert str(owner) not in page


def test_a_person_reads_what_was_recorded_about_them_and_nothing_else(client, verifier):
    member, other = make_user(), make_user()
    reviewers = Group.objects.create(name="Reviewers of seeds")
    with LogContext(user=verifier):
        reviewers.user_set.add(member)
        reviewers.user_set.add(other)
        member.is_superuser = True
        member.save()
    page = reverse("organisations:about_me")
    client.force_login(member)
    words = client.get(page).content.decode()
    assert "Your rights as staff changed: Reviewers of seeds – given" in words
    assert "Your rights as staff changed: May do everything – given" in words
    assert verifier.alias not in words
    client.force_login(other)
    assert "May do everything" not in client.get(page).content.decode()


def test_rights_are_recorded_with_who_changed_them_from_whichever_end(verifier):
    """As in the staff area, where Wagtail keeps who is at work."""
    one, two = make_user(), make_user()
    before = Entry.objects.count()
    group, right = Group.objects.create(name="Some"), Permission.objects.first()
    with LogContext(user=verifier):
        group.user_set.add(one, two)
        group.user_set.clear()
        one.user_permissions.add(right)
        one.user_permissions.clear()
        one.groups.set([])  # nothing was held: nothing is recorded
        group.permissions.add(right)
        group.permissions.clear()
        one.is_superuser = True
        one.save()
        one.save(update_fields=["alias"])
    entries = Entry.objects.order_by("pk")[before:]
    assert {entry.by for entry in entries} == {verifier}
    told = [(entry.about_user, entry.facts["change"]) for entry in entries]
    assert sorted(told[:2], key=str) == sorted(
        [(one, "added"), (two, "added")], key=str
    )
    assert {change for _user, change in told[2:4]} == {"removed"}
    assert [change for _user, change in told[4:]] == [
        "added",
        "removed",
        "added",
        "removed",
        "added",
    ]
    assert [entry.kind for entry in entries[6:8]] == [Kind.GROUP, Kind.GROUP]
    assert entries[8].facts == {"change": "added", "everything": 1}
    assert len(told) == 9


def test_rights_and_accounts_are_recorded_wherever_they_change(verifier):
    member, group = make_user(), Group.objects.create(name="Some")
    member.groups.add(group)
    member.groups.remove(group)
    open_or_close_account(member, by=verifier, is_active=False)
    entries = Entry.objects.of_person(member).order_by("pk")
    assert [(row.kind, row.facts["change"]) for row in entries] == [
        (Kind.ROLES, "added"),
        (Kind.ROLES, "removed"),
        (Kind.ACCOUNT, "closed"),
    ]
