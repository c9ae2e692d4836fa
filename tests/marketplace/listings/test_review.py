"""A listing's way from its owner through the review, and back."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.exceptions import NotAllowed
from marketplace.listings.actions import (
    approve_listing,
    reject_listing,
    save_draft,
    submit_listing,
    withdraw_listing,
)
from marketplace.listings.actions.drafts import NothingToReview
from marketplace.listings.actions.review import NotInReview
from marketplace.listings.models import Listing, ListingPhoto
from marketplace.listings.own import own_listings
from marketplace.listings.signals import listing_published, listing_withdrawn
from marketplace.notices.models import Notice
from tests.factories import make_member, make_organisation
from tests.reviewing import approve_by_both

pytestmark = pytest.mark.django_db
State = Listing.State


@pytest.fixture
def heard():
    """What the room announced, in order, each with the version and whether it is live."""
    news = []

    def hear(*, signal, listing, **kwargs):
        name = "published" if signal is listing_published else "withdrawn"
        row = Listing.objects.get(pk=listing.pk)
        news.append((name, row.version, row.live))

    for signal in (listing_published, listing_withdrawn):
        signal.connect(hear, weak=False, dispatch_uid="heard")
    yield news
    for signal in (listing_published, listing_withdrawn):
        signal.disconnect(dispatch_uid="heard")


def draft_of(owner, unsaved, **fields):
    return save_draft(unsaved(owner.memberships.get().organisation, **fields), by=owner)


def fresh(listing):
    return Listing.objects.get(pk=listing.pk)


def found(listing):
    return Listing.objects.visible_to(None).filter(pk=listing.pk).exists()


def edited(listing, owner, **fields):
    draft = fresh(listing).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    return save_draft(draft, by=owner)


def test_the_whole_way_draft_review_changes_review_live(unsaved, reviewer, heard):
    owner = make_member(make_organisation(), language="ar")
    listing = draft_of(owner, unsaved)
    assert (fresh(listing).state, found(listing)) == (State.DRAFT, False)

    submit_listing(listing, by=owner)
    assert (fresh(listing).state, found(listing)) == (State.IN_REVIEW, False)

    reject_listing(listing, because="unclear", by=reviewer, note="How many pallets?")
    assert fresh(listing).state == State.NEEDS_CHANGES
    told = Notice.objects.to(owner).get()
    assert told.kind == "listings.needs_changes_unclear"

    edited(listing, owner, summary="Forty pallets at four degrees.")
    submit_listing(fresh(listing), by=owner)
    assert fresh(listing).state == State.IN_REVIEW
    approve_by_both(listing)

    public = fresh(listing)
    assert (public.state, found(listing)) == (State.LIVE, True)
    assert public.summary == "Forty pallets at four degrees."
    assert public.published_on == owner.day_of(timezone.now())
    assert (public.expires_at - timezone.now()).days in (182, 183)
    assert heard == [("published", 1, True)]


def test_lists_that_read_reviews_with_the_rows_say_the_same(unsaved, reviewer):
    owner = make_member(make_organisation())
    listing = draft_of(owner, unsaved)

    def stands():
        rows = Listing.objects.filter(pk=listing.pk).with_review()
        (line,) = own_listings(rows, with_reasons=False)
        (whole,) = own_listings(Listing.objects.filter(pk=listing.pk))
        assert (line.state, line.edit_waits) == (whole.state, whole.edit_waits)
        return line.state

    assert stands() == State.DRAFT
    submit_listing(fresh(listing), by=owner)
    assert stands() == State.IN_REVIEW
    reject_listing(fresh(listing), because="unclear", by=reviewer)
    assert stands() == State.NEEDS_CHANGES


def test_the_owner_reads_the_decision_in_the_owners_language_and_wagtail_writes_nothing(
    unsaved, reviewer, django_capture_on_commit_callbacks
):
    owner = make_member(make_organisation(), language="he", discretion=1)
    with django_capture_on_commit_callbacks(execute=True):
        listing = draft_of(owner, unsaved)
        submit_listing(listing, by=owner)
        approve_by_both(listing)
    letters = [letter for letter in mail.outbox if owner.email in letter.to]
    assert len(letters) == 1
    assert "אושר" in letters[0].body
    assert "/staff/" not in letters[0].body
    assert "approved" not in letters[0].body


def test_days_are_those_of_the_owner_however_far_the_reviewer_sits(
    unsaved, reviewer, monkeypatch
):
    owner = make_member(make_organisation(), time_zone="Asia/Jerusalem")
    listing = draft_of(owner, unsaved)
    submit_listing(listing, by=owner)
    late = datetime(2026, 11, 25, 22, 30, tzinfo=UTC)  # past midnight in Jerusalem
    monkeypatch.setattr(timezone, "now", lambda: late)

    with timezone.override("America/New_York"):
        approve_by_both(listing)

    public = fresh(listing)
    assert public.published_on == date(2026, 11, 26)
    told = Notice.objects.to(owner).get()
    with timezone.override(owner.time_zone):
        assert told.parameters["until"] == {"day": public.closes_on.isoformat()}


def test_an_edit_of_a_live_listing_waits_while_the_old_one_stays(
    unsaved, reviewer, heard
):
    owner = make_member(make_organisation())
    listing = draft_of(owner, unsaved)
    submit_listing(listing, by=owner)
    approve_by_both(listing)
    first_day = fresh(listing).published_on

    edited(listing, owner, title="Cold store, now with a ramp")
    submit_listing(fresh(listing), by=owner)
    assert fresh(listing).title == "Cold store with room for two"
    assert found(listing)

    approve_by_both(listing)
    assert fresh(listing).title == "Cold store, now with a ramp"
    assert fresh(listing).published_on == first_day
    assert heard == [("published", 1, True), ("published", 2, True)]


def test_a_rejected_edit_leaves_the_live_text_alone(unsaved, reviewer):
    owner = make_member(make_organisation())
    listing = draft_of(owner, unsaved)
    submit_listing(listing, by=owner)
    approve_by_both(listing)
    edited(listing, owner, title="Buy now!!!")
    submit_listing(fresh(listing), by=owner)
    reject_listing(listing, because="tone", by=reviewer)
    assert found(listing)
    assert fresh(listing).title == "Cold store with room for two"


def test_saving_while_in_review_takes_the_listing_back(unsaved, reviewer):
    owner = make_member(make_organisation())
    listing = draft_of(owner, unsaved)
    submit_listing(listing, by=owner)
    edited(listing, owner, title="Another text")
    assert fresh(listing).state == State.DRAFT
    with pytest.raises(NotInReview):
        approve_listing(listing, by=reviewer)


def test_submitting_twice_is_one_review(unsaved, reviewer):
    owner = make_member(make_organisation())
    listing = draft_of(owner, unsaved)
    for _time in range(2):
        submit_listing(fresh(listing), by=owner)
    assert fresh(listing).workflow_states.count() == 1
    approve_by_both(listing)
    with pytest.raises(NothingToReview):
        submit_listing(fresh(listing), by=owner)


def test_withdrawing_hides_at_once_also_a_listing_in_review(unsaved, reviewer, heard):
    owner = make_member(make_organisation())
    listing = draft_of(owner, unsaved)
    submit_listing(listing, by=owner)
    approve_by_both(listing)
    edited(listing, owner, title="Not any more")
    submit_listing(fresh(listing), by=owner)
    for _time in range(2):
        withdraw_listing(fresh(listing), by=owner)
    assert (fresh(listing).state, found(listing)) == (State.WITHDRAWN, False)
    assert heard[1:] == [("withdrawn", 2, False)]
    with pytest.raises(NotInReview):
        approve_listing(listing, by=reviewer)


def test_a_withdrawn_listing_comes_back_through_the_review(unsaved, reviewer):
    owner = make_member(make_organisation())
    listing = draft_of(owner, unsaved)
    submit_listing(listing, by=owner)
    approve_by_both(listing)
    withdraw_listing(fresh(listing), by=owner)
    submit_listing(fresh(listing), by=owner)
    assert not found(listing)
    approve_by_both(listing)
    assert found(listing)
    assert fresh(listing).withdrawn_at is None


def test_nobody_else_writes_submits_approves_or_withdraws(unsaved, reviewer):
    owner, stranger = make_member(make_organisation()), make_member(make_organisation())
    viewer = make_member(owner.memberships.get().organisation, role="viewer")
    listing = draft_of(owner, unsaved)
    for somebody in (stranger, viewer):
        with pytest.raises(NotAllowed):
            edited(listing, somebody, title="Mine now")
        with pytest.raises(NotAllowed):
            submit_listing(fresh(listing), by=somebody)
        with pytest.raises(NotAllowed):
            withdraw_listing(fresh(listing), by=somebody)
    submit_listing(fresh(listing), by=owner)
    for somebody in (stranger, owner):
        with pytest.raises(NotAllowed):
            approve_listing(listing, by=somebody)
    assert fresh(listing).title == "Cold store with room for two"


def test_a_review_that_fails_half_way_publishes_nothing(unsaved, reviewer):
    owner = make_member(make_organisation())
    listing = draft_of(owner, unsaved)
    submit_listing(listing, by=owner)

    def fail(**kwargs):
        raise RuntimeError

    listing_published.connect(fail, weak=False, dispatch_uid="fail")
    try:
        with pytest.raises(RuntimeError):
            approve_by_both(listing)
    finally:
        listing_published.disconnect(dispatch_uid="fail")
    assert (fresh(listing).state, found(listing)) == (State.IN_REVIEW, False)


def test_a_photo_that_came_after_the_handing_in_is_not_approved_unseen(
    unsaved, reviewer
):
    owner = make_member(make_organisation())
    listing = draft_of(owner, unsaved)
    seen, unseen = (
        ListingPhoto(listing=listing, public_id=uuid.uuid4()) for _ in range(2)
    )
    seen.save()
    submit_listing(listing, by=owner)
    unseen.created_at = timezone.now()
    unseen.save()
    approve_by_both(listing)
    seen.refresh_from_db()
    unseen.refresh_from_db()
    assert seen.approved_at is not None
    assert unseen.approved_at is None
    submit_listing(fresh(listing), by=owner)
    approve_by_both(listing)
    unseen.refresh_from_db()
    assert unseen.approved_at is not None
