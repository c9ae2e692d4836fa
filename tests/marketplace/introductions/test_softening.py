"""A facilitator puts a draft more gently; its writers read both, and send it or not."""

import pytest
from django.urls import reverse

from marketplace.exceptions import NotAllowed
from marketplace.facilitation.actions import give_mandate, revoke_mandates
from marketplace.facilitation.models import Act, Delegation
from marketplace.introductions.actions import (
    ask_introduction,
    discard_draft,
    save_draft,
    soften_draft,
)
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.models import Introduction
from marketplace.notices.models import Notice
from marketplace.organisations.models import Membership
from tests.marketplace.introductions.test_brokering import facilitator_of
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db
GENTLE = FIVE | {"why_you": "Your oil would complete our jars."}


@pytest.fixture
def draft(listing, haifa, asker) -> Introduction:
    return save_draft(listing, by=asker, asker=haifa, **FIVE)


@pytest.fixture
def helper(draft, haifa, asker):
    helper = facilitator_of("il")
    about = draft.public_id
    give_mandate(haifa, helper, by=asker, about=about, acts=[Act.SOFTEN])
    return helper.user


def test_the_client_reads_both_wordings_and_sends_the_gentle_one(
    client, draft, helper, listing, haifa, asker, asked
):
    client.force_login(helper)
    address = reverse("introductions:soften", args=[draft.public_id])
    lists = client.get(reverse("introductions:list")).content.decode()
    assert address in lists
    assert client.post(address, GENTLE).status_code == 302

    ask = reverse("introductions:ask", args=[listing.public_id])
    (told,) = Notice.objects.to(asker)
    assert (told.kind, told.url) == ("introductions.softened", ask)
    client.force_login(asker)
    page = client.get(ask).content.decode()
    assert GENTLE["why_you"] in page
    assert "These were yours" in page
    assert str(helper) in page
    assert not Notice.objects.to(asked).exists()

    sent = ask_introduction(listing, by=asker, asker=haifa, **GENTLE)
    face = introduction_face(Introduction.objects.with_parties().get(pk=sent.pk), asked)
    assert GENTLE["why_you"] in dict(face.answers).values()
    assert str(helper) not in repr(face)
    own = introduction_face(sent, asker).done_for_us
    assert [each.act for each in own] == ["put the draft more gently"]


def test_who_helped_to_write_reads_no_answer(draft, helper, listing, haifa, asker):
    ask_introduction(listing, by=asker, asker=haifa, **FIVE)
    assert not Introduction.objects.involving(helper).exists()
    with pytest.raises(NotAllowed):
        soften_draft(draft, by=helper, **GENTLE)


def test_without_the_mandate_a_draft_is_nobodys_to_touch(
    client, draft, helper, haifa, asker, asked
):
    revoke_mandates(haifa, by=asker, about=draft.public_id)
    address = reverse("introductions:soften", args=[draft.public_id])
    for person in (helper, asked, asker):
        client.force_login(person)
        assert client.get(address).status_code == 404
        with pytest.raises(NotAllowed):
            soften_draft(draft, by=person, **GENTLE)


def test_a_draft_thrown_away_leaves_its_helper_room(draft, helper, asker):
    discard_draft(draft, by=asker)
    assert not Delegation.objects.live().exists()


def test_a_draft_offers_mandates_to_write_alone_and_a_request_all_others(
    client, draft, listing, haifa, asker
):
    facilitator_of("il")
    client.force_login(asker)
    address = reverse("introductions:mandate", args=[draft.public_id])

    def offered():
        form = client.get(address).context["form"]
        return {value for value, _label in form.fields["acts"].choices}

    of_drafts = {Act.DRAFT, Act.SOFTEN}
    assert offered() == of_drafts
    ask_introduction(listing, by=asker, asker=haifa, **FIVE)
    assert offered() == set(Act.values) - of_drafts


def test_a_draft_about_their_own_listing_is_not_there_for_a_facilitator(
    client, draft, helper, nablus
):
    Membership.objects.create(organisation=nablus, user=helper, role="viewer")
    client.force_login(helper)
    address = reverse("introductions:soften", args=[draft.public_id])
    assert client.get(address).status_code == 404
    assert address not in client.get(reverse("introductions:list")).content.decode()
    assert draft not in Introduction.objects.involving(helper)
