"""Who does not want to meet does not meet, and the other side cannot tell."""

import pytest
from django.urls import reverse

from marketplace.exceptions import NotAllowed
from marketplace.introductions.actions import (
    accept_introduction,
    ask_introduction,
    block_counterpart,
    block_owner,
    expire_introductions,
    send_message,
)
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import Introduction
from marketplace.introductions.waiting import waiting_lines
from marketplace.listings.models import Listing
from marketplace.notices.models import Notice, OutgoingMail
from marketplace.organisations.actions import end_block, set_avoidances, set_matrix
from marketplace.organisations.meeting import may_meet, sides_met_by
from marketplace.organisations.models import Block, Disclosure
from marketplace.taxonomy.models import Place
from search.matching.apart import kept_apart
from search.matching.pairs import pairs_of
from search.models import Match
from tests.factories import make_listing, make_member, make_organisation, make_sector
from tests.introducing import introduce
from tests.marketplace.introductions.test_asking import move_clock, told
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db


def finds(person):
    return set(Listing.objects.visible_to(person))


def make_place(slug):
    return Place.objects.get_or_create(
        slug=slug,
        defaults={"name_en": slug, "name_he": "מקום", "name_ar": "مكان"},
    )[0]


@pytest.fixture
def named(nablus, asked):
    return make_listing(nablus, owner=asked, anonymous=False)


@pytest.fixture
def sister(nablus, asked):
    """Another hidden listing of the same side."""
    return make_listing(nablus, owner=asked)


# -- blocks ---------------------------------------------------------------------------


def test_a_block_is_mutual_on_search_pages(haifa, asker, asked, named):
    own = make_listing(haifa, owner=asker, anonymous=False)
    block_owner(named, by=asker, organisation=haifa)
    assert named not in finds(asker)
    assert own not in finds(asked)
    assert {named, own} <= finds(None)


def test_a_block_does_not_tell_which_hidden_listings_belong_together(
    introduction, listing, sister, asker, asked
):
    block_counterpart(introduction, by=asked)
    assert listing not in finds(asker)
    assert sister in finds(asker)


def test_a_request_to_somebody_who_blocked_looks_like_any_and_never_arrives(
    introduction, sister, haifa, asker, asked, nablus
):
    block_counterpart(introduction, by=asked)
    before = Notice.objects.filter(recipient=asked).count()
    sent = ask_introduction(sister, by=asker, asker=haifa, **FIVE)
    face = introduction_face(sent, asker)
    assert (face.status, face.may_withdraw) == ("asked", True)
    assert sent not in Introduction.objects.involving(asked)
    assert waiting_lines([nablus.pk], 9) == []
    assert Notice.objects.filter(recipient=asked).count() == before
    assert not Disclosure.objects.live().exists()
    with pytest.raises(NotAllowed):
        accept_introduction(sent, by=asked)


def test_a_blocked_request_runs_out_like_one_nobody_answered(
    introduction, asker, asked
):
    block_counterpart(introduction, by=asked)
    introduction.refresh_from_db()
    assert introduction.status == Introduction.Status.ASKED
    move_clock(introduction, seconds=-1)
    assert expire_introductions() == 1
    assert (told(asker, "expired"), told(asked, "expired")) == (1, 0)


def test_a_block_closes_what_stood_between_the_two(introduction, asker, asked):
    introduction = introduce(introduction, asker, asked)
    send_message(introduction, by=asker, text="CANARYTEXT")
    block_counterpart(introduction, by=asked)
    assert not Disclosure.objects.live().exists()
    for person in (asker, asked):
        seen = Introduction.objects.with_parties().get(pk=introduction.pk)
        assert "CANARY" not in str(introduction_face(seen, person))
    assert (told(asker, "closed"), told(asked, "closed")) == (1, 0)


def test_mail_on_its_way_between_the_two_stays_in_the_house(introduction, asked):
    waiting = OutgoingMail.objects.filter(notice__kind="introductions.asked")
    waiting.update(state=OutgoingMail.State.FAILED)
    block_counterpart(introduction, by=asked)
    assert {mail.state for mail in waiting} == {OutgoingMail.State.DROPPED}


def test_a_block_over_a_hidden_listing_does_not_tell_whose_it_is(
    haifa, asker, named, sister
):
    other = make_listing(make_organisation(side="ps"))
    for hidden in (sister, other):
        block_owner(hidden, by=asker, organisation=haifa)
    assert finds(asker) == {named}
    # One row for each of them, and later for the named one, as for three parties.
    block_owner(named, by=asker, organisation=haifa)
    assert Block.objects.live().count() == 3
    assert finds(asker) == set()
    for block in Block.objects.filter(known_as=named.organisation.alias):
        end_block(block, by=asker)
    assert finds(asker) == {named}


def test_a_block_does_not_tell_the_asker_whose_the_hidden_listing_was(
    introduction, listing, asker, asked, named
):
    block_counterpart(introduction, by=asked)
    assert (listing in finds(asker), named in finds(asker)) == (False, True)


def test_a_block_by_who_knows_the_organisation_hides_its_named_listings(
    introduction, haifa, asker, asked, named
):
    own = make_listing(haifa, owner=asker, anonymous=False)
    introduce(introduction, asker, asked)
    introduction.refresh_from_db()
    block_counterpart(introduction, by=asked)
    assert named not in finds(asker)
    assert own not in finds(asked)


def match(one, other):
    first, second = sorted((one, other), key=lambda row: row.pk)
    Match.objects.create(first=first, second=second, score=0.5, p=0.5, q=0.5)


def matched(own, person):
    """What its owner finds among the matches of an own listing."""
    return set(pairs_of(own, Listing.objects.visible_to(person)))


def test_a_block_drops_matches_of_named_listings_at_once(haifa, asker, named):
    own = make_listing(haifa, owner=asker, anonymous=False)
    match(own, named)
    block_owner(named, by=asker, organisation=haifa)
    assert not Match.objects.live().exists()
    assert kept_apart(own, {named.pk}) == {named.pk}
    assert kept_apart(named, {own.pk}) == {own.pk}


@pytest.mark.parametrize("is_hidden", [False, True])
def test_a_block_over_a_named_listing_does_not_tell_which_hidden_matches_are_theirs(
    haifa, asker, asked, named, sister, is_hidden
):
    own = make_listing(haifa, owner=asker, anonymous=is_hidden)
    stranger = make_listing(make_organisation(side="ps"))
    for other in (named, sister, stranger):
        match(own, other)
    block_owner(named, by=asker, organisation=haifa)
    assert matched(own, asker) == {sister.pk, stranger.pk}
    assert kept_apart(own, {sister.pk, stranger.pk}) == set()
    assert kept_apart(sister, {own.pk}) == set()


def test_matches_of_what_two_had_met_over_go_with_a_block(introduction, haifa, asked):
    own = make_listing(haifa, anonymous=False)
    listing = introduction.listing
    match(own, listing)
    block_counterpart(introduction, by=asked)
    assert not Match.objects.live().exists()
    assert kept_apart(listing, {own.pk}) == {own.pk}


def test_a_block_ends_and_the_two_find_each_other_again(haifa, asker, named):
    block = block_owner(named, by=asker, organisation=haifa)
    end_block(block, by=asker)
    assert named in finds(asker)


def test_nobody_blocks_or_ends_a_block_for_others(haifa, asker, asked, named):
    with pytest.raises(NotAllowed):
        block_owner(named, by=asked, organisation=haifa)
    block = block_owner(named, by=asker, organisation=haifa)
    with pytest.raises(NotAllowed):
        end_block(block, by=asked)


def test_blocking_over_the_pages(client, asker, haifa, named):
    client.force_login(asker)
    address = reverse("introductions:block", args=[named.public_id])
    assert client.get(address).status_code == 200
    page = client.post(address, follow=True).content.decode()
    assert named.organisation.alias in page
    assert client.get(named.get_absolute_url()).status_code == 404
    block = Block.objects.get()
    end = reverse("organisations:end_block", args=[haifa.public_id, block.public_id])
    client.post(end)
    assert client.get(named.get_absolute_url()).status_code == 200


# -- hard negatives --------------------------------------------------------------------


def test_listings_of_an_avoided_area_and_sector_do_not_show(haifa, asker):
    place, sector = make_place("jenin"), make_sector("10", level="division")
    there = make_listing(make_organisation(side="ps"), place=place)
    within = make_listing(make_organisation(side="ps"), sectors=[make_sector("1040")])
    other = make_listing(make_organisation(side="ps"), sectors=[make_sector("6201")])
    set_avoidances(haifa, by=asker, places=[place], sectors=[sector])
    assert finds(asker) == {other}
    set_avoidances(haifa, by=asker, places=[], sectors=[])
    assert finds(asker) == {there, within, other}


def test_a_hard_negative_of_a_named_listing_works_both_ways_in_matching(haifa, asker):
    place = make_place("jenin")
    own = make_listing(haifa, owner=asker, anonymous=False)
    other = make_listing(make_organisation(side="ps"), place=place)
    set_avoidances(haifa, by=asker, places=[place], sectors=[])
    assert kept_apart(own, {other.pk}) == {other.pk}
    assert kept_apart(other, {own.pk}) == {own.pk}


def test_a_hard_negative_does_not_tell_which_hidden_listings_belong_together(
    haifa, asker
):
    place = make_place("jenin")
    hidden = {make_listing(haifa, owner=asker).pk for _ in range(2)}
    other = make_listing(make_organisation(side="ps"), place=place)
    set_avoidances(haifa, by=asker, places=[place], sectors=[])
    assert kept_apart(other, hidden) == set()


def test_a_hard_negative_does_not_tell_where_a_hidden_party_is(haifa, asker):
    place, sector = make_place("jenin"), make_sector("10", level="division")
    theirs = make_organisation(side="ps", place=place)
    theirs.sectors.add(sector)
    them = make_member(theirs)
    own = make_listing(haifa, owner=asker, anonymous=False)
    other = make_listing(theirs, owner=them)
    set_avoidances(haifa, by=asker, places=[place], sectors=[sector])
    assert other in finds(asker)
    assert kept_apart(own, {other.pk}) == set()
    sent = ask_introduction(own, by=them, asker=theirs, **FIVE)
    assert sent not in Introduction.objects.involving(asker)


def test_the_page_keeps_areas_and_sectors(client, haifa, asker):
    place = make_place("jenin")
    client.force_login(asker)
    address = reverse("organisations:apart", args=[haifa.public_id])
    client.post(address, {"places": [place.pk]})
    assert [row.place for row in haifa.avoidances.all()] == [place]
    assert "checked" in client.get(address).content.decode()


# -- who meets whom -----------------------------------------------------------------------


def test_staff_change_who_meets_whom(django_user_model):
    staff = django_user_model.objects.create_superuser(
        email="staff@programme.example", password="x", alias="Staff"
    )
    same, other = make_organisation(side="third"), make_organisation(side="third")
    assert not may_meet(same, other)
    set_matrix({("third", "third"): True, ("il", "ps"): True}, by=staff)
    assert may_meet(same, other)
    assert sides_met_by("il") == ["ps"]


def test_members_do_not_change_it(asker):
    with pytest.raises(NotAllowed):
        set_matrix({}, by=asker)
