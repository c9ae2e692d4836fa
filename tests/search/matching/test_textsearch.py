"""A line in the search box, over real rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.taxonomy.models import LexiconEntry
from search.codes import gates
from search.indexing import drain, record_changes
from search.lexicon import current_lexicon
from search.matching import textsearch
from search.matching.textsearch import quoted_words, search_text
from search.queries import Query
from tests.factories import make_listing, make_organisation, make_sector, make_user

pytestmark = pytest.mark.django_db


def index(*listings: Listing) -> None:
    record_changes([listing.pk for listing in listings], "test")
    drain()


def listings_titled(*titles: str, **fields: object) -> list[Listing]:
    made = [make_listing(title=title, summary=title, **fields) for title in titles]
    index(*made)
    return made


def test_the_best_answer_comes_first():
    listings = listings_titled(
        "Stone for walls", "Polished stone slabs", "Web design", "Polish lessons"
    )
    ids = search_text("polished stone", None).ids
    assert ids[0] == listings[1].pk
    assert listings[2].pk not in ids


@pytest.mark.parametrize("text", ["", "  ", "!?", "״"])
def test_an_empty_line_finds_nothing(text):
    listings_titled("Stone")
    assert search_text(text, None).found == ()


def test_offers_and_needs_are_found_alike():
    offer = make_listing(title="Cold storage", summary="Rooms")
    need = make_listing(kind="need", title="Cold storage wanted", summary="Rooms")
    index(offer, need)
    assert set(search_text("cold storage", None).ids) == {offer.pk, need.pk}


def test_what_may_no_longer_be_seen_is_not_found_though_the_index_lags():
    listings = listings_titled("Timber yard", "Timber mill", "Timber export")
    Listing.objects.filter(pk=listings[0].pk).update(withdrawn_at=timezone.now())
    Listing.objects.filter(pk=listings[1].pk).update(
        expires_at=timezone.now() - timedelta(minutes=1)
    )
    assert search_text("timber", make_user()).ids == (listings[2].pk,)


def test_a_hebrew_question_finds_an_arabic_listing_by_a_concept():
    LexiconEntry.objects.create(
        concept="quince-test",
        words_en=["quince"],
        words_he=["חבוש"],
        words_ar=["سفرجل"],
    )
    arabic, other = listings_titled("مزرعة سفرجل في الجبل", "ورشة نجارة")
    for question in ("חבושים", "quinces", "السفرجل"):
        assert search_text(question, None).ids == (arabic.pk,)
    assert other.pk


def test_a_hebrew_question_finds_an_arabic_listing_by_its_sector():
    entry = LexiconEntry.objects.create(concept="joinery-test", words_he=["סדנת עגלות"])
    entry.sectors.add(make_sector("1622"))
    arabic = make_listing(
        title="ورشة في نابلس", written_in="ar", sectors=[make_sector("1622")]
    )
    index(arabic, *listings_titled("زيت"))
    (found,) = search_text("סדנת עגלות", None).found
    assert found.id == arabic.pk
    assert found.concept > 0


def test_a_word_is_met_by_any_of_its_meanings():
    for concept, arabic in (("voice", "صوت"), ("poll", "استطلاع"), ("jam", "مربى")):
        words = ["ריבה"] if concept == "jam" else ["קול"]
        LexiconEntry.objects.create(
            concept=f"{concept}-test", words_he=words, words_ar=[arabic]
        )
    voice, poll, _jam = listings_titled("صوت", "استطلاع", "مربى")
    found = {one.id: one.concept for one in search_text("קול", None).found}
    assert found == {voice.pk: 1.0, poll.pk: 1.0}
    both = {one.id: one.concept for one in search_text("קול ריבה", None).found}
    assert both[voice.pk] == both[poll.pk] == pytest.approx(0.5)


def test_words_that_only_ask_weigh_nothing():
    wanted, _ = listings_titled("Who presses olives", "Olive trees")
    ids = [search_text(text, None).found for text in ("olive", "who olive")]
    assert ids[0] == ids[1]
    assert search_text("who", None).ids == (wanted.pk,)


def test_a_typing_error_is_forgiven_and_mere_likeness_is_not():
    wanted, _ = listings_titled("Drip irrigation", "Dried apricots")
    assert search_text("irigation", None).ids == (wanted.pk,)


def test_quoted_words_have_to_be_there():
    both, one = listings_titled("Organic wheat flour", "Wheat flour")
    assert set(search_text("organic wheat", None).ids) == {both.pk, one.pk}
    assert search_text('"organic" wheat', None).ids == (both.pk,)
    assert search_text("“organic” wheat", None).ids == (both.pk,)


def test_gershayim_inside_a_word_are_no_quotes():
    assert quoted_words('מנכ"ל של חברה בע"מ') == ()
    assert quoted_words('"שמן זית" כתית') == ("שמנ", "זית")


def test_a_narrower_set_and_gates_agree():
    ours = make_organisation(side="il")
    theirs = make_organisation(side="ps")
    index(
        make_listing(ours, title="Marble blocks"),
        mine := make_listing(theirs, title="Marble blocks"),
    )
    among = Listing.objects.filter(organisation__side="ps")
    for gate in ((), gates(("public",), sides=("ps",))):
        assert search_text("marble", None, among=among, gates=gate).ids == (mine.pk,)


def test_three_queries_are_enough(django_assert_num_queries, monkeypatch):
    """The engine's own is one of them, unless its tables are in a file of their own."""
    listings_titled(*(f"Timber number {number}" for number in range(30)))
    monkeypatch.setattr("search.lexicon.monotonic", lambda: 0.0)  # no minute ends here
    current_lexicon()
    with django_assert_num_queries(3 if connection.vendor == "sqlite" else 2):
        assert len(search_text("timber", None).ids) == 30


def test_more_is_asked_for_when_filters_leave_too_little(monkeypatch):
    listings = listings_titled(*(f"Timber {number}" for number in range(60)))
    wanted = listings[-3:]
    monkeypatch.setattr(
        textsearch,
        "query_for",
        lambda *args, **kwargs: Query(terms=("timber",), limit=25),
    )
    among = Listing.objects.filter(pk__in=[listing.pk for listing in wanted])
    found = search_text("timber", None, among=among).ids
    assert set(found) == {listing.pk for listing in wanted}


def test_equal_scores_come_in_the_order_of_ids():
    listings = listings_titled("Timber", "Timber", "Timber")
    assert search_text("timber", None).ids == tuple(pk.pk for pk in listings)
