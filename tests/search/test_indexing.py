"""The outbox and what comes of it."""

from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.listings.models import Listing
from search import indexing
from search.documents import ListingDocument
from search.engines import EngineHealth, Results, get_engine
from search.exceptions import EngineUnavailable
from search.frequencies import Tally
from search.indexed import spellings_in, tally_of
from search.indexing import drain, record_change, record_changes
from search.models import (
    Field,
    IndexChange,
    IndexedListing,
    IndexedWord,
    IndexStatistics,
    TermFrequency,
)
from search.queries import Query, query_of
from search.rebuilding import rebuild
from search.vectors import key_of
from tests.factories import make_listing, make_sector

pytestmark = pytest.mark.django_db


class DeadEngine:
    """Answers nothing at all."""

    name = "dead"
    is_remote = False

    def put(self, documents: Iterable[ListingDocument]) -> None:
        raise EngineUnavailable

    remove = rebuild = put

    def search(self, query: Query) -> Results:
        raise EngineUnavailable

    def health(self, *, thorough: bool = False) -> EngineHealth:
        return EngineHealth(ok=False)


DEAD = {"BACKEND": f"{__name__}.DeadEngine"}


def found(text: str) -> tuple[int, ...]:
    return get_engine().search(query_of(text)).ids


def assert_counts_are_true() -> None:
    """The stored counts are those of the stored rows."""
    tally = Tally()
    for row in IndexedListing.objects.all():
        tally_of(row, tally)
    stored = {
        (row.key, row.field): row.df for row in TermFrequency.objects.exclude(df=0)
    }
    assert stored == {(key, name): df for key, name, df in tally.differences()}
    for size in IndexStatistics.objects.all():
        assert size.documents == tally.documents[size.field]
        assert size.total_length == tally.lengths[size.field]
    spelled = {
        word for row in IndexedListing.objects.all() for word in spellings_in(row)
    }
    assert set(IndexedWord.objects.values_list("spelling", flat=True)) == spelled


def index(*listings: Listing) -> None:
    record_changes([listing.pk for listing in listings], "test")
    drain()


def test_a_recorded_listing_is_found_after_the_drain():
    listing = make_listing(title="Terraced vineyards", brings=["Grapes"])
    record_change(listing, "published")
    assert found("vineyards") == ()
    done = drain()
    assert done.indexed == (listing.pk,)
    assert found("vineyards") == (listing.pk,)
    assert not IndexChange.objects.exists()
    assert_counts_are_true()


def test_a_changed_listing_is_found_by_its_new_words_alone():
    listing = make_listing(title="Terraced vineyards")
    index(listing)
    listing.title = "Stone walls"
    listing.version += 1
    listing.save()
    index(listing)
    assert found("vineyards") == ()
    assert found("stone walls") == (listing.pk,)
    assert_counts_are_true()


@pytest.mark.parametrize(
    "ending",
    [
        {"live": False},
        {"withdrawn_at": timezone.now()},
        {"expires_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_a_listing_that_is_no_longer_public_leaves_the_index(ending):
    listing, other = make_listing(title="Vineyards"), make_listing(title="Vineyards")
    index(listing, other)
    Listing.objects.filter(pk=listing.pk).update(**ending)
    record_change(listing, "withdrawn")
    assert drain().removed == (listing.pk,)
    assert found("vineyards") == (other.pk,)
    assert not IndexedListing.objects.filter(pk=listing.pk).exists()
    assert_counts_are_true()


def test_a_deleted_listing_is_taken_out_of_the_counts_too():
    listing = make_listing(title="Vineyards")
    index(listing)
    pk = listing.pk
    Listing.objects.filter(pk=pk).delete()
    drain()
    record_changes([pk], "deleted")
    drain()
    assert found("vineyards") == ()
    assert_counts_are_true()
    assert not TermFrequency.objects.filter(df__gt=0).exists()


def test_doubled_and_reordered_changes_end_in_the_present_state():
    listing = make_listing(title="Vineyards")
    for reason in ("withdrawn", "published", "changed", "published"):
        record_change(listing, reason)
    assert drain().indexed == (listing.pk,)
    drain()
    index(listing)
    assert found("vineyards") == (listing.pk,)
    assert_counts_are_true()


def test_an_engine_that_is_down_loses_nothing(settings):
    listing = make_listing(title="Vineyards")
    record_change(listing, "published")
    working = settings.SEARCH_ENGINE
    settings.SEARCH_ENGINE = DEAD
    assert drain().failed == (listing.pk,)
    change = IndexChange.objects.get()
    assert change.last_error_class == "EngineUnavailable"
    assert change.next_try_at > timezone.now()
    assert drain().failed == ()  # it waits, and is not tried over and over
    settings.SEARCH_ENGINE = working
    IndexChange.objects.update(next_try_at=timezone.now())
    assert drain().indexed == (listing.pk,)
    assert found("vineyards") == (listing.pk,)
    assert_counts_are_true()


def test_an_engine_down_for_days_never_makes_a_change_be_given_up(settings):
    settings.SEARCH_ENGINE = DEAD
    record_change(make_listing(), "published")
    for _ in range(indexing.MOST_TRIES + 3):
        IndexChange.objects.update(next_try_at=timezone.now())
        drain()
    assert IndexChange.objects.get().state == IndexChange.State.WAITING


def test_one_faulty_listing_does_not_hold_up_the_others():
    good, bad = make_listing(title="Vineyards"), make_listing(title="Broken")
    Listing.objects.filter(pk=bad.pk).update(languages=7)  # not a list: a bug's work
    record_changes([bad.pk, good.pk], "published")
    done = drain()
    assert (done.indexed, done.failed) == ((good.pk,), (bad.pk,))
    for _ in range(indexing.MOST_TRIES):
        IndexChange.objects.update(next_try_at=timezone.now())
        drain()
    change = IndexChange.objects.get()
    assert change.state == IndexChange.State.DEAD
    assert change.last_error_class == "TypeError"
    assert_counts_are_true()


def test_a_crashed_workers_changes_are_taken_up_when_its_lease_ends():
    listing = make_listing(title="Vineyards")
    record_change(listing, "published")
    indexing._lease(10)
    assert drain().indexed == ()
    IndexChange.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert drain().indexed == (listing.pk,)


def test_a_listing_in_another_workers_hands_waits():
    listing = make_listing()
    record_change(listing, "published")
    indexing._lease(10)
    record_change(listing, "changed")
    assert drain().indexed == ()
    assert IndexChange.objects.count() == 2


def test_a_limit_is_kept():
    record_changes([make_listing().pk for _ in range(5)], "published")
    assert len(drain(2).indexed) == 2
    assert IndexChange.objects.count() == 3


def test_a_rebuild_fills_the_engine_from_the_rows():
    listings = [make_listing(title="Vineyards") for _ in range(3)]
    index(*listings)
    get_engine().remove([listing.pk for listing in listings])
    TermFrequency.objects.update(df=99)
    assert rebuild() == 3
    assert set(found("vineyards")) == {listing.pk for listing in listings}
    assert_counts_are_true()


def test_analysing_anew_finds_what_was_never_recorded_and_drops_what_is_gone():
    gone, never = make_listing(title="Vineyards"), make_listing(title="Orchards")
    index(gone)
    Listing.objects.filter(pk=gone.pk).update(live=False)
    rebuild(analyse=True)
    assert found("vineyards") == ()
    assert found("orchards") == (never.pk,)
    assert_counts_are_true()


def test_codes_are_counted_at_every_level():
    sectors = [make_sector("1040"), make_sector("1071")]
    index(make_listing(sectors=sectors[:1]), make_listing(sectors=sectors[1:]))

    def df(term: str) -> int:
        return TermFrequency.objects.get(key=key_of(term), field=Field.OFFER_CODES).df

    assert [df(term) for term in ("isic_c10", "isic_c104", "isic_c1071")] == [2, 1, 1]


def test_a_batch_takes_a_fixed_number_of_queries():
    sector = make_sector()

    def queries_for(count: int) -> int:
        index(
            *(
                make_listing(sectors=[sector], brings=["Help"], needs=["Money"])
                for _ in range(count)
            )
        )
        record_changes(IndexedListing.objects.values_list("pk", flat=True)[:count], "")
        with CaptureQueriesContext(connection) as queries:
            drain()
        return len(queries)

    assert queries_for(3) == queries_for(9)
