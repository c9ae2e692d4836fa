"""How a listing ends by itself, is renewed, and what its owner is told meanwhile."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from marketplace.exceptions import DomainError
from marketplace.listings.actions import renew_listing, save_draft, withdraw_listing
from marketplace.listings.models import Listing
from marketplace.listings.own import own_listing
from marketplace.listings.signals import listing_changed, listing_withdrawn
from marketplace.notices.models import Notice
from marketplace.organisations.actions import edit_organisation
from tests.factories import make_listing, make_member, make_organisation

pytestmark = pytest.mark.django_db
SOON = 1 / (24 * 60 * 60)  # days: still today, but for the last second of a day


def run(command):
    out = io.StringIO()
    call_command(command, stdout=out)
    return out.getvalue().strip()


def ends_in(days, **fields):
    return make_listing(expires_at=timezone.now() + timedelta(days=days), **fields)


def told(listing):
    return [notice.kind for notice in Notice.objects.to(listing.owner).order_by("pk")]


def test_a_listing_whose_time_is_over_is_hidden_and_its_owner_told_once():
    due, other = ends_in(-1), ends_in(1)
    assert run("expire_listings") == "expired 1"
    assert run("expire_listings") == "expired 0"
    due = Listing.objects.get(pk=due.pk)
    assert (due.live, due.state, due.version) == (False, Listing.State.EXPIRED, 2)
    assert told(due) == ["listings.expired"]
    assert list(Listing.objects.visible_to(None)) == [other]


def test_a_listing_past_its_end_is_unseen_even_before_the_clock_has_come():
    listing = ends_in(0)
    assert not Listing.objects.visible_to(None).filter(pk=listing.pk).exists()


def test_each_reminder_comes_once_at_thirty_seven_and_no_days():
    listing = ends_in(100)
    expected = []
    for left, comes in ((40, 0), (30, 1), (30, 0), (20, 0), (7, 1), (3, 0), (SOON, 1)):
        Listing.objects.update(expires_at=timezone.now() + timedelta(days=left))
        assert run("remind_listings") == f"reminded {comes}", left
        expected += ["listings.runs_out"] * comes
    assert told(listing) == expected


def test_a_listing_that_comes_late_into_view_of_the_clock_is_reminded_once_only():
    listing = ends_in(5)
    assert run("remind_listings") == "reminded 1"
    assert run("remind_listings") == "reminded 0"
    assert told(listing) == ["listings.runs_out"]


def test_a_renewal_gives_six_months_and_starts_the_reminders_anew():
    listing = ends_in(5)
    run("remind_listings")
    renew_listing(listing, by=listing.owner)
    listing = Listing.objects.get(pk=listing.pk)
    assert (listing.expires_at - timezone.now()).days in (182, 183)
    assert (listing.reminded_days, listing.version) == (None, 2)
    assert run("remind_listings") == "reminded 0"


def test_a_renewal_brings_a_run_out_listing_back():
    listing = ends_in(-1)
    run("expire_listings")
    renew_listing(listing, by=listing.owner)
    assert Listing.objects.visible_to(None).get().state == Listing.State.LIVE


def test_what_was_never_public_or_was_withdrawn_is_not_renewed():
    draft = make_listing(live=False, published_on=None)
    gone = make_listing()
    withdraw_listing(gone, by=gone.owner)
    for listing in (draft, gone):
        with pytest.raises(DomainError):
            renew_listing(listing, by=listing.owner)
    assert not Listing.objects.visible_to(None).exists()


def test_a_stranger_renews_nothing():
    with pytest.raises(DomainError):
        renew_listing(ends_in(5), by=make_member(make_organisation()))


def test_what_others_see_of_an_organisation_changes_its_listings_too():
    organisation = make_organisation()
    owner = make_member(organisation)
    live, _hidden = make_listing(organisation), make_listing(organisation, live=False)
    heard = []
    listing_changed.connect(
        lambda **news: heard.append(news["listing"].pk), weak=False, dispatch_uid="t"
    )
    try:
        edit_organisation(organisation, by=owner, descriptor="Two vans and a store")
    finally:
        listing_changed.disconnect(dispatch_uid="t")
    assert heard == [live.pk]
    assert Listing.objects.get(pk=live.pk).version == 2


def test_who_hears_of_an_end_finds_the_listing_hidden_already():
    seen = []
    listing_withdrawn.connect(
        lambda **news: seen.append(news["listing"].live), weak=False, dispatch_uid="t"
    )
    try:
        ends_in(-1)
        run("expire_listings")
    finally:
        listing_withdrawn.disconnect(dispatch_uid="t")
    assert seen == [False]


def test_a_text_written_after_the_end_comes_back_by_the_review_alone():
    listing = ends_in(-1)
    run("expire_listings")
    draft = Listing.objects.get(pk=listing.pk)
    draft.title = "Words that nobody of the staff has read"
    save_draft(draft, by=listing.owner)
    kept = Listing.objects.select_related("organisation").get(pk=listing.pk)
    assert not own_listing(kept).can_renew
    with pytest.raises(DomainError):
        renew_listing(kept, by=listing.owner)
    assert not Listing.objects.visible_to(None).exists()


def test_what_staff_have_unpublished_is_not_brought_back_by_a_tap():
    listing = make_listing()
    listing.unpublish()
    with pytest.raises(DomainError):
        renew_listing(listing, by=listing.owner)
    assert not Listing.objects.visible_to(None).exists()


def test_colleagues_hear_of_a_listing_whose_author_has_left():
    listing = ends_in(-1)
    colleague = make_member(listing.organisation)
    listing.owner.memberships.all().delete()
    run("expire_listings")
    assert told(listing) == []
    assert [n.kind for n in Notice.objects.to(colleague)] == ["listings.expired"]
