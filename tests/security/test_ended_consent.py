"""P-17: once a consent has ended, nothing names, links or lets read any more.

Each way a consent ends is tried against each channel: every page a reader can reach or
guess, every line of news, every mail that has not left yet.
"""

import os
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.introductions.actions import (
    close_introduction,
    decline_introduction,
    expire_introductions,
    send_message,
    withdraw_introduction,
)
from marketplace.introductions.models import Introduction, StageConsent
from marketplace.listings.actions import (
    expire_due_listings,
    take_down_listing,
    withdraw_listing,
)
from marketplace.listings.models import Listing
from marketplace.organisations.stages import Stage
from marketplace.ventures.actions import withdraw_venture
from search.matching.matcher import refresh_due
from search.models import Match
from tests.factories import make_listing
from tests.security.crawling import browser_of, pages_of, text_of
from tests.security.ended import everything, private_of, shown, words_of

pytestmark = pytest.mark.django_db
ALL = os.environ.get("CRAWLS") == "all"


# -- introductions ----------------------------------------------------------------


# In the gate each end is read by the one who did not bring it about, where there is one.
BOTH_ENDS = [("owner", "mutual"), ("mutual", "owner")]
BOTH_ENDS += [("owner", "owner"), ("mutual", "mutual")] if ALL else []


@pytest.mark.parametrize(("ends_it", "reader"), BOTH_ENDS)
def test_a_closed_introduction_is_closed_everywhere(world, ends_it, reader):
    send_message(world.met, by=world.owner.user, text="zqlastwordqz")
    close_introduction(world.met, by=getattr(world, ends_it).user)
    written = words_of(world, world.met) | {"zqlastwordqz"}
    other = world.mutual if reader == "owner" else world.owner
    text = everything(world, reader, besides=other)
    assert shown(private_of(other), text) == set()
    # Who asked still reads the own five sentences, and nothing of the thread.
    own_words = shown(written, text)
    assert len(own_words) == (5 if reader == "mutual" else 0)
    assert not [word for word in own_words if "message" in word or "last" in word]


def test_a_closed_introduction_takes_no_more_words(world):
    close_introduction(world.met, by=world.owner.user)
    browser = browser_of(world, "mutual")
    path = reverse("introductions:message", args=[world.met.public_id])
    browser.post(path, {"text": "zqtoolateqz"})
    assert not world.met.messages.filter(text="zqtoolateqz").exists()


def _decline(world):
    decline_introduction(
        world.asked, by=world.owner.user, because="not_now", note="zqnoteqz"
    )


def _withdraw(world):
    withdraw_introduction(world.asked, by=world.interested.user)


def _expire(world):
    past = timezone.now() - timedelta(minutes=1)
    Introduction.objects.filter(pk=world.asked.pk).update(expires_at=past)
    expire_introductions()


@pytest.mark.parametrize("end", [_withdraw, _expire, *([_decline] if ALL else [])])
def test_a_request_that_ended_shows_who_was_asked_nothing_of_the_asker(world, end):
    end(world)
    asked = words_of(world, world.asked)
    owner = everything(world, "owner", besides=world.interested)
    assert shown(private_of(world.interested) | asked, owner) == set()


@pytest.mark.parametrize("end", [_decline, _expire, *([_withdraw] if ALL else [])])
def test_a_request_that_ended_shows_who_asked_nothing_of_the_owner(world, end):
    end(world)
    asker = everything(world, "interested", besides=world.owner)
    assert shown(private_of(world.owner), asker) == set()
    assert ("zqnoteqz" in asker) == (end is _decline)


# -- ventures ---------------------------------------------------------------------


def venture_words(world, venture) -> set[str]:
    notes = {note.text for note in venture.dissents.all()}
    return notes | {venture.title, venture.purpose, str(venture.public_id)}


def test_a_proposal_ends_with_the_introduction_it_rests_on(world):
    close_introduction(world.introduction, by=world.partner.user)
    for reader in ("owner", "partner") if ALL else ("owner",):
        text = everything(world, reader)
        assert shown(venture_words(world, world.proposal), text) == set(), reader


def test_a_proposal_of_three_ends_with_any_introduction_among_them(world):
    """The text was for all three: where two know each other no more, nobody reads it."""
    others = world.proposal.parties.model
    others.objects.filter(venture=world.proposal).update(ownership=3000)
    others.objects.create(
        venture=world.proposal, organisation=world.mutual.organisation, ownership=4000
    )
    again = Introduction.objects.create(
        asker=world.mutual.organisation,
        asked=world.partner.organisation,
        asked_by=world.mutual.user,
        listing=make_listing(world.partner.organisation),
        status=Introduction.Status.ACCEPTED,
    )
    for side in again.both:
        StageConsent.objects.create(
            introduction=again,
            organisation=side,
            stage=Stage.PERSON,
            given_by=world.mutual.user,
        )
    page = world.proposal.get_absolute_url()
    assert world.proposal.title in text_of(browser_of(world, "mutual"), page)
    close_introduction(again, by=world.mutual.user)
    # The owner, whose own introductions both stand, is the one to be looked at first.
    for reader in ("owner", "partner", "mutual") if ALL else ("owner",):
        text = everything(world, reader)
        assert shown(venture_words(world, world.proposal), text) == set(), reader


def test_a_withdrawn_proposal_is_signed_by_nobody_and_leads_to_no_fee(world):
    withdraw_venture(world.proposal, by=world.partner.user)
    text = everything(world, "owner")
    path = reverse("ventures:sign", args=[world.proposal.public_id])
    assert path not in text
    assert "/fees/" in text  # of the signed venture, so that the test can fail
    assert world.proposal.title not in text_of(
        browser_of(world, "owner"), reverse("payments:fees")
    )


# -- listings ---------------------------------------------------------------------


def _withdraw_listing(world):
    withdraw_listing(world.listing, by=world.owner.user)


def _take_down(world):
    take_down_listing(world.listing, by=world.staff["reviewer"], because="reveals")


def _run_out(world):
    past = timezone.now() - timedelta(minutes=1)
    Listing.objects.filter(pk=world.listing.pk).update(expires_at=past)


def _run_out_and_swept(world):
    _run_out(world)
    expire_due_listings()


LISTING_ENDS = [_withdraw_listing, _take_down, _run_out, _run_out_and_swept]


# In the gate every end for one reader and every reader at one end, in the deep one all.
ENDS_READ = [
    (end, reader)
    for end in LISTING_ENDS
    for reader in ("anonymous", "stranger", "interested", "mutual")
    if ALL or _withdraw_listing is end or reader == "mutual"
]


@pytest.mark.parametrize(("end", "reader"), ENDS_READ)
def test_a_listing_that_ended_is_neither_named_nor_linked(world, end, reader):
    end(world)
    if reader == "anonymous":
        # The way to the log-in repeats the address that was asked for.
        pages = pages_of(world, reader).items()
        text = "\n".join(page.replace(path, "") for path, page in pages)
    else:
        text = everything(world, reader)
    gone = {world.listing.get_absolute_url(), f"{world.listing.title}: the details"}
    gone |= {str(world.photo.public_id)}
    if reader != "mutual":  # who has met keeps the word under which they met
        gone.add(world.listing.title)
    assert shown(gone, text) == set()


@pytest.mark.parametrize("end", LISTING_ENDS)
def test_a_listing_that_ended_is_in_no_list_and_no_count(world, end):
    path = reverse("search:listings")
    before = browser_of(world, "stranger").get(path).context["results"]
    end(world)
    after = browser_of(world, "stranger").get(path).context["results"]
    assert (before.total, after.total) == (1, 0)
    query = {"q": "olive oil coast"}
    assert browser_of(world, "stranger").get(path, query).context["results"].total == 0


@pytest.mark.parametrize("end", LISTING_ENDS)
def test_a_listing_that_ended_is_no_match_of_anybody(world, end):
    own = make_listing(world.stranger.organisation, owner=world.stranger.user)
    first, second = sorted((own.pk, world.listing.pk))
    Match.objects.create(
        first_id=first,
        second_id=second,
        score=0.5,
        p=0.5,
        q=0.5,
        reasons={"there": [], "back": []},
    )
    path = reverse("search:matches", args=[own.public_id])
    assert Match.objects.live().among(Listing.objects.live(), own).count() == 1
    end(world)
    for _ in range(2):  # before the index has heard of it, and after
        answer = browser_of(world, "stranger").get(path)
        assert answer.context["page"].paginator.count == 0
        dashboard = text_of(browser_of(world, "stranger"), reverse("dashboard"))
        assert world.listing.title not in answer.content.decode() + dashboard
        refresh_due()
