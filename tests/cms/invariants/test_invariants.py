"""What must hold holds in a world made by the actions; each planted breach is seen."""

import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.log_actions import log

from cms.invariants import RULES, breaches
from marketplace.introductions.actions import close_introduction
from marketplace.introductions.models import StageConsent
from marketplace.listings.models import Listing
from marketplace.notices.models import OutgoingMail
from marketplace.organisations.models import Disclosure
from marketplace.organisations.stages import Stage
from marketplace.private_files import private_storage
from payments.models import Fee, StripeEvent
from search.models import IndexChange, IndexedListing

pytestmark = pytest.mark.django_db


def found(rule: str) -> list[str]:
    lines = list(breaches())
    assert all(line.startswith(f"{rule} ") for line in lines), lines
    return lines


def test_a_world_made_by_the_actions_keeps_every_rule(world):
    assert list(breaches()) == []
    out = StringIO()
    call_command("check_invariants", stdout=out)
    assert all(rule in out.getvalue() for rule in RULES)


def test_a_closed_introduction_keeps_every_rule(world):
    close_introduction(world.met, by=world.mutual.user)
    assert list(breaches()) == []


def test_the_command_ends_with_an_error_and_a_line_for_each_breach(world):
    StageConsent.objects.filter(introduction=world.met).update(
        withdrawn_at=timezone.now()
    )
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("check_invariants", stderr=err)
    lines = err.getvalue().splitlines()
    assert len(lines) == 2
    assert all(line.startswith("I3 ") for line in lines)
    assert not any(word in err.getvalue() for word in world.canaries.values())


# -- I2 ---------------------------------------------------------------------------


def test_a_venture_that_became_active_twice_is_seen(world):
    for _ in range(2):
        log(world.venture, "ventures.activate")
    assert "ventures.activate" in found("I2")[0]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="drops an index of SQLite's")
def test_a_guard_that_is_missing_from_the_database_is_seen(world):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_open_introduction_a_listing")
    assert found("I2") == [
        "I2 the database does not hold one_open_introduction_a_listing"
    ]


# -- I3 ---------------------------------------------------------------------------


def test_a_meeting_that_outlives_its_introduction_is_seen(world):
    close_introduction(world.met, by=world.mutual.user)
    meeting = world.offered_meeting
    type(meeting).objects.filter(pk=meeting.pk).update(status="proposed")
    (line,) = found("I3")
    assert str(meeting.public_id) in line


def test_a_disclosure_without_consents_is_seen(world):
    Disclosure.objects.create(
        of=world.owner.organisation,
        to=world.stranger.organisation,
        scope=world.listing.public_id,
        stage=Stage.FACTS,
    )
    (line,) = found("I3")
    assert "open up to FACTS without the consents" in line


def test_more_than_one_consented_to_is_seen(world):
    StageConsent.objects.filter(
        introduction=world.met,
        organisation=world.owner.organisation,
        stage__gt=Stage.FACTS,
    ).update(withdrawn_at=timezone.now())
    assert len(found("I3")) == 2


def test_consents_that_opened_nothing_are_seen(world):
    Disclosure.objects.filter(
        of=world.owner.organisation, to=world.mutual.organisation
    ).update(ended_at=timezone.now())
    (line,) = found("I3")
    assert "agreed up to PERSON but not open" in line


def test_interest_without_the_askers_consent_is_seen(world):
    world.asked.consents.update(withdrawn_at=timezone.now())
    (line,) = found("I3")
    assert "INTERESTED" in line


def test_partners_of_a_withdrawn_venture_know_too_much(world):
    type(world.venture).objects.filter(pk=world.venture.pk).update(status="withdrawn")
    assert len([line for line in breaches() if line.startswith("I3")]) == 2


# -- I4, I5 -----------------------------------------------------------------------


def test_a_listing_that_changed_behind_the_index_is_seen(world):
    Listing.objects.filter(pk=world.listing.pk).update(version=99)
    assert found("I4") == [f"I4 listing {world.listing.pk} and its index row differ"]


def test_a_listing_left_in_the_index_is_seen(world):
    Listing.objects.filter(pk=world.listing.pk).update(withdrawn_at=timezone.now())
    assert found("I4")


def test_what_only_the_engine_holds_is_seen(world):
    IndexedListing.objects.filter(pk=world.listing.pk).delete()
    Listing.objects.filter(pk=world.listing.pk).update(live=False)
    assert found("I4") == [
        f"I4 listing {world.listing.pk} differs between index row and engine"
    ]


@pytest.mark.parametrize("state", ["waiting", "dead"])
def test_a_change_that_stays_in_the_outbox_is_seen(world, state):
    IndexChange.objects.create(
        listing_id=10**9,
        reason="x",
        state=state,
        next_try_at=timezone.now() - timedelta(minutes=11),
    )
    assert "1 index changes" in found("I5")[0]


@pytest.mark.parametrize("state", ["new", "sending", "dead"])
def test_a_mail_that_stays_in_the_outbox_is_seen(world, state):
    long_ago = timezone.now() - timedelta(minutes=11)
    OutgoingMail.objects.create(
        recipient=world.loner,
        message_id="m",
        state=state,
        next_try_at=long_ago,
        lease_until=long_ago,
    )
    assert "1 mails" in found("I5")[0]


@pytest.mark.parametrize("state", ["new", "failed"])
def test_an_event_that_stays_in_the_inbox_is_seen(world, state):
    long_ago = timezone.now() - timedelta(minutes=11)
    StripeEvent.objects.create(
        event_id="evt_1",
        type="charge.succeeded",
        object_kind="charge",
        object_id="ch_1",
        created_at=long_ago,
        state=state,
        next_try_at=long_ago,
    )
    assert "1 events from Stripe" in found("I5")[0]


def test_what_has_only_just_come_is_no_breach(world):
    IndexChange.objects.create(listing_id=10**9, reason="x")
    OutgoingMail.objects.create(recipient=world.loner, message_id="m")
    assert list(breaches()) == []


# -- I7 ---------------------------------------------------------------------------


def test_a_venture_active_before_its_fee_is_settled_is_seen(world):
    type(world.venture).objects.filter(pk=world.venture.pk).update(status="active")
    assert "never settled" in found("I7")[0]


def test_a_state_that_its_postings_do_not_carry_is_seen(world):
    Fee.objects.update(state=Fee.State.SETTLED)
    assert "is settled, not issued" in found("I7")[0]


# -- I8, I9 -----------------------------------------------------------------------


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses it")
def test_a_row_that_points_at_nothing_is_seen(world):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE introductions_message SET introduction_id = 987654 WHERE id IN"
            " (SELECT min(id) FROM introductions_message)"
        )
        line = found("I8")[0]
        cursor.execute(
            "UPDATE introductions_message SET introduction_id = %s"
            " WHERE introduction_id = 987654",
            [world.met.pk],
        )
    assert (
        "introductions_message points at nothing in introductions_introduction" in line
    )


def test_a_file_without_a_row_is_seen(world):
    name = default_storage.save("photos/left-over.webp", ContentFile(b"x"))
    assert found("I9") == [f"I9 file {name} belongs to no row"]


def test_a_row_without_its_file_is_seen(world):
    default_storage.delete(world.photo.small.name)
    assert found("I9") == [f"I9 file {world.photo.small.name} has a row but is missing"]


def test_files_that_no_address_leads_to_are_counted_too(world):
    private_storage().delete(world.attachment.file.name)
    name = private_storage().save("attachments/left-over.pdf", ContentFile(b"x"))
    assert sorted(found("I9")) == [
        f"I9 file {world.attachment.file.name} has a row but is missing",
        f"I9 file {name} belongs to no row",
    ]


def test_an_upload_that_was_never_finished_is_seen_after_an_hour(world):
    name = default_storage.save("photos/half.part", ContentFile(b"x"))
    assert list(breaches()) == []
    two_hours_ago = time.time() - 7200
    os.utime(Path(default_storage.path(name)), (two_hours_ago, two_hours_ago))
    assert found("I9") == [f"I9 file {name} was never finished"]
