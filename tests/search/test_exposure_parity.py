"""One side has four listings of five: the other is seen as its part of the list is.

The real matcher, pages and commands; nothing of the order is made a second time.
"""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from marketplace.listings.models import Listing
from search.matching.attention import attention, count_exposure
from search.matching.exposure import weight_of
from search.models import ListingExposure, MandateMatch, MatchEvent, MatchRun
from search.pages import PAGE_SIZE
from search.parity import WITHIN, monday_of, week_of
from tests.factories import make_listing, make_organisation, make_sector
from tests.search.test_alerts import index, water_mandate

pytestmark = pytest.mark.django_db

MANY, FEW = 32, 8
MOST_LOST = 0.03
PAGE = 10


def make_market(many: int, few: int) -> None:
    """The smaller side says less of itself, so that it stands below by points alone."""
    water = make_sector("3600")
    for number in range(many + few):
        is_few = number >= many
        index(
            make_listing(
                make_organisation(side="ps" if is_few else "il"),
                kind="investment",
                title=f"Water station {number}",
                summary="Small stations that clean water for villages.",
                languages=["en"],
                stage="" if is_few else "growth",
                amount_min=(40_000_00 if is_few else 100_000_00) + number * 1_000_00,
                amount_max=200_000_00 + number * 3_000_00,
                amount_currency="USD",
                sectors=[water],
            )
        )


def read_lists(client, mandates, **how: str) -> list[list[int]]:
    """Every investor reads the first page."""
    pages = []
    for mandate in mandates:
        client.force_login(mandate.owner)
        page = client.get(mandate.get_absolute_url(), how)
        shown = [card.listing.public_id for card in page.context["cards"]]
        keys = dict(
            MandateMatch.objects.filter(mandate=mandate).values_list(
                "listing__public_id", "listing"
            )
        )
        pages.append([keys[public_id] for public_id in shown])
    return pages


def worth(page: list[int], mandate) -> float:
    scores = dict(mandate.matches.values_list("listing", "score"))
    return sum(scores[pk] * weight_of(n) for n, pk in enumerate(page[:PAGE], 1))


def make_mandates(count: int) -> list:
    return [
        water_mandate(cadence="daily", amount_max=(2 + number) * 100_000_00)
        for number in range(count)
    ]


@pytest.fixture
def mandates(db):
    found = make_mandates(4)
    make_market(MANY, FEW)
    call_command("tell_mandates", verbosity=0)
    return found


def a_day_passes() -> None:
    MatchEvent.objects.update(happened_on=F("happened_on") - timedelta(days=1))


def into_one_week(monday: date) -> None:
    """What was shown on several days, and the runs, lie in that week from now on."""
    days = MatchEvent.objects.order_by("happened_on").values_list("happened_on")
    for number, (day,) in enumerate(list(days.distinct())):
        MatchEvent.objects.filter(happened_on=day).update(
            happened_on=monday + timedelta(days=number)
        )
    MatchRun.objects.update(happened_on=monday)


def test_each_side_is_seen_as_its_part_of_the_list_is(client, mandates, tmp_path):
    plain = read_lists(client, mandates, order="points")
    by_points = week_of(timezone.localdate()).sides
    MatchEvent.objects.all().delete()

    lost = []
    for _day in range(3):
        fair = read_lists(client, mandates)
        lost += [
            1 - worth(ours, mandate) / worth(theirs, mandate)
            for ours, theirs, mandate in zip(fair, plain, mandates, strict=True)
        ]
        a_day_passes()
        call_command("count_exposure", verbosity=0)

    out = tmp_path / "parity.json"
    monday = monday_of(timezone.localdate()) - timedelta(days=7)
    into_one_week(monday)
    call_command("exposure_report", week=monday.isoformat(), out=str(out), verbosity=0)
    (figures,) = json.loads(out.read_text())
    share = FEW / (MANY + FEW)
    before = {row.side: row.shown for row in by_points}.get("ps", 0.0)
    assert abs(before - share) > WITHIN
    assert abs(figures["ps.shown"] - share) <= WITHIN
    assert abs(figures["il.shown"] - (1 - share)) <= WITHIN
    assert sum(lost) / len(lost) <= MOST_LOST
    assert figures["never_shown"] < 1 - PAGE_SIZE / (MANY + FEW)


def test_what_moved_up_says_so_and_points_alone_are_one_click_away(client):
    (mandate,) = make_mandates(1)
    make_market(6, 3)
    call_command("tell_mandates", verbosity=0)
    client.force_login(mandate.owner)
    path = reverse("matching:mandate", args=[mandate.public_id])

    fair, plain = client.get(path), client.get(path, {"order": "points"})

    assert "all parts of the market" in fair.content.decode()
    assert "Placed higher" not in plain.content.decode()
    assert "?order=points" in fair.content.decode()
    scores = [card.score for card in plain.context["cards"]]
    assert scores == sorted(scores, reverse=True)


def test_exposure_is_counted_by_the_day_and_again_with_the_same_result(client):
    mandates = make_mandates(2)
    make_market(3, 1)
    call_command("tell_mandates", verbosity=0)
    read_lists(client, mandates)

    count_exposure()
    assert not ListingExposure.objects.filter(weight__gt=0).exists()
    a_day_passes()
    count_exposure()
    first = list(ListingExposure.objects.order_by("pk").values_list("pk", "weight"))
    count_exposure()

    assert first == list(
        ListingExposure.objects.order_by("pk").values_list("pk", "weight")
    )
    assert sum(weight for _pk, weight in first) == pytest.approx(
        len(mandates) * sum(map(weight_of, range(1, 5)))
    )


def test_a_page_loaded_again_and_again_counts_once_a_day(client):
    """Each mandate's page shows a listing once a day, at its best place."""
    one, other = make_mandates(2)
    make_market(3, 1)
    call_command("tell_mandates", verbosity=0)
    today = timezone.localdate()
    read_lists(client, [one], order="points")
    once = attention(today, today + timedelta(days=1))

    read_lists(client, [one, one, one], order="points")
    assert attention(today, today + timedelta(days=1)) == once
    read_lists(client, [other], order="points")
    twice = attention(today, today + timedelta(days=1))
    assert sum(twice.values()) == pytest.approx(2 * sum(once.values()))


def test_all_that_stand_higher_carry_one_mark_whatever_raised_them(client):
    (mandate,) = make_mandates(1)
    make_market(6, 3)
    call_command("tell_mandates", verbosity=0)
    (plain,) = read_lists(client, [mandate], order="points")
    # Those of the smaller side are seen often: only the sharing out raises them.
    count_exposure()
    few = Listing.objects.filter(organisation__side="ps")
    ListingExposure.objects.filter(listing__in=few).update(weight=9.0)

    (fair,) = read_lists(client, [mandate])
    page = client.get(mandate.get_absolute_url())
    marked = [card.is_lifted for card in page.context["cards"]]

    higher = [fair.index(pk) < plain.index(pk) for pk in fair]
    assert marked == higher
    assert any(
        is_marked and few.filter(pk=pk).exists()
        for pk, is_marked in zip(fair, marked, strict=True)
    )
    assert page.content.decode().count("Placed higher than by points") == sum(higher)
