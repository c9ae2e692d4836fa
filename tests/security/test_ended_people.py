"""P-17, continued: who has left, whose account is closed, who is verified no more."""

from datetime import timedelta

import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from marketplace.introductions.actions import (
    send_message,
)
from marketplace.listings.actions import (
    expire_due_listings,
    take_down_listing,
)
from marketplace.listings.models import Listing
from marketplace.notices.delivery import sweep
from marketplace.notices.faces import faces_of
from marketplace.notices.models import Notice, OutgoingMail
from marketplace.notices.readers import is_known
from marketplace.organisations.actions import verify_organisation
from marketplace.organisations.models import Membership
from marketplace.people.actions import open_or_close_account
from marketplace.people.models import User
from tests.security.crawling import browser_of, text_of
from tests.security.ended import everything, shown
from tests.security.people import PARTIES

pytestmark = pytest.mark.django_db


def _run_out(world) -> None:
    past = timezone.now() - timedelta(minutes=1)
    Listing.objects.filter(pk=world.listing.pk).update(expires_at=past)
    expire_due_listings()


# -- people -----------------------------------------------------------------------


@pytest.mark.parametrize("leaver", PARTIES)
def test_a_former_colleague_reads_nothing_any_more(world, leaver):
    party = getattr(world, leaver)
    send_message(world.met, by=world.mutual.user, text="zqafterqz")
    Membership.objects.filter(user=party.user).delete()
    text = everything(world, leaver, besides=party)
    kept = {"contact_email", "contact_name", "contact_phone"}  # on the own settings
    closed = {word for key, word in party.canaries.items() if key not in kept}
    for other in world.parties:
        if other is not party:
            closed |= set(other.canaries.values())
    closed |= {word.text for word in world.words.values()} | {"zqafterqz"}
    closed |= {party.organisation.alias, world.draft.title}
    assert shown(closed, text) == set()


def test_a_former_colleague_hears_no_more_of_the_listings(world):
    Membership.objects.filter(user=world.owner.user).delete()
    before = Notice.objects.to(world.owner.user).count()
    _run_out(world)
    take_down_listing(
        Listing.objects.get(pk=world.listing.pk),
        by=world.staff["reviewer"],
        because="reveals",
    )
    assert Notice.objects.to(world.owner.user).count() == before
    assert "Olive oil" not in everything(world, "owner")


def test_mail_that_waits_is_not_sent_to_who_has_left(world):
    with TestCase.captureOnCommitCallbacks(execute=False):
        send_message(world.met, by=world.mutual.user, text="x")
    waiting = OutgoingMail.objects.filter(
        recipient=world.owner.user, notice__kind="introductions.message"
    ).latest("pk")
    Membership.objects.filter(user=world.owner.user).delete()
    sweep(limit=1000)
    waiting.refresh_from_db()
    assert waiting.state == OutgoingMail.State.DROPPED


def test_a_former_colleague_is_named_in_no_thread(world):
    alias = world.owner.user.alias
    path = world.met.get_absolute_url()
    assert alias in text_of(browser_of(world, "mutual"), path)
    Membership.objects.filter(user=world.owner.user).delete()
    assert alias not in everything(world, "mutual")


@pytest.mark.parametrize("reader", ["mutual", "partner"])
def test_a_closed_account_is_nobodys_contact(world, reader):
    person = {
        world.owner.canaries[name]
        for name in ("contact_name", "contact_phone", "contact_email")
    }
    there = {"mutual": world.met, "partner": world.introduction}[reader]
    before = text_of(browser_of(world, reader), there.get_absolute_url())
    assert shown(person, before) == person
    open_or_close_account(
        User.objects.get(pk=world.owner.user.pk),
        by=User.objects.get(is_superuser=True),
        is_active=False,
    )
    assert shown(person | {world.owner.user.alias}, everything(world, reader)) == set()


def test_a_closed_account_reads_nothing_with_the_session_it_had(world):
    browser = browser_of(world, "mutual")
    path = world.met.get_absolute_url()
    assert browser.get(path).status_code == 200
    open_or_close_account(
        User.objects.get(pk=world.mutual.user.pk),
        by=User.objects.get(is_superuser=True),
        is_active=False,
    )
    answer = browser.get(path)
    assert (answer.status_code, answer.url.partition("?")[0]) == (
        302,
        "/en/accounts/login/",
    )


# -- verification -----------------------------------------------------------------


@pytest.mark.parametrize("reader", ["anonymous", "stranger", "mutual"])
@pytest.mark.parametrize("state", ["revoked", "expired"])
def test_a_verification_that_ended_shows_nowhere(world, reader, state):
    organisation = world.owner.organisation
    by = world.staff["reviewer"]
    verify_organisation(
        organisation, state="verified", because="register_checked", by=by
    )
    pages = (organisation.get_absolute_url(), world.listing.get_absolute_url())
    browser, search = browser_of(world, reader), reverse("search:listings")
    for path in (*pages, search):
        assert "Verified" in marks_of(text_of(browser, path)), path
    reason = {"revoked": "rules_broken", "expired": "out_of_date"}[state]
    verify_organisation(organisation, state=state, because=reason, by=by)
    for path in (*pages, search):
        assert "Verified" not in marks_of(text_of(browser, path)), path
    found = browser.get(search, {"verified": "1"}).context["results"]
    assert found.total == 0


def marks_of(html: str) -> str:
    """The parts of a page that are marked as a sign of verification."""
    return "".join(
        part.split("</span>")[0] for part in html.split('class="verified"')[1:]
    )


# -- the table itself ---------------------------------------------------------------


def test_every_thing_that_is_told_about_has_somebody_who_says_who_reads_it(world):
    told = set(Notice.objects.exclude(about_type="").values_list("about_type"))
    assert len(told) >= 4
    assert [name for (name,) in told if not is_known(name)] == []


def test_what_no_room_speaks_for_is_closed(world):
    notice = Notice.objects.to(world.owner.user).exclude(url="").first()
    Notice.objects.filter(pk=notice.pk).update(about_type="unknown.thing")
    (face,) = faces_of(Notice.objects.filter(pk=notice.pk), world.owner.user, "en")
    assert face.url == ""
