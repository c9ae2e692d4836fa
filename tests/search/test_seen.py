"""An owner reads how often a listing was shown: in fives, for oneself alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search.matching.attention import count_exposure
from search.matching.mandate_rows import look_anew, weigh_due
from search.models import ListingExposure, Match, MatchEvent, MatchRun
from search.seen import Seen, seen_of
from tests.factories import make_listing, make_organisation, make_sector
from tests.search.test_alerts import index, water_mandate

pytestmark = pytest.mark.django_db


def show(listing, reader, days: int) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    MatchEvent.objects.bulk_create(
        MatchEvent(
            seeker=reader,
            shown=listing,
            kind=MatchEvent.Kind.SHOWN,
            place=1,
            happened_on=yesterday - timedelta(days=number),
        )
        for number in range(days)
    )


@pytest.fixture
def pair():
    """A listing and the one it is shown to, matched."""
    one, other = (make_listing(make_organisation(side=side)) for side in ("il", "ps"))
    first, second = sorted((one, other), key=lambda listing: listing.pk)
    Match.objects.create(first=first, second=second, score=0.5, p=0.5, q=0.5)
    return one, other


def test_times_are_told_in_fives_and_below_five_not_at_all(pair):
    own, reader = pair
    show(own, reader, 13)
    show(reader, own, 4)
    assert seen_of(own.public_id) is None

    count_exposure()

    assert seen_of(own.public_id) == Seen(10, None)
    assert seen_of(reader.public_id) == Seen(0, None)


def test_the_average_is_told_where_five_or_more_are_counted(pair):
    own, _reader = pair
    others = [make_listing(make_organisation()) for _number in range(4)]
    today = timezone.localdate()
    for listing, times in zip([own, *others], (29, 2, 8, 0, 0), strict=True):
        ListingExposure.objects.create(listing=listing, times=times, counted_on=today)

    assert seen_of(own.public_id) == Seen(25, 5)


def test_only_the_owner_reads_it_on_the_page_of_the_listing(client, pair):
    own, reader = pair
    show(own, reader, 12)
    count_exposure()

    client.force_login(own.owner)
    mine = client.get(own.get_absolute_url()).content.decode()
    theirs = client.get(reader.get_absolute_url()).content.decode()

    assert "shown to others at least 10 times" in mine
    assert reader.title not in mine
    assert "shown to others" not in theirs


def test_what_a_mandate_was_weighed_against_is_logged_without_persons():
    mandate = water_mandate()
    water, fish = make_sector("3600"), make_sector("0321")
    organisation = make_organisation(side="ps")
    fits, other = (
        index(
            make_listing(
                organisation,
                kind="investment",
                title=f"Station {sector.code}",
                languages=["en"],
                stage="growth",
                amount_min=60_000_00,
                amount_max=200_000_00,
                amount_currency="USD",
                sectors=[sector],
            )
        )
        for sector in (water, fish)
    )

    look_anew(mandate)
    weigh_due()

    anew, arrived = MatchRun.objects.filter(seeker=None).order_by("pk")
    assert anew.mandate == arrived.mandate == mandate
    assert anew.candidates == sorted([fits.pk, other.pk])
    assert arrived.candidates == [fits.pk]
    assert anew.ranked[0] == fits.pk
    assert arrived.ranked == [fits.pk]
