"""A preview tells what would have been sent: by the texts of then, for who may see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.listings.actions import (
    expire_due_listings,
    renew_listing,
    withdraw_listing,
)
from marketplace.listings.models import Listing
from search.matching.mandate_past import BROAD, ENOUGH_TO_JUDGE, Preview, preview
from search.matching.mandate_rows import weigh_due
from search.matching.mandates import MandateEvaluator
from search.models import PublishedRevision
from tests.factories import make_listing, make_organisation
from tests.mandates import make_mandate
from tests.search.test_alerts import index, seek_money, water_mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(db):
    listing = seek_money()
    weigh_due()
    return listing


def shown(**fields: object) -> Preview:
    mandate = water_mandate(**fields)
    return preview(MandateEvaluator.of(mandate), mandate.owner)


def changed(listing: Listing, **fields: object) -> None:
    """What others see is another text from now on."""
    version = listing.version + 1
    Listing.objects.filter(pk=listing.pk).update(version=version, **fields)
    listing.refresh_from_db()
    index(listing)
    weigh_due()


def test_each_listing_is_read_as_it_was_when_it_came_out(listing):
    changed(listing, stage="idea", title="شيء آخر", summary="لا ماء فيه")

    (fit,) = shown(stages=["growth"], musts=["stages"]).fits
    assert fit.listing == listing
    assert fit.is_changed

    (fit,) = shown(stages=["idea"], musts=["stages"]).fits
    assert not fit.is_changed


def test_words_that_may_be_gone_are_not_repeated(listing, settings):
    settings.SMALLEST_SHOWN_COUNT = 1
    mandate = water_mandate(words="نبحث عن محطات تنقية", written_in="ar")
    evaluator = MandateEvaluator.of(mandate)
    (fit,) = preview(evaluator, mandate.owner).fits
    assert fit.reasons(evaluator)["there"]["words"]

    changed(listing, title="شيء آخر", summary="لا كلمة مما كان", stage="idea")
    mandate.stages, mandate.musts = ["growth"], ["stages"]
    evaluator = MandateEvaluator.of(mandate)
    (fit,) = preview(evaluator, mandate.owner).fits
    assert fit.reasons(evaluator)["there"]["words"] == []


def test_what_ran_out_counts_and_what_was_taken_back_does_not(listing):
    taken = seek_money()
    weigh_due()
    Listing.objects.filter(pk=listing.pk).update(expires_at=timezone.now())
    expire_due_listings()
    withdraw_listing(taken, by=taken.owner)

    assert [fit.listing for fit in shown().fits] == [listing]
    assert not PublishedRevision.objects.filter(listing=taken).exists()


def test_what_came_out_longer_ago_does_not_count(listing):
    PublishedRevision.objects.update(seen_on=timezone.localdate() - timedelta(days=91))

    assert shown() == Preview((), 0)
    seek_money()
    weigh_due()
    assert PublishedRevision.objects.count() == 1


def test_a_renewal_is_no_new_revision(listing):
    Listing.objects.filter(pk=listing.pk).update(
        expires_at=timezone.now() + timedelta(days=3)
    )
    renew_listing(listing, by=listing.owner)
    index(listing)
    weigh_due()

    assert PublishedRevision.objects.count() == 1


@pytest.mark.parametrize(
    ("fits", "seen", "is_broad"),
    [
        (ENOUGH_TO_JUDGE, ENOUGH_TO_JUDGE, True),
        (ENOUGH_TO_JUDGE - 1, ENOUGH_TO_JUDGE - 1, False),
        (round(BROAD * 20), 20, True),
        (round(BROAD * 20) - 1, 20, False),
    ],
)
def test_a_mandate_that_nearly_everything_fits_is_broad(fits, seen, is_broad):
    assert Preview((None,) * fits, seen).is_broad == is_broad


@pytest.fixture
def telling(db):
    """A listing that said a telling word for a moment; its trade is another now."""
    listing = make_listing(
        make_organisation(side="ps"),
        kind="investment",
        title="Small stations of the widow Barakeh",
        summary="Reverse osmosis for ten villages near the quarry.",
        written_in="en",
        languages=["en"],
        stage="growth",
    )
    index(listing)
    weigh_due()
    return listing


def asked_for(words: str) -> Preview:
    mandate = make_mandate(words=words, written_in="en", stages=["growth"])
    return preview(MandateEvaluator.of(mandate), mandate.owner)


def test_a_word_that_was_taken_out_can_no_longer_be_asked_for(telling):
    words = "Small stations of the widow Barakeh, reverse osmosis near the quarry"
    assert [fit.listing for fit in asked_for(words).fits] == [telling]

    changed(telling, title="A plan", summary="We write to you.")
    assert asked_for(words).fits == ()


def test_a_text_that_comes_back_is_the_newest_again(telling):
    first = {"title": telling.title, "summary": telling.summary}
    changed(telling, title="Widow Barakeh alone", summary="We write to you.")
    changed(telling, **first)

    (fit,) = asked_for("Small stations, reverse osmosis near the quarry").fits
    assert not fit.is_changed
    assert PublishedRevision.objects.count() == 2
