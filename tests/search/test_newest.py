"""The newest matches of a member's own listings, and what it costs to find them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from marketplace.introductions.models import Pause
from search.models import Match
from search.newest import newest_matches
from tests.factories import make_listing, make_member, make_organisation

pytestmark = pytest.mark.django_db


def make_match(own, other, score=0.5, days=0):
    first, second = sorted((own, other), key=lambda each: each.pk)
    match = Match.objects.create(
        first=first, second=second, score=score, p=0.5, q=0.5, reasons={}
    )
    then = timezone.now() - timedelta(days=days)
    Match.objects.filter(pk=match.pk).update(scored_at=then)
    return match


@pytest.fixture
def home():
    organisation = make_organisation(side="il")
    organisation.reader = make_member(organisation)
    return organisation


def titles(home, limit=5):
    return [line.title for line in newest_matches(home.reader, [home.pk], limit)]


def test_the_newest_day_stands_first_and_within_it_the_best(home):
    own = make_listing(home)
    for name, score, days in (("old", 0.9, 2), ("good", 0.8, 0), ("better", 0.85, 0)):
        make_match(own, make_listing(make_organisation(), title=name), score, days)
    assert titles(home) == ["better", "good", "old"]
    assert titles(home, limit=2) == ["better", "good"]


def test_the_own_listing_may_stand_at_either_end(home):
    before = make_listing(make_organisation(), title="before")
    own = make_listing(home)
    after = make_listing(make_organisation(), title="after")
    make_match(own, before, 0.9)
    make_match(own, after, 0.8)
    assert titles(home) == ["before", "after"]


def test_what_is_not_public_any_more_is_not_shown_at_either_end(home):
    own, other = make_listing(home), make_listing(make_organisation(), title="other")
    make_match(own, other)
    assert titles(home) == ["other"]
    for each in (own, other):
        each.withdrawn_at = timezone.now()
        each.save()
        assert titles(home) == []
        each.withdrawn_at = None
        each.save()
    assert titles(home) == ["other"]


def test_what_takes_no_requests_rests_here_but_not_on_the_own_side(home):
    own = make_listing(home, anonymous=False)
    other = make_listing(make_organisation(), title="other", anonymous=False)
    make_match(own, other)
    Pause.objects.create(organisation=home, begun_by=home.reader)
    assert titles(home) == ["other"]
    Pause.objects.create(organisation=other.organisation, begun_by=home.reader)
    assert titles(home) == []


def steps_with(number: int) -> int:
    """Hundreds of steps of SQLite's machine for a member with so many own listings."""
    home, there = make_organisation(side="il"), make_organisation(side="ps")
    reader, owner = make_member(home), make_member(there)
    for _each in range(number):
        own = make_listing(home, owner=reader)
        make_match(own, make_listing(there, owner=owner))
    steps = [0]

    def count() -> None:
        steps[0] += 1

    connection.connection.set_progress_handler(count, 100)
    assert len(newest_matches(reader, [home.pk], 5)) == 5
    connection.connection.set_progress_handler(None, 0)
    return steps[0]


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="counts SQLite's steps")
def test_four_times_the_listings_cost_about_four_times_as_much():
    """Not sixteen times, as when each own listing is tried with each other."""
    few = steps_with(20)
    assert steps_with(80) < 6 * few
