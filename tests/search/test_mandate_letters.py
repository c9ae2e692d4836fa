"""The letter itself: when it leaves, what stands in it, and how one mandate is stopped."""

import re
from datetime import datetime, time
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.listings.actions import withdraw_listing
from marketplace.mandates.actions import end_mandate
from marketplace.mandates.stopping import stop_url
from marketplace.notices.actions import keep_habits
from marketplace.notices.delivery import deliver
from marketplace.notices.models import Notice, OutgoingMail
from marketplace.organisations.models import Membership
from search.alerts import tell_at_once, tell_digests
from search.models import MandateLetter
from tests.search.test_alerts import seek_money, water_mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch):
    """Sets the clock of whoever asks for the time."""

    def set_to(text):
        moment = datetime.fromisoformat(text)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


def test_what_comes_in_quiet_hours_waits_and_is_told_in_one_letter(at):
    reader = water_mandate().owner
    reader.time_zone = "Asia/Jerusalem"
    reader.save()
    keep_habits(
        reader, by=reader, days_off=[5], quiet_from=time(20), quiet_until=time(7)
    )
    at("2026-11-27T20:30+02:00")
    seek_money()
    assert tell_at_once() == tell_digests() == 0
    at("2026-11-28T12:00+02:00")
    seek_money()
    assert tell_at_once() == tell_digests() == 0

    at("2026-11-29T07:00+02:00")
    assert tell_at_once() == 1
    assert Notice.objects.get(recipient=reader).parameters == {"number": 2}


def test_the_link_in_a_letter_lets_that_one_mandate_rest(client):
    mandate = water_mandate(name="Wells")
    other = water_mandate(organisation=mandate.organisation, name="Pipes")
    reader = mandate.owner
    reader.discretion = 1
    reader.save()
    seek_money()
    tell_at_once()
    deliver(OutgoingMail.objects.get(recipient=reader).pk)
    body = mail.outbox[0].body
    link = re.search(r"“Wells”.*?(/en/mandates/stop/\S+)", body, re.DOTALL)[1]

    assert client.get(link).status_code == 200
    mandate.refresh_from_db()
    assert mandate.paused_at is None
    assert client.post(link).status_code == 200
    mandate.refresh_from_db()
    other.refresh_from_db()
    assert mandate.paused_at is not None
    assert other.paused_at is None


def test_who_left_can_stop_nothing_by_an_old_link(client):
    mandate = water_mandate()
    path = urlsplit(stop_url(mandate, mandate.owner)).path
    Membership.objects.filter(user=mandate.owner).delete()

    assert client.post(path).status_code == 404


def test_the_letter_is_written_in_the_readers_language_with_reasons():
    mandate = water_mandate(name="מים לכפרים")
    reader = mandate.owner
    reader.language, reader.discretion = "he", 1
    reader.save()
    seek_money()
    tell_at_once()

    deliver(OutgoingMail.objects.get(recipient=reader).pk)

    (letter,) = mail.outbox
    assert "محطات مياه صغيرة" in letter.body
    assert "מים לכפרים" in letter.body
    assert "+" in letter.body
    assert "/he/listings/" in letter.body
    assert "points" not in letter.body


def test_a_discreet_letter_names_neither_listing_nor_mandate():
    mandate = water_mandate(name="Secret plan")
    seek_money()
    tell_at_once()

    deliver(OutgoingMail.objects.get(recipient=mandate.owner).pk)

    (letter,) = mail.outbox
    assert "محطات" not in letter.body
    assert "Secret" not in letter.body + letter.subject


def test_a_listing_taken_back_before_the_letter_left_is_not_in_it():
    mandate = water_mandate()
    mandate.owner.discretion = 1
    mandate.owner.save()
    listing = seek_money()
    tell_at_once()
    withdraw_listing(listing, by=listing.owner)

    deliver(OutgoingMail.objects.get(recipient=mandate.owner).pk)

    assert "محطات" not in mail.outbox[0].body


def test_a_letter_about_an_ended_mandate_does_not_leave():
    mandate = water_mandate()
    seek_money()
    tell_at_once()
    end_mandate(mandate, by=mandate.owner)

    deliver(OutgoingMail.objects.get(recipient=mandate.owner).pk)

    assert mail.outbox == []
    assert MandateLetter.objects.count() == 1
