"""Whoever is blocked sees no two aliases end together, nor does who blocks."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.invariants.consents import unfounded_disclosures
from marketplace.exceptions import NotAllowed
from marketplace.facilitation.actions import give_mandate
from marketplace.facilitation.models import Act, Delegation
from marketplace.introductions.actions import (
    accept_introduction,
    agree_to_step,
    ask_introduction,
    block_counterpart,
    block_owner,
    close_introduction,
    expire_introductions,
    save_draft,
    send_message,
)
from marketplace.introductions.faces import introduction_face
from marketplace.introductions.limits import sent_by
from marketplace.introductions.models import Introduction
from marketplace.introductions.waiting import waiting_lines
from marketplace.listings.models import Listing
from marketplace.organisations.stages import Stage
from tests.factories import make_listing, make_member, make_organisation
from tests.introducing import introduce
from tests.marketplace.introductions.test_asking import told
from tests.marketplace.introductions.test_brokering import facilitator_of
from tests.marketplace.introductions.words import FIVE

pytestmark = pytest.mark.django_db
Status = Introduction.Status


@pytest.fixture
def heron(nablus, asked):
    """A listing under an alias of its own, whose owner the asker has met there."""
    return make_listing(nablus, owner=asked, anonymous=False, alias="Grey Heron")


@pytest.fixture
def talk(heron, haifa, asker, asked):
    """The same two talk under that alias."""
    sent = ask_introduction(heron, by=asker, asker=haifa, **FIVE)
    return accept_introduction(sent, by=asked)


@pytest.fixture
def known(introduction, asker, asked):
    """And know each other by name elsewhere."""
    return introduce(introduction, asker, asked)


def fresh(row):
    return Introduction.objects.with_parties().get(pk=row.pk)


def seen(row, person):
    """What of it changes on the page of a person; None where there is no such page."""
    found = Introduction.objects.involving(person).with_parties().filter(pk=row.pk)
    face = introduction_face(found.get(), person) if found else None
    return face and (face.status, face.counterpart, face.answers, face.messages)


def come(row):
    """The day on which it ends has come."""
    left = Introduction.objects.filter(pk=row.pk, left_by__isnull=False)
    left.update(parts_at=timezone.now())
    return expire_introductions()


def test_for_who_is_blocked_another_alias_ends_on_another_day(
    known, talk, asker, asked
):
    send_message(talk, by=asked, text="Good morning")
    before = seen(talk, asker)
    block_counterpart(fresh(known), by=asked)
    assert fresh(known).status == Status.CLOSED
    assert seen(talk, asker) == before
    assert told(asker, "closed") == 1
    days = (fresh(talk).parts_at - timezone.now()).days
    assert 2 <= days <= 21
    assert list(unfounded_disclosures()) == []

    assert come(talk) == 1
    assert fresh(talk).status == Status.CLOSED
    assert (told(asker, "closed"), told(asked, "closed")) == (2, 0)
    assert "Good morning" not in repr(introduction_face(fresh(talk), asker))
    assert list(unfounded_disclosures()) == []
    assert expire_introductions() == 0


@pytest.mark.parametrize("where", ["known", "talk"])
def test_what_names_the_blocker_closes_at_once_wherever_it_blocks(
    known, talk, asked, where
):
    block_counterpart(fresh({"known": known, "talk": talk}[where]), by=asked)
    assert fresh(known).status == Status.CLOSED
    assert fresh(talk).status == Status.ACCEPTED


def test_for_the_blocker_it_is_over_at_once(client, known, talk, nablus, asker, asked):
    helper = facilitator_of("ps")
    give_mandate(nablus, helper, by=asked, about=talk.public_id, acts=[Act.CONTEXT])
    block_counterpart(fresh(known), by=asked)
    talk = fresh(talk)
    assert seen(talk, asked) is None
    assert seen(talk, helper.user) is None
    assert not Delegation.objects.live().filter(about=talk.public_id).exists()
    client.force_login(asked)
    assert client.get(talk.get_absolute_url()).status_code == 404
    heard = told(asked, "message"), told(asked, "step_wished")
    send_message(talk, by=asker, text="Are you there?")
    agree_to_step(talk, by=asker, stage=Stage.FACTS)
    assert (told(asked, "message"), told(asked, "step_wished")) == heard
    for act in (close_introduction, agree_to_step, send_message):
        words = {"close_introduction": {}, "send_message": {"text": "No"}}
        with pytest.raises(NotAllowed):
            act(talk, by=asked, **words.get(act.__name__, {"stage": Stage.FACTS}))


def test_who_is_blocked_ends_it_as_ever(known, talk, asker, asked):
    block_counterpart(fresh(known), by=asked)
    close_introduction(fresh(talk), by=asker)
    assert fresh(talk).status == Status.CLOSED
    assert told(asked, "closed") == 0
    come(talk)
    assert fresh(talk).left_by is None


def test_a_request_under_another_alias_waits_for_its_own_day(
    known, haifa, nablus, asker, asked
):
    """The blocker has asked under the alias of a listing, and is seen there no more."""
    theirs = make_listing(haifa, owner=asker, anonymous=False)
    own = make_listing(nablus, owner=asked, alias="Grey Heron")
    sent = ask_introduction(theirs, by=asked, asker=nablus, own_listing=own, **FIVE)
    block_counterpart(fresh(known), by=asked)
    assert fresh(sent).status == Status.ASKED
    assert (sent_by(nablus), waiting_lines([nablus.pk], 9)) == (0, [])
    assert len(waiting_lines([haifa.pk], 9)) == 1
    assert come(sent) == 1
    assert fresh(sent).status == Status.WITHDRAWN
    assert told(asker, "withdrawn") == 1


def test_hidden_listings_of_the_other_alias_stay_on_the_search_pages(
    known, talk, heron, asker, asked
):
    block_counterpart(fresh(known), by=asked)
    found = set(Listing.objects.visible_to(asker))
    assert (known.listing in found, heron in found) == (False, True)
    come(talk)
    assert heron in set(Listing.objects.visible_to(asker))
    own = set(Listing.objects.visible_to(asked))
    assert {known.listing, heron} <= own


def test_whom_the_blocker_knows_by_another_alias_stays(
    introduction, talk, listing, heron, asker, haifa
):
    """Else whoever blocks one hidden party would learn which other one it is."""
    before = seen(talk, asker)
    block_owner(listing, by=asker, organisation=haifa)
    assert fresh(introduction).status == Status.WITHDRAWN
    assert seen(talk, asker) == before
    assert fresh(talk).left_by is None
    found = set(Listing.objects.visible_to(asker))
    assert (listing in found, heron in found) == (False, True)


def test_a_draft_of_who_is_blocked_stays_with_its_writer(
    known, heron, haifa, asker, asked
):
    draft = save_draft(heron, by=asker, asker=haifa, **FIVE)
    block_counterpart(fresh(known), by=asked)
    assert draft in Introduction.objects.drafts_of(asker)


def test_two_who_block_each_other_are_done_with_at_once(known, talk, asker, asked):
    block_counterpart(fresh(known), by=asked)
    block_counterpart(fresh(talk), by=asker)
    assert fresh(talk).status == Status.CLOSED
    assert seen(talk, asked) is None


def test_of_three_parties_only_the_two_part(known, asked, nablus):
    other = make_organisation(side="il")
    person = make_member(other)
    sent = ask_introduction(known.listing, by=person, asker=other, **FIVE)
    block_counterpart(fresh(known), by=asked)
    assert fresh(sent).status == Status.ASKED
    assert fresh(sent).left_by is None


def test_the_worker_parts_them(known, talk, asked):
    block_counterpart(fresh(known), by=asked)
    Introduction.objects.filter(pk=talk.pk).update(parts_at=timezone.now())
    call_command("expire_introductions", verbosity=0)
    assert fresh(talk).status == Status.CLOSED


def test_the_page_says_what_ends_when(client, talk, asked):
    client.force_login(asked)
    address = reverse("introductions:block_other_side", args=[talk.public_id])
    assert "on a day of its own" in client.get(address).content.decode()


@pytest.mark.parametrize("step", [Stage.FACTS, Stage.ORGANISATION])
def test_a_wish_of_the_blocker_opens_nothing_after_the_block(
    known, talk, asker, asked, nablus, step
):
    """Its yes to a step was waiting; without this, who is blocked could open the name."""
    if step == Stage.ORGANISATION:
        for person in (asker, asked):
            agree_to_step(talk, by=person, stage=Stage.FACTS)
    agree_to_step(fresh(talk), by=asked, stage=step)
    reached = fresh(talk).stage
    block_counterpart(fresh(known), by=asked)
    assert fresh(talk).stage == reached
    agree_to_step(fresh(talk), by=asker, stage=step)
    assert fresh(talk).stage == reached
    assert nablus.legal_name not in repr(introduction_face(fresh(talk), asker))
    assert list(unfounded_disclosures()) == []


def test_who_blocks_may_still_report_what_it_has_left(
    client, known, talk, asker, asked
):
    send_message(talk, by=asker, text="I know where you live")
    block_counterpart(fresh(known), by=asked)
    client.force_login(asked)
    address = reverse("introductions:report", args=[talk.public_id])
    page = client.get(address).content.decode()
    assert reverse("introductions:block_other_side", args=[talk.public_id]) not in page
    words = {"because": "pressure", "note": "Please read it."}
    answer = client.post(address, words)
    assert answer["Location"] == reverse("introductions:list")
    concern = talk.concerns.get()
    assert (concern.raised_by, concern.quotes) == (asked, ["I know where you live"])
    client.force_login(make_member(make_organisation(side="ps")))
    assert client.get(address).status_code == 404
