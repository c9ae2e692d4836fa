"""Matches as rows: written once a pair, withdrawn at once, and told to each side."""

import re

import pytest
from django.utils.translation import override

from marketplace.listings.models import Listing
from marketplace.taxonomy.models import Capability
from search.indexing import drain, record_change
from search.matching.matcher import refresh_due
from search.matching.pairs import pairs_of
from search.models import IndexedListing, Match, MatchRun
from tests.factories import make_listing, make_organisation, make_sector

pytestmark = pytest.mark.django_db


def capability(slug: str) -> Capability:
    return Capability.objects.get_or_create(
        slug=slug,
        defaults={
            "step": "test",
            "name_en": slug.replace("-", " "),
            "name_he": "עזרה " + slug,
            "name_ar": "مساعدة " + slug,
        },
    )[0]


def index(*listings: Listing) -> None:
    for listing in listings:
        record_change(listing, "test")
    drain()
    refresh_due()


@pytest.fixture
def press() -> Listing:
    return make_listing(
        make_organisation(side="ps"),
        title="زيت زيتون بالجملة",
        summary="معصرة عائلية تبحث عن تعبئة وتوزيع مبرّد",
        written_in="ar",
        languages=["ar", "en"],
        brings=[capability("bulk-oil")],
        needs=[capability("filling")],
        sectors=[make_sector("1040")],
    )


@pytest.fixture
def bottler() -> Listing:
    return make_listing(
        make_organisation(side="il"),
        title="קו מילוי לבקבוקים",
        summary="מחפשים יצרן שמן שיספק בכמויות",
        written_in="he",
        languages=["he", "en"],
        brings=[capability("filling")],
        needs=[capability("bulk-oil")],
        sectors=[make_sector("1104")],
    )


def test_a_need_in_hebrew_meets_an_offer_in_arabic_by_codes(press, bottler):
    index(press, bottler)
    match = Match.objects.get()
    assert match.status == Match.Status.LIVE
    assert {match.first_id, match.second_id} == {press.pk, bottler.pk}
    assert match.score > 0.5


def test_scoring_again_keeps_one_row_a_pair(press, bottler):
    index(press, bottler)
    IndexedListing.objects.update(is_matched=False)
    refresh_due()
    assert Match.objects.count() == 1


def test_two_of_the_same_side_are_not_matched(press, bottler):
    bottler.organisation.side = "ps"
    bottler.organisation.save()
    index(press, bottler)
    assert not Match.objects.exists()


def test_a_withdrawn_listing_leaves_no_live_match(press, bottler):
    index(press, bottler)
    Listing.objects.filter(pk=press.pk).update(live=False)
    index(press)
    assert not Match.objects.live().exists()


def reasons_of(own):
    (pair,) = pairs_of(own).values()
    return pair.why()


def test_both_sides_read_the_same_score_and_points_that_add_up(press, bottler):
    index(press, bottler)
    match = Match.objects.get()
    mine, theirs = (reasons_of(each) for each in (press, bottler))
    assert mine.score == theirs.score == round(100 * match.score)
    assert sum(reason.points for reason in mine.reasons) == mine.score
    assert len(mine.reasons) >= 2


def test_what_fewer_than_five_listings_share_is_not_named(press, bottler):
    index(press, bottler)
    texts = [reason.text for reason in reasons_of(press).reasons]
    assert not any("filling" in text or "bulk" in text for text in texts)


def test_what_five_listings_share_is_named(press, bottler, settings):
    settings.SMALLEST_SHOWN_COUNT = 1
    index(press, bottler)
    texts = [reason.text for reason in reasons_of(press).reasons]
    assert any("filling" in text or "bulk oil" in text for text in texts)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_words_in_common_are_named_without_the_little_ones(settings, language):
    settings.SMALLEST_SHOWN_COUNT = 1
    words = "glass with the bottles, and on two גורדון"
    need = make_listing(make_organisation(side="ps"), kind="need", title=words)
    make = make_organisation(side="il")
    index(need, make_listing(make, kind="offer", title=words, summary=words))

    with override(language):
        texts = [reason.text for reason in reasons_of(need).reasons]
    (named,) = (text for text in texts if "\u2068" in text)
    assert set(re.findall("\u2068(.+?)\u2069", named)) == {
        "glass",
        "bottles",
        "גורדון",
    }
    assert ("،" in named) == (language == "ar")


def test_no_reason_names_a_side(press, bottler):
    index(press, bottler)
    stored = str(Match.objects.get().reasons)
    assert "'il'" not in stored
    assert "'ps'" not in stored


def test_each_run_is_logged_with_whom_the_engine_named_and_who_passed(press, bottler):
    index(press, bottler)

    run = MatchRun.objects.filter(seeker=press).latest("pk")
    assert run.candidates == [bottler.pk]
    assert run.ranked == [bottler.pk]
