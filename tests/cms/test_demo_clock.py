"""The demo's history is spread over months, as a real one would be."""

from contextlib import suppress
from datetime import timedelta

from django.utils import timezone

from cms.demo.clock import DAYS_OF_LISTINGS, days_of_listing, demo_clock
from cms.demo.records import read_listings
from marketplace.listings.actions import record_publication
from marketplace.notices.models import Notice
from marketplace.people.models import User
from tests.factories import make_listing, make_user


def test_no_day_of_the_demo_carries_more_than_one_of_its_listings():
    days = [days_of_listing(place) for place in range(len(read_listings()))]

    assert len(set(days)) == len(days)
    assert min(days) >= 1
    assert max(days) <= DAYS_OF_LISTINGS


def test_an_act_and_its_rows_happen_when_the_clock_says(db):
    with demo_clock() as clock:
        clock.days_ago(90)
        listing = make_listing()
        record_publication(listing)

    past = timezone.now() - timedelta(days=90)
    told = Notice.objects.get(recipient=listing.owner)
    listing.refresh_from_db()
    assert listing.created_at.date() == told.created_at.date() == past.date()
    assert listing.published_on == past.date()


def test_today_is_back_afterwards_even_if_something_fails(db):
    with suppress(LookupError), demo_clock() as clock:
        clock.days_ago(90)
        raise LookupError

    assert timezone.now() - make_user().date_joined < timedelta(minutes=1)


def test_the_clock_never_tells_a_time_to_come(db):
    now = timezone.now()
    with demo_clock() as clock:
        clock.days_ago(-5)
        clock.pass_a_while()

        assert timezone.now() - now < timedelta(minutes=1)
    assert User.objects.count() == 0
