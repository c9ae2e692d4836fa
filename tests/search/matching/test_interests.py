"""Interests, lifts and exposure, by small sums done by hand."""

from math import log

import pytest

from search.matching.exposure import SPARED, reordered
from search.matching.interests import Interests, Lifts, Shares, Traits, amount_bin


def test_an_interest_compares_own_answers_with_all():
    food, games = Traits(("food",)), Traits(("games",))
    shares = Shares.among([food, games, games, games])
    interests = Interests.of([food, food], shares)
    expected = log(((2 + 10 * 0.25) / (2 + 10)) / 0.25)
    assert interests.in_trait("sectors", food) == pytest.approx(expected)
    assert interests.in_trait("sectors", games) == pytest.approx(log(10 / 12))
    assert interests.in_trait("place", food) == 0.0


def test_a_lift_needs_partners_and_is_cut_at_both_ends():
    lifts = Lifts()
    assert lifts.of("x", "y") == 0.0
    for _ in range(500):
        lifts.add(["x"], ["y"])
        lifts.add(["z"], ["w"] * 1)
    assert lifts.of("x", "y") == pytest.approx(log((500 + 2.5) / 505 / 0.5))
    assert lifts.of("x", "w") == -2.0


@pytest.mark.parametrize(
    ("amounts", "expected"), [(None, ""), ((100, 100), "4"), ((1000, 9000), "6")]
)
def test_amounts_fall_into_half_decades(amounts, expected):
    assert amount_bin(amounts) == expected


def test_those_seldom_shown_rise_below_the_spared_places():
    ranking = [(f"l{number:02d}", 1 - number / 100) for number in range(30)]
    exposure = {name: 5.0 for name, _ in ranking}
    exposure["l20"] = 0.0
    shown = reordered(ranking, exposure, 1.0, 10)
    assert shown[:SPARED] == [name for name, _ in ranking[:SPARED]]
    assert "l20" in shown[SPARED:]
    assert len(shown) == 10


def test_where_all_were_shown_alike_the_order_stays():
    ranking = [(f"l{number:02d}", 1 - number / 100) for number in range(30)]
    assert reordered(ranking, {}, 1.0, 10) == [name for name, _ in ranking[:10]]
