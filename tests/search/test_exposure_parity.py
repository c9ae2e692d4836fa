"""One side has four listings of five: the other is seen as its part of the list is.

The real matcher, pages and commands; nothing of the order is made a second time.
"""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from search.matching.attention import count_exposure
from search.matching.exposure import weight_of
from search.models import ListingExposure, MandateMatch, MatchEvent
from search.pages import PAGE_SIZE
from search.parity import WITHIN, week_of
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
        shown = [card.listing.public_id for card, _changed in page.context["cards"]]
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


def yesterday() -> None:
    MatchEvent.objects.update(happened_on=timezone.localdate() - timedelta(days=1))


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
        yesterday()
        call_command("count_exposure", verbosity=0)

    out = tmp_path / "parity.json"
    day = (timezone.localdate() - timedelta(days=1)).isoformat()
    call_command("exposure_report", week=day, out=str(out), verbosity=0)
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

    assert "Placed higher so that what was seldom shown" in fair.content.decode()
    assert "Placed higher" not in plain.content.decode()
    assert "?order=points" in fair.content.decode()
    scores = [card.score for card, _changed in plain.context["cards"]]
    assert scores == sorted(scores, reverse=True)


def test_exposure_is_counted_by_the_day_and_again_with_the_same_result(client):
    mandates = make_mandates(2)
    make_market(3, 1)
    call_command("tell_mandates", verbosity=0)
    read_lists(client, mandates)

    count_exposure()
    assert not ListingExposure.objects.filter(weight__gt=0).exists()
    yesterday()
    count_exposure()
    first = list(ListingExposure.objects.order_by("pk").values_list("pk", "weight"))
    count_exposure()

    assert first == list(
        ListingExposure.objects.order_by("pk").values_list("pk", "weight")
    )
    assert sum(weight for _pk, weight in first) == pytest.approx(
        len(mandates) * sum(map(weight_of, range(1, 5)))
    )
