"""Two people let a listing stand: one of its own side first, then one of the other."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied

from marketplace.exceptions import NotAllowed
from marketplace.listings.actions import (
    approve_listing,
    import_listings,
    reject_listing,
    save_draft,
    submit_listing,
)
from marketplace.listings.models import Listing, ListingReviewState, ReviewingSide
from marketplace.listings.review import READERS
from marketplace.notices.models import Notice
from marketplace.organisations.models import Membership
from tests.factories import make_member, make_organisation, make_user
from tests.marketplace.listings.bringing_in import lines
from tests.reviewing import approve_by_both, make_reader

pytestmark = pytest.mark.django_db
State = Listing.State


@pytest.fixture
def readers(db):
    """Two of each side, so that the same side is never the same person by chance."""
    return {side: [make_reader(side) for _each in range(2)] for side in ("il", "ps")}


@pytest.fixture
def handed_in(unsaved, readers):
    def hand_in(side="il", **fields):
        owner = make_member(make_organisation(side=side))
        draft = unsaved(owner.memberships.get().organisation, **fields)
        return submit_listing(save_draft(draft, by=owner), by=owner)

    return hand_in


def fresh(listing):
    return Listing.objects.get(pk=listing.pk)


@pytest.mark.parametrize(("own", "other"), [("il", "ps"), ("ps", "il")])
def test_its_own_side_reads_first_and_only_the_other_makes_it_public(
    handed_in, readers, own, other
):
    listing = handed_in(own)
    with pytest.raises(NotAllowed):
        approve_listing(listing, by=readers[other][0])
    approve_listing(listing, by=readers[own][0])
    assert fresh(listing).state == State.IN_REVIEW
    for same in readers[own]:
        with pytest.raises(NotAllowed):
            approve_listing(listing, by=same)
    approve_listing(listing, by=readers[other][0])
    assert fresh(listing).state == State.LIVE
    read = ListingReviewState.steps.order_by("pk").values_list("side", flat=True)
    assert list(read) == [own, other]


@pytest.mark.parametrize(("first", "second"), [("il", "ps"), ("ps", "il")])
def test_a_third_partys_listing_is_begun_by_either_and_ended_by_the_other(
    handed_in, readers, first, second
):
    listing = handed_in("third")
    approve_listing(listing, by=readers[first][0])
    with pytest.raises(NotAllowed):
        approve_listing(listing, by=readers[first][1])
    assert approve_listing(listing, by=readers[second][1]).state == State.LIVE


def test_where_one_side_has_no_reviewer_nothing_becomes_public(unsaved):
    reader = make_reader("il")
    owner = make_member(make_organisation(side="il"))
    draft = unsaved(owner.memberships.get().organisation)
    listing = submit_listing(save_draft(draft, by=owner), by=owner)
    approve_listing(listing, by=reader)
    for nobody in (reader, make_user(is_superuser=True, is_staff=True)):
        with pytest.raises(NotAllowed):
            approve_listing(listing, by=nobody)
    assert fresh(listing).state == State.IN_REVIEW


def test_the_other_side_can_send_it_back_and_then_both_read_it_again(
    handed_in, readers
):
    listing = handed_in()
    approve_listing(listing, by=readers["il"][0])
    reject_listing(listing, because="tone", by=readers["ps"][0])
    assert fresh(listing).state == State.NEEDS_CHANGES
    draft = fresh(listing).get_latest_revision_as_object()
    draft.title = "Nobody of the first side has read this"
    save_draft(draft, by=listing.owner)
    submit_listing(fresh(listing), by=listing.owner)
    with pytest.raises(NotAllowed):
        approve_listing(listing, by=readers["ps"][0])
    assert approve_by_both(listing).title == "Nobody of the first side has read this"


def test_who_stands_for_both_sides_reads_for_none(handed_in, readers):
    listing, both = handed_in(), readers["il"][0]
    both.groups.add(Group.objects.get(name=READERS["ps"]))
    assert ReviewingSide.objects.side_of(both) == ""
    with pytest.raises(NotAllowed):
        approve_listing(listing, by=both)


def test_nobody_reads_twice_by_changing_sides_between(handed_in, readers):
    listing, reader = handed_in(), readers["il"][0]
    approve_listing(listing, by=reader)
    reader.groups.remove(Group.objects.get(name=READERS["il"]))
    reader.groups.add(Group.objects.get(name=READERS["ps"]))
    with pytest.raises(NotAllowed):
        approve_listing(listing, by=reader)


def test_nobody_reads_for_an_organisation_of_ones_own(handed_in, readers):
    listing, reader = handed_in(), readers["il"][0]
    Membership.objects.create(
        organisation=listing.organisation, user=reader, role="viewer"
    )
    with pytest.raises(NotAllowed):
        approve_listing(listing, by=reader)


def test_the_rule_holds_for_whoever_comes_past_the_actions(handed_in, readers):
    listing = handed_in()
    step = listing.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        step.task.specific.on_action(step, readers["ps"][0], "approve")
    step.task.specific.on_action(step, readers["il"][0], "approve")
    with pytest.raises(PermissionDenied):  # a second press on a page left open
        step.task.specific.on_action(step, readers["il"][0], "approve")
    assert fresh(listing).state == State.IN_REVIEW


def test_each_reviewer_hears_when_it_is_their_turn_and_not_before(handed_in, readers):
    def told():
        heard = Notice.objects.filter(kind="listings.waits_for_review")
        return {notice.recipient for notice in heard}

    listing = handed_in()
    assert told() == set(readers["il"])
    approve_listing(listing, by=readers["il"][0])
    assert told() == {*readers["il"], *readers["ps"]}
    assert not Notice.objects.to(listing.owner).exists()


@pytest.mark.usefixtures("vocabulary")
def test_lines_of_a_file_wait_for_their_own_side_too(readers):
    member = make_member(make_organisation(side="ps"))
    import_listings(lines({}), by=member, publish=False)
    listing = Listing.objects.get()
    with pytest.raises(NotAllowed):
        approve_listing(listing, by=readers["il"][0])
    assert approve_by_both(listing).state == State.LIVE
