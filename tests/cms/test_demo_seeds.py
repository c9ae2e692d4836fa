"""The demo's introductions, mandates and prices are made by the acts that members use."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from cms.demo import introductions, mandates
from cms.demo.clock import DemoClock
from cms.demo.introductions import seed_introductions
from cms.demo.mandates import seed_mandates
from cms.demo.prices import TOTALS, seed_prices
from cms.demo.records import read_listings, read_organisations
from cms.demo.seeding import Seeded, seed_listings
from marketplace.introductions.models import Introduction
from marketplace.mandates.models import InvestorMandate
from marketplace.mandates.permissions import may_be_told
from marketplace.organisations.models import Organisation
from marketplace.people.models import User
from marketplace.ventures.models import JointVenture
from payments.models import FeeSchedule, Plan
from tests.factories import make_listing, make_member, make_organisation, make_sector

INTRODUCTIONS = json.loads(introductions.FILE.read_text(encoding="utf-8"))
MANDATES = json.loads(mandates.FILE.read_text(encoding="utf-8"))
ORGANISATIONS = {record.key: record for record in read_organisations()}


def some(seeded: Seeded, key: str) -> Organisation:
    """The written organisation, as far as these tests need it."""
    if key not in seeded.organisations:
        organisation = make_organisation(side=ORGANISATIONS[key].side)
        make_member(organisation)
        seeded.organisations[key] = organisation
    return seeded.organisations[key]


@pytest.fixture
def seeded(db) -> Seeded:
    """What the written introductions and mandates name, and nothing more."""
    made = Seeded()
    owners = {listing.id: listing.organisation for listing in read_listings()}
    for record in INTRODUCTIONS:
        some(made, record["asker"])
        made.listings[record["listing"]] = make_listing(
            some(made, owners[record["listing"]])
        )
    for record in MANDATES:
        some(made, record["organisation"])
        for code in record["sectors"]:
            make_sector(code)
    made.reviewer = User.objects.create_superuser(
        email="reviewer@programme.example", password="x", alias="Reviewer"
    )
    return made


def test_introductions_stand_as_far_as_they_are_written(seeded):
    seed_introductions(seeded, DemoClock())
    rows = Introduction.objects.all()
    assert sorted(rows.values_list("status", flat=True)) == sorted(
        record["outcome"] for record in INTRODUCTIONS
    )
    accepted = [record for record in INTRODUCTIONS if record["outcome"] == "accepted"]
    assert rows.known().count() == len(accepted) == JointVenture.objects.count()
    assert [row.messages.count() for row in rows.known()] == [1] * len(accepted)
    assert not rows.filter(silenced_at__isnull=False).exists()


def test_investors_hold_a_seat_and_look_for_what_is_written(seeded):
    seed_mandates(seeded)
    rows = InvestorMandate.objects.running()
    assert set(rows.values_list("name", flat=True)) == {
        record["name"] for record in MANDATES
    }
    for row in rows:
        assert may_be_told(row.organisation)
        assert row.sectors.exists()
        assert row.owner in User.objects.filter(
            memberships__organisation=row.organisation, memberships__role="owner"
        )


def test_without_a_reviewer_nobody_opens_seats_or_publishes(db):
    seed_mandates(Seeded())
    assert not InvestorMandate.objects.exists()
    with pytest.raises(LookupError, match="may publish"):
        seed_listings(Seeded(), DemoClock())


def test_prices_are_written_once(db):
    for _ in range(2):
        seed_prices()
    assert FeeSchedule.objects.filter(currency__in=TOTALS).count() == len(TOTALS)
    assert Plan.objects.filter(key__startswith="seat-").count() == 2


def test_a_site_with_organisations_is_left_as_it_is(settings, db):
    settings.DEBUG = True
    kept = make_organisation()
    said = StringIO()
    call_command("seed_demo", stdout=said)
    assert "nothing was made" in said.getvalue()
    assert list(Organisation.objects.all()) == [kept]


def test_demonstration_data_reaches_no_site_in_earnest(settings, db):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="development site"):
        call_command("seed_demo")
    assert not Organisation.objects.exists()
