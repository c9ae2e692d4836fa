"""A facilitator writes a draft for a client, who reads it, changes it and alone sends it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.exceptions import NotAllowed
from marketplace.facilitation.actions import give_mandate, revoke_mandates
from marketplace.facilitation.models import Act, DoneForClient, Facilitator
from marketplace.introductions.actions import (
    ask_introduction,
    save_draft,
    soften_draft,
    write_draft,
)
from marketplace.introductions.drafts import helped_drafts
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import Introduction
from marketplace.listings.actions import withdraw_listing
from marketplace.listings.models import Listing
from marketplace.notices.models import Notice
from marketplace.organisations.actions import block_organisation
from marketplace.organisations.models import Membership
from tests.factories import make_listing, make_organisation
from tests.marketplace.introductions.test_brokering import facilitator_of
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db
OWN = {"i_need": "Our own words"}


@pytest.fixture
def draft(listing, haifa, asker) -> Introduction:
    return save_draft(listing, by=asker, asker=haifa, **OWN)


@pytest.fixture
def helper(draft, haifa, asker):
    helper = facilitator_of("il")
    about = draft.public_id
    give_mandate(haifa, helper, by=asker, about=about, acts=[Act.DRAFT])
    return helper.user


@pytest.fixture
def page(draft):
    return reverse("introductions:draft", args=[draft.public_id])


def lines(person):
    return [row.kind for row in Notice.objects.to(person)]


def test_from_the_wish_to_the_request_that_the_client_sends(
    client, listing, haifa, asker, asked
):
    helper = facilitator_of("il")
    client.force_login(asker)
    ask = reverse("introductions:ask", args=[listing.public_id])
    led = client.post(ask, OWN | {"asker": haifa.pk, "help": "1"})
    draft = Introduction.objects.get()
    assert led.url == reverse("introductions:mandate", args=[draft.public_id])
    client.post(led.url, {"facilitator": helper.pk, "acts": [Act.DRAFT]})

    client.force_login(helper.user)
    (told,) = Notice.objects.to(helper.user)
    assert told.url == reverse("introductions:draft", args=[draft.public_id])
    assert told.url in client.get(reverse("introductions:list")).content.decode()
    shown = client.get(told.url).content.decode()
    assert listing.title in shown
    assert haifa.alias in shown
    assert client.post(told.url, FIVE).status_code == 302
    assert lines(asked) == []

    client.force_login(asker)
    shown = client.get(ask).content.decode()
    assert "has written a draft for you" in shown
    assert OWN["i_need"] in shown
    assert FIVE["why_you"] in shown
    assert lines(asker) == ["introductions.drafted"]
    changed = FIVE | {"why_you": "Because of your jars", "asker": haifa.pk}
    assert client.post(ask, changed).status_code == 302
    sent = Introduction.objects.with_parties().get()
    assert sent.status == Introduction.Status.ASKED
    (done,) = introduction_face(sent, asker).done_for_us
    stamp = (done.facilitator, done.client, done.act)
    assert stamp == (str(helper), haifa.alias, "wrote a draft")
    theirs = introduction_face(sent, asked)
    assert "Because of your jars" in dict(theirs.answers).values()
    assert str(helper) not in repr(theirs)


def test_a_facilitator_sends_nothing(client, draft, helper, listing, haifa):
    with pytest.raises(NotAllowed):
        ask_introduction(listing, by=helper, asker=haifa, **FIVE)
    with pytest.raises(NotAllowed):
        save_draft(listing, by=helper, asker=haifa, **FIVE)
    client.force_login(helper)
    address = reverse("introductions:ask", args=[listing.public_id])
    client.post(address, FIVE | {"asker": haifa.pk})
    assert Introduction.objects.get().is_draft


def test_gaps_are_left_to_the_client_but_not_all(client, draft, helper, page):
    client.force_login(helper)
    empty = client.post(page, {})
    assert empty.status_code == 422
    assert empty.context["form"].errors.keys() == {"i_bring"}
    assert client.post(page, {"i_bring": "Jars"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.i_bring, draft.why_you) == ("Jars", "")


def test_taken_back_it_ends_at_the_next_request_and_the_draft_stays(
    client, draft, helper, page, haifa, asker, listing
):
    write_draft(draft, by=helper, **FIVE)
    revoke_mandates(haifa, by=asker, about=draft.public_id)
    client.force_login(helper)
    assert client.get(page).status_code == 404
    assert client.post(page, FIVE | {"i_bring": "Other"}).status_code == 404
    with pytest.raises(NotAllowed):
        write_draft(draft, by=helper, i_bring="Other")
    client.force_login(asker)
    ask = reverse("introductions:ask", args=[listing.public_id])
    assert FIVE["i_bring"] in client.get(ask).content.decode()


def test_each_mandate_is_for_its_own_act(draft, helper, haifa, asker):
    with pytest.raises(NotAllowed):
        soften_draft(draft, by=helper, **FIVE)
    other = facilitator_of("il")
    about = draft.public_id
    give_mandate(haifa, other, by=asker, about=about, acts=[Act.SOFTEN])
    for person in (helper, other.user):
        with pytest.raises(NotAllowed):
            write_draft(draft, by=person, **FIVE)


def test_written_twice_the_client_still_reads_its_own_words(
    client, draft, helper, listing, asker
):
    write_draft(draft, by=helper, **FIVE)
    write_draft(draft, by=helper, **FIVE | {"i_need": "Once more"})
    assert DoneForClient.objects.count() == 2
    client.force_login(asker)
    ask = reverse("introductions:ask", args=[listing.public_id])
    before = dict(client.get(ask).context["wording"].before)
    assert list(before.values()) == [OWN["i_need"]]
    assert lines(asker) == ["introductions.drafted"]


def test_the_other_side_and_its_people_see_no_draft(client, draft, helper, page, asked):
    client.force_login(asked)
    assert client.get(page).status_code == 404
    assert draft not in Introduction.objects.involving(asked)


def test_a_facilitator_sees_the_listing_only_while_it_stands(
    client, draft, helper, page, listing, asked
):
    withdraw_listing(listing, by=asked)
    client.force_login(helper)
    assert listing.title not in client.get(page).content.decode()
    assert page not in client.get(reverse("introductions:list")).content.decode()


def test_a_hidden_client_goes_by_the_alias_of_its_listing(
    client, listing, haifa, asker
):
    own = make_listing(haifa, owner=asker, alias="Grey Heron")
    draft = save_draft(listing, by=asker, asker=haifa, own_listing=own)
    helper = facilitator_of("il")
    about = draft.public_id
    give_mandate(haifa, helper, by=asker, about=about, acts=[Act.DRAFT])
    client.force_login(helper.user)
    shown = client.get(reverse("introductions:draft", args=[about])).content.decode()
    assert "Grey Heron" in shown
    assert own.get_absolute_url() in shown
    assert haifa.alias not in shown


@pytest.mark.parametrize("is_sent", [False, True])
def test_whoever_belongs_to_the_other_side_hears_of_no_mandate(
    client, draft, haifa, asker, listing, nablus, is_sent
):
    if is_sent:
        ask_introduction(listing, by=asker, asker=haifa, **FIVE)
    helper = facilitator_of("il")
    Membership.objects.create(organisation=nablus, user=helper.user, role="owner")
    acts = [Act.CONTEXT] if is_sent else [Act.DRAFT]
    about = draft.public_id
    told = lines(helper.user)
    assert give_mandate(haifa, helper, by=asker, about=about, acts=acts)
    assert lines(helper.user) == told
    client.force_login(helper.user)
    page = reverse("introductions:draft", args=[about])
    assert client.get(page).status_code == 404


def test_whom_the_owner_has_blocked_finds_no_draft_about_it(
    client, draft, helper, page, listing, asked
):
    """The listing is not on the pages of such a facilitator, and no draft about it is."""
    Listing.objects.filter(pk=listing.pk).update(anonymous=False)
    client.force_login(helper)
    assert client.get(page).status_code == 200
    own = make_organisation(side="il")
    Membership.objects.create(organisation=own, user=helper, role="owner")
    home = listing.organisation
    block_organisation(own, by=asked, organisation=home, known_as=own.alias)
    assert not Listing.objects.visible_to(helper).filter(pk=listing.pk).exists()
    assert client.get(page).status_code == 404


def test_many_drafts_cost_the_list_of_a_facilitator_no_more(
    client, draft, helper, haifa, asker, nablus, asked, django_assert_num_queries
):
    with CaptureQueriesContext(connection) as few:
        assert len(helped_drafts(helper)) == 1
    facilitator = Facilitator.objects.get(user=helper)
    for _more in range(4):
        other = make_listing(nablus, owner=asked)
        more = save_draft(other, by=asker, asker=haifa, **OWN)
        give_mandate(
            haifa, facilitator, by=asker, about=more.public_id, acts=[Act.SOFTEN]
        )
    with django_assert_num_queries(len(few)):
        drafts = helped_drafts(helper)
    assert [each.may_draft for each in drafts] == [False] * 4 + [True]
