"""Three weeks without a match: the owner is told once what may help."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from marketplace.introductions.models import Introduction
from marketplace.notices.models import Notice
from search.indexing import drain, record_changes
from search.matching.matcher import refresh_due
from search.models import Match
from search.unmatched import follow_up
from tests.factories import make_listing, make_organisation, make_sector

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=22)


def publish(**fields):
    fields.setdefault("first_published_at", LONG_AGO)
    listing = make_listing(**fields)
    record_changes([listing.pk], "a test")
    drain()
    refresh_due()
    return listing


def told() -> int:
    return Notice.objects.filter(kind="search.unmatched").count()


def test_an_owner_is_told_once_where_nobody_matched():
    listing = publish()
    assert follow_up() == 1
    assert follow_up() == 0
    notice = Notice.objects.get(kind="search.unmatched")
    assert notice.recipient == listing.owner
    assert notice.url == reverse("search:matches", args=[listing.public_id])


def test_younger_listings_and_those_that_met_somebody_hear_nothing():
    publish(first_published_at=timezone.now() - timedelta(days=20))
    publish(live=False)
    one, other = sorted(
        (publish(), publish(organisation=make_organisation(side="ps"))),
        key=lambda row: row.pk,
    )
    Match.objects.create(first=one, second=other, score=0.5, p=0.5, q=0.5)
    asked = publish()
    Introduction.objects.create(
        listing=asked,
        asker=other.organisation,
        asked=asked.organisation,
        asked_by=other.owner,
        status=Introduction.Status.ACCEPTED,
    )
    assert follow_up() == 0
    assert told() == 0


def test_what_matching_has_not_seen_yet_is_not_called_unmatched():
    make_listing(first_published_at=LONG_AGO)
    assert follow_up() == 0


def test_its_page_of_matches_says_what_may_help(client):
    listing = publish(needs=["a bottler"], brings=["oil"], languages=["ar"])
    listing.sectors.add(make_sector())
    listing.save()
    client.force_login(listing.owner)
    page = client.get(reverse("search:matches", args=[listing.public_id])).content
    assert b"What may help" in page
    assert b"Name the stage your business is at." in page


def test_the_worker_does_it_by_command():
    publish()
    out = StringIO()
    call_command("follow_up_unmatched", stdout=out)
    assert out.getvalue() == "told: 1\n"
