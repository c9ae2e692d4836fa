"""Signals become rows, rows become findable."""

import pytest
from wagtail.signals import published, unpublished

from marketplace.listings import signals
from marketplace.listings.models import Listing
from marketplace.taxonomy.models import LexiconEntry
from search.indexing import drain, record_changes
from search.matching.textsearch import search_text
from search.models import IndexChange
from tests.factories import make_listing

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "signal",
    [signals.listing_published, signals.listing_changed, signals.listing_withdrawn],
)
def test_what_the_room_announces_is_noted(signal):
    listing = make_listing()
    signal.send(sender=Listing, listing=listing)
    assert IndexChange.objects.get().listing_id == listing.pk


@pytest.mark.parametrize("signal", [published, unpublished])
def test_what_wagtail_announces_is_noted_once(signal):
    listing = make_listing()
    signal.send(sender=Listing, instance=listing, revision=None)
    assert IndexChange.objects.get().listing_id == listing.pk


def test_an_import_is_noted_line_by_line():
    ids = [make_listing().pk for _ in range(3)]
    signals.listings_imported.send(sender=Listing, listing_ids=ids)
    assert list(IndexChange.objects.values_list("listing_id", flat=True)) == ids


def test_a_published_listing_is_findable_right_after_the_commit(
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks(execute=True):
        listing = make_listing(title="Quarry blocks")
        published.send(sender=Listing, instance=listing, revision=None)
    assert search_text("quarry", None).ids == (listing.pk,)
    assert not IndexChange.objects.exists()


def test_a_deleted_listing_leaves_nothing_behind(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        listing = make_listing(title="Quarry blocks")
        published.send(sender=Listing, instance=listing, revision=None)
    with django_capture_on_commit_callbacks(execute=True):
        listing.delete()
    assert search_text("quarry", None).ids == ()
    assert not IndexChange.objects.exists()


def test_a_new_trade_word_reaches_listings_that_used_it_before(
    django_capture_on_commit_callbacks,
):
    listing = make_listing(title="مزرعة سفرجل", summary="في الجبل")
    other = make_listing(title="نجارة", summary="أبواب")
    record_changes([listing.pk, other.pk], "test")
    drain()
    assert search_text("quinces", None).ids == ()
    with django_capture_on_commit_callbacks(execute=True):
        entry = LexiconEntry.objects.create(
            concept="quince-test", words_en=["quince"], words_ar=["سفرجل"]
        )
    assert search_text("quinces", None).ids == (listing.pk,)
    with django_capture_on_commit_callbacks(execute=True):
        entry.delete()
    listing.refresh_from_db()
    assert "con_" not in listing.indexed.offer_codes


def test_a_trade_word_nobody_used_queues_nothing():
    make_listing(title="نجارة")
    LexiconEntry.objects.create(concept="quince-test", words_ar=["سفرجل"])
    assert not IndexChange.objects.exists()
