"""Investors hear of what fits, once, in their language, and of nothing taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.listings.models import Listing
from marketplace.mandates.actions import (
    Conditions,
    pause_mandate,
    save_mandate,
)
from marketplace.notices.models import Notice
from marketplace.organisations.models import Membership
from search.alerts import AT_ONCE_A_DAY, tell_at_once, tell_digests
from search.indexing import drain, record_change
from search.models import MandateKey, MandateMatch
from tests.factories import make_listing, make_organisation, make_sector
from tests.mandates import make_mandate

pytestmark = pytest.mark.django_db


def seek_money(**fields: object) -> Listing:
    """A live investment sought by a water firm, indexed."""
    fields.setdefault("sectors", [make_sector("3600")])
    organisation = fields.pop("organisation", None) or make_organisation(side="ps")
    listing = make_listing(
        organisation,
        kind="investment",
        title="محطات مياه صغيرة",
        summary="نبحث عن تمويل لعشر محطات تنقية مياه للقرى",
        written_in="ar",
        languages=["ar", "en"],
        stage="growth",
        instruments=["loan", "guarantee"],
        amount_min=100_000_00,
        amount_max=200_000_00,
        amount_currency="USD",
        **fields,
    )
    return index(listing)


def index(listing: Listing) -> Listing:
    record_change(listing, "test")
    drain()
    return listing


def water_mandate(**fields: object):
    defaults = {
        "stages": ["growth"],
        "languages": ["en"],
        "amount_min": 50_000_00,
        "amount_max": 300_000_00,
        "amount_currency": "USD",
        "cadence": "at_once",
    }
    return make_mandate(sectors=[make_sector("3600")], **(defaults | fields))


def notices() -> int:
    return Notice.objects.filter(kind="search.mandate_news").count()


def test_a_listing_that_fits_is_told_once_at_once():
    mandate = water_mandate()
    seek_money()

    assert tell_at_once() == 1
    assert tell_at_once() == 0
    assert tell_digests() == 0

    notice = Notice.objects.get(kind="search.mandate_news")
    assert notice.recipient == mandate.owner
    assert notice.parameters == {"number": 1}


@pytest.mark.parametrize(
    "missed",
    [
        {"stages": ["idea"], "musts": ["stages"]},
        {"languages": ["de"], "musts": ["languages"]},
        {"amount_min": 5_000_000_00, "amount_max": 9_000_000_00, "musts": ["amount"]},
        {"traits": ["women_led"], "musts": ["traits"]},
        {"instruments": ["grant"], "musts": ["instruments"]},
    ],
)
def test_a_listing_that_misses_a_must_is_never_told(missed):
    water_mandate(**missed)
    seek_money()

    assert tell_at_once() == 0
    assert not MandateMatch.objects.live().exists()


def test_a_shared_form_of_funding_adds_points_and_is_a_reason():
    without, other, shared = (
        water_mandate(instruments=forms)
        for forms in ([], ["equity"], ["loan", "equity"])
    )
    seek_money()
    tell_at_once()

    plain, differing, better = (
        mandate.matches.get() for mandate in (without, other, shared)
    )
    assert differing.score == plain.score < better.score
    assert "instrument" in better.reasons["there"]["points"]
    assert "instrument" not in differing.reasons["there"]["points"]


def test_an_amount_nobody_stated_meets_no_must():
    water_mandate(musts=["amount"])
    listing = seek_money()
    Listing.objects.filter(pk=listing.pk).update(
        amount_min=None, amount_max=None, amount_currency="", version=2
    )
    listing.refresh_from_db()
    index(listing)

    assert tell_at_once() == 0


def test_another_sector_is_not_asked_for():
    water_mandate()
    seek_money(sectors=[make_sector("6201")])

    assert tell_at_once() == 0


def test_a_mandate_for_a_division_hears_of_its_classes():
    make_mandate(sectors=[make_sector("36", level="division")], cadence="at_once")
    seek_money()

    assert tell_at_once() == 1


def test_nobody_hears_of_the_own_side_or_the_own_organisation():
    firm = make_organisation(side="ps")
    water_mandate(organisation=make_organisation(side="ps"))
    seek_money(organisation=firm)

    assert tell_at_once() == 0


def test_offers_and_needs_are_not_told():
    water_mandate()
    index(make_listing(make_organisation(side="ps"), sectors=[make_sector("3600")]))

    assert tell_at_once() == 0


def test_what_stands_when_a_mandate_is_stated_is_on_its_page_and_not_in_the_mail():
    seek_money()

    mandate = water_mandate()

    assert mandate.matches.live().count() == 1
    assert tell_at_once() == 0


def test_a_renewal_is_no_news_and_a_change_is_marked():
    mandate = water_mandate()
    listing = seek_money()
    tell_at_once()

    Listing.objects.filter(pk=listing.pk).update(
        version=2, expires_at=timezone.now() + timedelta(days=400)
    )
    listing.refresh_from_db()
    index(listing)
    assert tell_at_once() == 0

    Listing.objects.filter(pk=listing.pk).update(version=3, amount_max=250_000_00)
    listing.refresh_from_db()
    index(listing)
    assert tell_at_once() == 1
    assert mandate.matches.get().changed == ["amount"]


def test_a_text_that_comes_back_is_not_told_twice():
    water_mandate()
    listing = seek_money()
    tell_at_once()
    for version, most, letters in ((2, 250_000_00, 1), (3, 200_000_00, 0)):
        Listing.objects.filter(pk=listing.pk).update(version=version, amount_max=most)
        listing.refresh_from_db()
        index(listing)
        assert tell_at_once() == letters


def test_a_daily_mandate_waits_for_its_day_and_hears_all_in_one_letter():
    mandate = water_mandate(cadence="daily")
    seek_money()
    seek_money()

    assert tell_at_once() == 0
    assert tell_digests() == 1
    assert Notice.objects.get(recipient=mandate.owner).parameters == {"number": 2}
    seek_money()
    assert tell_digests() == 0
    assert tell_digests(timezone.now() + timedelta(days=1)) == 1


def test_a_weekly_mandate_waits_for_a_week():
    water_mandate(cadence="weekly")
    seek_money()
    tell_digests()
    seek_money()

    assert tell_digests(timezone.now() + timedelta(days=6)) == 0
    assert tell_digests(timezone.now() + timedelta(days=7)) == 1


def test_more_than_the_day_holds_comes_with_the_next_letter():
    water_mandate()
    for _number in range(AT_ONCE_A_DAY):
        seek_money()
        assert tell_at_once() == 1
    seek_money()

    assert tell_at_once() == 0
    assert tell_digests() == 0
    assert tell_digests(timezone.now() + timedelta(days=1)) == 1


def test_a_paused_mandate_has_no_key_and_hears_nothing():
    mandate = water_mandate()
    pause_mandate(mandate, by=mandate.owner)
    seek_money()

    assert not MandateKey.objects.exists()
    assert tell_at_once() == tell_digests() == 0


def test_when_the_seat_has_ended_nothing_is_told():
    mandate = water_mandate()
    seek_money()
    mandate.organisation.entitlements.update(ends_at=timezone.now())

    assert tell_at_once() == 0


def test_who_left_the_organisation_hears_nothing():
    mandate = water_mandate()
    seek_money()
    Membership.objects.filter(user=mandate.owner).delete()

    assert tell_at_once() == 0


def test_a_closed_account_hears_nothing():
    mandate = water_mandate()
    seek_money()
    mandate.owner.is_active = False
    mandate.owner.save()

    assert tell_at_once() == 0


def test_a_mandate_in_words_alone_hears_once_a_day():
    make_mandate(words="تنقية مياه للقرى", written_in="ar", cadence="daily")
    seek_money()

    assert MandateKey.objects.get().key == MandateKey.ANY
    assert tell_at_once() == 0
    assert tell_digests() == 1


def test_a_changed_mandate_forgets_what_no_longer_fits():
    seek_money()
    mandate = water_mandate()
    mandate.stages, mandate.musts = ["idea"], ["stages"]

    save_mandate(mandate, Conditions([make_sector("3600")]), by=mandate.owner)

    assert not mandate.matches.live().exists()


def test_keys_find_the_same_mandates_as_asking_every_one():
    sectors = ["3600", "36", "E", "6201", "62", "J"]
    levels = {1: "section", 2: "division", 4: "class"}
    asked = {
        code: make_mandate(
            sectors=[make_sector(code, level=levels[len(code)])], cadence="at_once"
        )
        for code in sectors
    }
    listing = seek_money()
    tell_at_once()

    told = MandateMatch.objects.live().filter(listing=listing)
    assert {row.mandate_id for row in told} == {
        asked[code].pk for code in ("3600", "36", "E")
    }
