"""Staff read listings on Wagtail's screens, decide with a reason, and rewrite nothing."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry

from marketplace.listings.actions import (
    approve_listing,
    report_listing,
    save_draft,
    submit_listing,
)
from marketplace.listings.models import Listing, ListingReviewState
from marketplace.listings.review import READERS, ensure_review
from marketplace.notices.models import Notice
from marketplace.organisations.models import Organisation
from tests.factories import make_listing, make_member, make_organisation, make_sector
from tests.reviewing import approve_by_both, reader_for

pytestmark = pytest.mark.django_db
RIGHTS = ("change_listing", "publish_listing", "view_listing")


def url(name, *args):
    return reverse(f"wagtailsnippets_listings_listing:{name}", args=args)


@pytest.fixture
def reviewer(staff):
    user = staff(*RIGHTS, "change_report", "view_report")
    group, _new = Group.objects.get_or_create(name="Reviewers")
    ensure_review(group)
    user.groups.add(group, Group.objects.get(name=READERS["ps"]))
    return user


def in_review(side="ps", **fields):
    owner = make_member(make_organisation(side=side))
    fields = {"title": "Cold store", "summary": "Room for two more."} | fields
    draft = Listing(
        organisation=owner.memberships.get().organisation,
        kind="offer",
        written_in="en",
        **fields,
    )
    draft.sectors = [make_sector()]
    return submit_listing(save_draft(draft, by=owner), by=owner)


def fresh(listing):
    return Listing.objects.get(pk=listing.pk)


def decide(client, listing, action, **data):
    step = listing.current_workflow_task_state
    address = url("workflow_action", listing.pk, action, step.pk)
    return client.post(address, data)


def test_a_reviewer_reads_the_words_and_finds_no_field_to_change(client, reviewer):
    listing = in_review(summary="<script>alert(1)</script> cold")
    page = client.get(url("edit", listing.pk)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; cold" in page
    assert 'name="title"' not in page
    assert "workflow-action-name" in page


def test_approving_on_the_screen_is_the_first_reading_of_two(client, reviewer):
    listing = in_review()
    decide(client, listing, "approve")
    assert fresh(listing).state == Listing.State.IN_REVIEW
    page = client.get(url("edit", listing.pk)).content.decode()
    assert f"Palestinian: Approved · <bdi>{reviewer}</bdi>" in page
    assert "Israeli: In progress" in page
    assert 'data-workflow-action-name="approve"' not in page
    approve_listing(listing, by=reader_for("il"))
    assert (fresh(listing).state, fresh(listing).version) == (Listing.State.LIVE, 1)


def test_the_second_reader_makes_it_public_on_the_screen(client, reviewer):
    listing = in_review(side="il")
    approve_listing(listing, by=reader_for("il"))
    address = url("edit", listing.pk)
    assert 'data-workflow-action-name="approve"' in client.get(address).content.decode()
    sent = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    page = client.post(address, sent, follow=True).content.decode()
    assert "Read by both. It is public now" in page
    assert fresh(listing).state == Listing.State.LIVE


def test_no_other_button_of_the_screen_makes_a_listing_public_or_changes_it(
    client, reviewer
):
    reviewer.is_superuser = True
    reviewer.save()
    listing = in_review(side="il")  # not this reviewer's turn
    first = listing.latest_revision_id
    revert = url("revisions_revert", listing.pk, first)
    for address in (url("edit", listing.pk), revert):
        for act in ("publish", "workflow-action", "cancel-workflow", "submit"):
            sent = {f"action-{act}": "true", "workflow-action-name": "approve"}
            assert client.post(address, sent).status_code == 302
    kept = fresh(listing)
    assert (kept.state, kept.latest_revision_id) == (Listing.State.IN_REVIEW, first)
    live = make_listing()
    client.post(url("unpublish", live.pk))
    assert fresh(live).live


def test_sending_back_needs_a_reason_and_tells_the_owner(client, reviewer):
    listing = in_review()
    decide(client, listing, "reject", comment="No reason given")
    listing.refresh_from_db()
    assert listing.state == Listing.State.IN_REVIEW
    decide(client, listing, "reject", reason="tone", comment="Softer, please.")
    listing = Listing.objects.get(pk=listing.pk)
    assert listing.state == Listing.State.NEEDS_CHANGES
    assert ListingReviewState.objects.get().reason == "tone"
    assert Notice.objects.to(listing.owner).get().kind == "listings.needs_changes_tone"


def test_an_edit_of_a_live_listing_is_shown_beside_what_is_public(client, reviewer):
    listing = in_review()
    approve_by_both(listing)
    draft = Listing.objects.get(pk=listing.pk).get_latest_revision_as_object()
    draft.title = "Colder store"
    save_draft(draft, by=listing.owner)
    submit_listing(Listing.objects.get(pk=listing.pk), by=listing.owner)
    page = client.get(url("edit", listing.pk)).content.decode()
    assert "Colder store" in page
    assert "<del>Cold store</del>" in page


def test_nobody_creates_copies_or_deletes_listings_here(client, admin_client):
    listing = make_listing()
    assert admin_client.get(url("add")).status_code == 302
    assert admin_client.post(url("delete", listing.pk)).status_code == 302
    assert Listing.objects.filter(pk=listing.pk).exists()


def test_staff_take_a_listing_down_and_its_owner_is_told(client, reviewer):
    listing = make_listing()
    refused = client.post(url("take_down", listing.pk))
    assert refused.status_code == 200  # as Wagtail's forms come back
    assert Listing.objects.visible_to(None).exists()
    client.post(url("take_down", listing.pk), {"because": "reveals", "note": "A sign"})
    assert not Listing.objects.visible_to(None).exists()
    assert Notice.objects.to(listing.owner).get().kind == "listings.taken_down"


def test_a_report_is_closed_and_the_reader_hears_of_it(client, reviewer):
    listing, reader = make_listing(), make_member(make_organisation())
    report = report_listing(listing, because="reveals", by=reader, note="a shop sign")
    listing_page = client.get(reverse("report:inspect", args=[report.pk]))
    assert reader.email not in listing_page.content.decode()
    assert str(reader) not in listing_page.content.decode()
    client.post(reverse("report:close", args=[report.pk]), {"outcome": "sign removed"})
    report.refresh_from_db()
    assert report.closed_at is not None
    assert Notice.objects.to(reader).get().kind == "listings.report_closed"


def test_the_list_filters_what_waits_and_finds_by_title(client, reviewer):
    waiting, _live = in_review(title="Waiting one"), make_listing(title="Live one")
    page = client.get(url("list"), {"in_review": "true"}).content.decode()
    assert waiting.title in page
    assert "Live one" not in page
    page = client.get(url("list"), {"q": "Live"}).content.decode()
    assert "Live one" in page
    assert "Waiting one" not in page


# -- organisations -------------------------------------------------------------------


def test_a_verification_is_decided_with_a_reason_that_fits(client, staff):
    staff("verify_organisation", "view_organisation")
    organisation = make_organisation()
    owner = make_member(organisation)
    address = reverse("organisation:verify", args=[organisation.pk])
    client.post(address, {"decision": "verified:unreadable"})
    assert not Organisation.objects.get(pk=organisation.pk).is_verified
    client.post(address, {"decision": "verified:register_checked"})
    assert Organisation.objects.get(pk=organisation.pk).is_verified
    told = Notice.objects.to(owner).get()
    assert told.kind == "organisations.verified_register_checked"


def test_the_sealed_name_opens_by_a_press_that_the_log_keeps(client, staff):
    user = staff("verify_organisation", "view_organisation")
    organisation = make_organisation(legal_name="Zzyzx Quarries Ltd")
    address = reverse("organisation:verify", args=[organisation.pk])
    inspect = reverse("organisation:inspect", args=[organisation.pk])
    for page in (client.get(address), client.get(inspect)):
        assert "Zzyzx" not in page.content.decode()
    assert "Zzyzx" in client.post(address, {"reveal": "verify"}).content.decode()
    entry = ModelLogEntry.objects.get(action="organisations.read_identity")
    assert entry.user == user


def test_without_the_right_to_verify_there_is_no_decision(client, staff):
    staff("view_organisation")
    organisation = make_organisation()
    address = reverse("organisation:verify", args=[organisation.pk])
    assert client.get(address).status_code in (302, 403)
    client.post(address, {"decision": "verified:register_checked"})
    assert not Organisation.objects.get(pk=organisation.pk).is_verified
