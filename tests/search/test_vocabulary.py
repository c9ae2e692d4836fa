"""The words of the index, and which of them a mistyped one may mean."""

import pytest

from marketplace.listings.models import Listing
from search import vocabulary
from search.indexing import drain, record_change
from search.matching.textsearch import search_text
from search.models import IndexedWord
from search.rebuilding import recount
from search.suggestions import meant_by
from search.vocabulary import SiteVocabulary, bounds_of, likest
from tests.factories import make_listing, make_user


def index(*listings: Listing) -> None:
    for listing in listings:
        record_change(listing, "test")
    drain()


def withdraw(listing: Listing) -> None:
    Listing.objects.filter(pk=listing.pk).update(live=False)
    index(listing)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("irigaton", "irrigation"),
        ("רירגציה", "אירגציה"),
        ("السيراميق", "السيراميك"),
        ("rosee", "rose"),
    ],
)
def test_what_has_most_letters_in_a_row_in_common_comes_first(typed, meant):
    known = {meant, "irritation", "אירוח", "السياحة", "nose", "roses"}
    assert likest([typed], known)[0] == meant


def test_a_word_that_merely_resembles_is_none():
    assert likest(["irrigation"], ["dentistry", "irony"]) == []


def test_so_many_words_and_no_more_stand_for_one():
    known = [f"pressing{letter}" for letter in "abcdefghijklmnop"]
    assert len(likest(["pressing"], known)) == vocabulary.MOST_LIKE


@pytest.mark.django_db
class TestTheSitesOwn:
    def test_words_are_known_from_both_texts_of_a_listing(self):
        index(make_listing(title="Terraced vineyards", needs=["חביות עץ"]))
        known = SiteVocabulary().like(["vineyord", "חבויות"])
        assert known == ["vineyards", "חביות"]

    def test_a_wrong_letter_at_either_end_is_forgiven(self):
        index(make_listing(title="Vineyards"))
        for typed in ("wineyards", "vineyardz", "vinejards", "vneyards"):
            assert SiteVocabulary().like([typed]) == ["vineyards"], typed

    def test_a_listing_that_goes_takes_along_what_it_alone_had(self):
        gone = make_listing(title="Terraced quince", summary="Timber")
        index(gone, make_listing(title="Terraced almonds", summary="Timber"))
        withdraw(gone)
        words = set(IndexedWord.objects.values_list("spelling", flat=True))
        assert {"terraced", "almonds"} <= words
        assert "quince" not in words

    def test_a_changed_listing_leaves_no_word_behind(self):
        listing = make_listing(title="Quince", summary="Timber")
        index(listing)
        Listing.objects.filter(pk=listing.pk).update(title="Almonds", version=2)
        index(listing)
        words = set(IndexedWord.objects.values_list("spelling", flat=True))
        assert words >= {"almonds"}
        assert "quince" not in words

    def test_counting_again_gathers_the_words_again(self):
        index(make_listing(title="Almonds"))
        IndexedWord.objects.all().delete()
        vocabulary.learn(["leftover"])
        recount()
        words = set(IndexedWord.objects.values_list("spelling", flat=True))
        assert "almonds" in words
        assert "leftover" not in words

    def test_a_word_of_what_may_not_be_seen_finds_and_names_nothing(self):
        hidden = make_listing(title="Quinces", summary="Timber")
        index(hidden, make_listing(title="Almonds", summary="Timber"))
        # The index has not heard of it yet, so its words are still there.
        Listing.objects.filter(pk=hidden.pk).update(live=False)
        for reader in (None, make_user()):
            assert search_text("quincse", reader).found == ()
            assert meant_by("quincse", reader) == ""

    def test_what_is_read_of_the_words_is_bounded(self, monkeypatch):
        monkeypatch.setattr(vocabulary, "MOST_READ", 3)
        vocabulary.learn(f"pressing{letter}" for letter in "abcdefgh")
        assert len(SiteVocabulary().like(["pressing"])) == 3


def test_the_arabic_article_hides_no_beginning():
    """Half of all Arabic words would begin alike with it, and none as without it."""
    assert bounds_of("الزيتون") == bounds_of("زيتون") == ("زي", "ون")
    assert bounds_of("ال") == ("ال", "ال")


def test_words_are_likened_where_they_begin_or_end_alike():
    known = ["olives", "live", "archives", "olive"]
    assert likest(["olivs"], known) == ["olive", "olives"]


@pytest.mark.django_db
def test_what_is_near_one_word_cuts_off_no_other(monkeypatch):
    index(make_listing(title="pressings pressed pressure pressman zebra"))
    monkeypatch.setattr(vocabulary, "MOST_READ", 4)
    assert "zebra" in SiteVocabulary().like(["pressing", "zebro"])
