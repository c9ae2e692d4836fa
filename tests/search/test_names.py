"""A name written in one alphabet is found in another, and its sound shows nowhere."""

import pytest
from django.urls import reverse

from search.codes import is_sound
from search.documents import document_for
from search.indexing import drain, record_change
from search.lexicon import Concept, Lexicon
from search.matching.profiles import sides_of
from search.matching.textsearch import search_text
from search.models import IndexedWord, UnmetSearch
from search.names import sound_terms
from search.needs import need_in, need_of_text, offer_in
from search.suggestions import suggestions
from tests.factories import make_listing, make_organisation

pytestmark = pytest.mark.django_db
NOTHING_KNOWN = Lexicon(())


@pytest.fixture
def workshop():
    listing = make_listing(
        make_organisation(side="il"),
        title="ליטוש יהלומים אצל רוזנבלום",
        summary="סדנה קטנה בקלקיליה",
        written_in="he",
        brings=["עבודה במשמרות"],
        needs=["לייזר של מיצובישי"],
    )
    record_change(listing, "test")
    drain()
    return listing


@pytest.mark.parametrize(
    "asked",
    ["روزنبلوم", "عند روزنبلوم", "Rosenblum", "قلقيلية", "في قلقيلية", "mitsubishi"],
)
def test_a_name_finds_a_listing_in_another_alphabet(workshop, client, site_tree, asked):
    page = client.get(reverse("search:listings"), {"q": asked})
    assert workshop.title in page.content.decode()
    assert "snd_" not in page.content.decode()


def test_another_name_does_not(workshop):
    assert not search_text("خوري", None).found
    assert not search_text("Petersen", None).found


def test_sounds_are_terms_of_the_search_box_and_of_no_match(workshop):
    document = document_for(workshop)
    assert any(map(is_sound, document.offer_codes))
    assert any(map(is_sound, document.need_codes))
    for need in (need_in(document), offer_in(document)):
        assert not any(map(is_sound, need.all_codes))
    profile = sides_of([workshop.pk])[workshop.pk].profile
    assert not any(map(is_sound, profile.offer_codes | profile.need_codes))


def test_sounds_are_neither_words_nor_missed_meanings(workshop, client, site_tree):
    client.get(reverse("search:listings"), {"q": "فلاديفوستوك"})
    assert not UnmetSearch.objects.exists()
    assert not IndexedWord.objects.filter(spelling__startswith="snd").exists()
    assert suggestions("snd", None) == []


def test_little_and_short_words_are_no_names():
    words = need_of_text("with this של בין على هذه ok", NOTHING_KNOWN)
    assert words.sounds == ()
    assert sound_terms([("גמאל",), ("גמאל",)]) == (("snd_gml",),)


def test_what_the_lexicon_knows_is_looked_for_by_its_meaning_alone():
    oil = Lexicon([(Concept("con_olive"), ["olive", "זית", "زيتون"])])
    need = need_of_text("olive Rosenblum", oil)
    assert need.meanings
    assert {key for terms in need.sounds for key in terms} == {"snd_rsnplm"}
