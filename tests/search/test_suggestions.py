"""Words that finish or mend a line: only of listings this reader can see now."""

import pytest
from django.urls import reverse
from django.utils import timezone

from marketplace.listings.models import Listing
from search.suggestions import Words, meant_by, suggestions
from tests.factories import make_listing, make_user

pytestmark = pytest.mark.django_db


def listings(*titles: str) -> list[Listing]:
    return [make_listing(title=title, summary=title) for title in titles]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("irr", ["Irrigation"]),
        ("drip IRRI", ["drip Irrigation"]),
        ("שמ", ["שמן"]),
        ("الز", ["الزيتون"]),
        ("i", []),
        ("", []),
        ("xyz", []),
        ("irr*", ["Irrigation"]),
    ],
)
def test_the_last_word_is_finished(typed, offered):
    listings("Irrigation in bulk", "שמן זית", "عصر الزيتون")
    assert suggestions(typed, None) == offered


def test_the_commonest_word_comes_first():
    listings("Stone cutting", "Storage rooms", "Storage of dates")
    assert suggestions("sto", None) == ["Storage", "Stone"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("irigation", "Irrigation"),
        ("cheap irrigatoin", "cheap Irrigation"),
        ("זיתימ שמנ", ""),
        ("בישל", "בישול"),
        ("الزيتوون", "الزيتون"),
        ("irrigations", ""),
        ("quantum", ""),
        ("", ""),
    ],
)
def test_a_word_nobody_wrote_is_mended_by_the_likest(typed, meant):
    listings("Irrigation cheap", "שמן בישול זיתים", "عصر الزيتون")
    assert meant_by(typed, None) == meant


def test_a_listing_that_has_gone_names_no_word_any_more():
    gone, kept = listings("Marzipan", "Marble")
    assert set(suggestions("mar", None)) == {"Marzipan", "Marble"}
    Listing.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())
    assert suggestions("mar", make_user()) == ["Marble"]
    assert meant_by("marzipna", None) == ""
    assert kept.pk


def test_drafts_and_withdrawn_listings_name_no_word():
    make_listing(title="Quinine", live=False)
    make_listing(title="Quicksilver", withdrawn_at=timezone.now())
    assert suggestions("qui", None) == []
    assert meant_by("quinnine", None) == ""


@pytest.mark.parametrize("text", ["*" * 300, "a" * 300, "\u202e" * 9, "OR NEAR(", "🙂"])
def test_strange_lines_are_answered(text, client):
    listings("Irrigation")
    assert client.get(reverse("search:words"), {"q": text}).status_code == 200
    assert meant_by(text, None) == ""


def test_work_is_bounded_for_a_word_that_begins_everything():
    words = Words(
        (number, f"ab{number:04}x".replace("0", "q")) for number in range(900)
    )
    assert len(words.beginning_with("ab")) <= 40


def test_the_page_offers_words_and_a_link_to_what_was_meant(client):
    listings("Irrigation")
    box = client.get(reverse("search:words"), {"q": "irr"}).content.decode()
    assert '<option value="Irrigation">' in box
    page = client.get(reverse("search:listings"), {"q": "zirigation"}).content.decode()
    assert f"{reverse('search:listings')}?q=Irrigation" in page
    page = client.get(reverse("search:listings"), {"q": "irrigation"}).content.decode()
    assert 'class="meant"' not in page


def test_what_a_word_holds_is_escaped(client):
    listings("Irrigation d'eau")
    box = client.get(reverse("search:words"), {"q": '"><script> irr'}).content.decode()
    assert "<script>" not in box
