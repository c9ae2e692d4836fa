"""A listing is taken down for a reason, and somebody else looks again where asked."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cms.staff.work import heaps_for
from marketplace.exceptions import DomainError, NotAllowed
from marketplace.listings.actions import (
    answer_appeal,
    appeal_removal,
    save_draft,
    take_down_listing,
    withdraw_listing,
)
from marketplace.listings.models import Listing, Removal
from marketplace.listings.signals import listing_published
from marketplace.notices.models import Notice
from marketplace.organisations.models import Membership
from tests.factories import make_listing, make_member, make_organisation
from tests.reviewing import make_reader

pytestmark = pytest.mark.django_db
WORDS = "The sign is our own trade mark."


@pytest.fixture
def listing():
    organisation = make_organisation()
    day = timezone.localdate()
    owner = make_member(organisation)
    return make_listing(organisation, owner=owner, published_on=day)


@pytest.fixture
def remover():
    return make_reader("il")


@pytest.fixture
def colleague():
    reader = make_reader("ps")
    reader.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return reader


@pytest.fixture
def removal(listing, remover):
    take_down_listing(listing, by=remover, because="reveals", note="A shop sign")
    return Removal.objects.get()


@pytest.fixture
def appealed(removal, listing):
    return appeal_removal(removal, by=listing.owner, text=WORDS)


def is_public(listing) -> bool:
    return Listing.objects.visible_to(None).filter(pk=listing.pk).exists()


def test_its_owner_reads_why_and_asks_once_on_the_page(client, removal, listing):
    client.force_login(listing.owner)
    page = client.get(listing.get_absolute_url()).content.decode()
    assert str(removal.get_reason_display()) in page
    assert "A shop sign" in page
    path = reverse("listings:appeal", args=[listing.public_id])
    assert path in page
    assert client.post(path, {"text": WORDS}).status_code == 302
    page = client.get(listing.get_absolute_url()).content.decode()
    assert WORDS in page
    assert path not in page
    assert client.get(path).status_code == 404
    with pytest.raises(NotAllowed):
        appeal_removal(removal, by=listing.owner, text="Once more.")


def test_it_waits_for_everybody_of_staff_but_who_took_it_down(
    colleague, appealed, listing, remover
):
    title = "Second looks that owners ask for"
    waiting = {
        who: next(heap for heap in heaps_for(who) if str(heap.title) == title).lines
        for who in (remover, colleague)
    }
    assert waiting[remover] == []
    (line,) = waiting[colleague]
    assert line.label == str(listing)
    assert line.due is not None
    assert Notice.objects.to(colleague).filter(kind="listings.appealed").exists()
    assert not Notice.objects.to(remover).exists()


def test_whoever_took_it_down_does_not_answer(appealed, listing, remover):
    with pytest.raises(DomainError):
        answer_appeal(appealed, by=remover, lifted=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Removal.objects.update(answered_by=remover, answered_at=timezone.now())
    assert not is_public(listing)


def test_a_colleague_brings_it_back_as_it_was(
    client, appealed, listing, colleague, settings
):
    settings.STAFF_SECOND_FACTOR_REQUIRED = False
    version = Listing.objects.get(pk=listing.pk).version
    news = []

    def hear(listing, **_):
        news.append(listing.pk)

    listing_published.connect(hear)
    try:
        client.force_login(colleague)
        path = reverse("removal:answer", args=[appealed.pk])
        assert WORDS in client.get(path).content.decode()
        client.post(path, {"lifted": "yes", "answer": "You are right."})
    finally:
        listing_published.disconnect(hear)
    assert is_public(listing)
    assert news == [listing.pk]
    assert Listing.objects.get(pk=listing.pk).version > version
    told = Notice.objects.to(listing.owner).filter(kind="listings.appeal_answered")
    assert told.count() == 1


def test_or_leaves_it_down_and_says_so(client, appealed, listing, colleague):
    answer_appeal(appealed, by=colleague, lifted=False, answer="It shows the street.")
    assert not is_public(listing)
    client.force_login(listing.owner)
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "It shows the street." in page
    with pytest.raises(DomainError):
        answer_appeal(appealed, by=colleague, lifted=True)


def test_a_text_that_was_changed_since_comes_back_by_its_readers_alone(
    client, appealed, listing, colleague
):
    changed = Listing.objects.get(pk=listing.pk)
    changed.summary = "Call us: another offer"
    save_draft(changed, by=listing.owner)
    with pytest.raises(DomainError):
        answer_appeal(appealed, by=colleague, lifted=True)
    assert not is_public(listing)
    assert not Removal.objects.waiting().exists()
    client.force_login(listing.owner)
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "You have changed the text since" in page
    assert "Staff answer within" not in page


def test_what_its_owner_withdraws_meanwhile_stays_withdrawn(
    appealed, listing, colleague
):
    withdraw_listing(listing, by=listing.owner)
    with pytest.raises(DomainError):
        answer_appeal(appealed, by=colleague, lifted=True)
    assert not is_public(listing)


def test_nobody_answers_for_the_own_organisation(appealed, listing, colleague):
    Membership.objects.create(user=colleague, organisation=listing.organisation)
    with pytest.raises(NotAllowed):
        answer_appeal(appealed, by=colleague, lifted=True)
    assert not Removal.objects.open_to(colleague).exists()


def test_what_has_run_out_meanwhile_is_its_owners_again_and_not_public(
    appealed, listing, colleague
):
    past = timezone.now() - timedelta(minutes=1)
    Listing.objects.filter(pk=listing.pk).update(expires_at=past)
    answer_appeal(appealed, by=colleague, lifted=True)
    assert not is_public(listing)
    assert Listing.objects.get(pk=listing.pk).withdrawn_at is None


def test_nobody_appeals_for_others_nor_where_nothing_was_taken_down(
    client, removal, listing
):
    with pytest.raises(NotAllowed):
        appeal_removal(removal, by=make_member(make_organisation()), text=WORDS)
    own = make_listing(listing.organisation, owner=listing.owner)
    withdraw_listing(own, by=listing.owner)
    client.force_login(listing.owner)
    assert reverse("listings:appeal", args=[own.public_id]) not in (
        client.get(own.get_absolute_url()).content.decode()
    )
    path = reverse("listings:appeal", args=[own.public_id])
    assert client.get(path).status_code == 404
