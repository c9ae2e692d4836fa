"""Interests, lifts and exposure, by small sums done by hand."""

from math import log

import pytest

from search.matching.exposure import MOST_LOST, SPARED, reordered, weight_of
from search.matching.interests import (
    Interests,
    Lifts,
    Shares,
    Traits,
    amount_bin,
    sum_step,
)


def test_an_interest_compares_own_answers_with_all():
    food, games = Traits(("food",)), Traits(("games",))
    shares = Shares.among([food, games, games, games])
    interests = Interests.of([food, food], shares)
    expected = log(((2 + 10 * 0.25) / (2 + 10)) / 0.25)
    assert interests.in_best("sectors", food.sectors) == pytest.approx(expected)
    assert interests.in_best("sectors", games.sectors) == pytest.approx(log(10 / 12))
    assert interests.in_one("place", food.place) == 0.0


def test_stages_and_sums_count_in_part_for_those_beside_them():
    seed, series_a = Traits(stage="seed", sum="55"), Traits(stage="series_a", sum="58")
    growth = Traits(stage="growth", sum="75")
    shares = Shares.among([seed, seed, series_a, growth, Traits()])
    interests = Interests.of([seed], shares)

    def expected(chosen: float, share: float) -> float:
        return log(((chosen + 10 * share) / (1 + 10)) / share)

    found = [interests.in_one("stage", one.stage) for one in (seed, series_a, growth)]
    shared = [(2 + 0.3) / 4, (1 + 2 * 0.3) / 4, 1 / 4]
    assert found == pytest.approx(
        [expected(*pair) for pair in zip((1, 0.3, 0), shared, strict=True)]
    )
    near, far = (interests.in_one("sum", one.sum) for one in (series_a, growth))
    assert interests.in_one("sum", seed.sum) > near > 0 > far
    assert interests.in_one("sum", "") == 0.0


def test_a_lift_needs_partners_and_is_cut_at_both_ends():
    lifts = Lifts()
    assert lifts.of("x", "y") == 0.0
    for _ in range(500):
        lifts.add(["x"], ["y"])
        lifts.add(["z"], ["w"] * 1)
    assert lifts.of("x", "y") == pytest.approx(log((500 + 2.5) / 505 / 0.5))
    assert lifts.of("x", "w") == -2.0


def test_pairs_counted_together_are_counted_as_one_by_one():
    each = [("a", "b"), ("b",), (), ("a", "c")]
    together, singly = Lifts(), Lifts()
    together.add_among(each)
    for n, one in enumerate(each):
        for m, other in enumerate(each):
            if n != m:
                singly.add(one, other)
    assert together.partners == singly.partners == 12
    for x in "abc":
        assert [together.of(x, y) for y in "abc"] == [singly.of(x, y) for y in "abc"]


@pytest.mark.parametrize(
    ("amounts", "half", "tenth"),
    [(None, "", ""), ((100, 100), "4", "20"), ((1000, 9000), "6", "35")],
)
def test_amounts_fall_into_half_decades_and_tenths(amounts, half, tenth):
    assert (amount_bin(amounts), sum_step(amounts)) == (half, tenth)


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


def two_groups(gap: float) -> tuple[list[tuple[str, float]], dict[str, str]]:
    """Four of five are of one group and stand before the other by ``gap``."""
    ranking = [(f"a{n:02}", 0.9 - n / 1000) for n in range(40)]
    ranking += [(f"b{n:02}", 0.9 - gap - n / 1000) for n in range(10)]
    return ranking, {name: name[0] for name, _score in ranking}


def part_of_b(page: list[str]) -> float:
    weights = [weight_of(place) for place in range(1, len(page) + 1)]
    b = sum(w for w, name in zip(weights, page, strict=True) if name[0] == "b")
    return b / sum(weights)


def test_a_page_is_shared_out_as_the_list_is():
    ranking, groups = two_groups(0.08)

    page = reordered(ranking, {}, 0.0, 20, groups)

    assert part_of_b(reordered(ranking, {}, 0.0, 20)) == 0
    assert abs(part_of_b(page) - 0.2) <= 0.1
    assert page[:SPARED] == [name for name, _score in ranking[:SPARED]]


@pytest.mark.parametrize("gap", [0.05, 0.2, 0.4, 0.7])
def test_sharing_out_costs_a_page_no_more_than_its_part(gap):
    ranking, groups = two_groups(gap)
    scores = dict(ranking)

    def worth(page: list[str]) -> float:
        return sum(scores[name] * weight_of(n) for n, name in enumerate(page, 1))

    plain = worth([name for name, _score in ranking[:20]])
    page = reordered(ranking, {}, 0.0, 20, groups)
    assert worth(page) >= (1 - MOST_LOST) * plain - 1e-9
    assert len(set(page)) == 20


def test_a_list_of_one_group_keeps_its_order():
    ranking, _groups = two_groups(0.1)
    alike = dict.fromkeys(dict(ranking), "a")

    assert reordered(ranking, {}, 0.0, 10, alike) == [n for n, _ in ranking[:10]]


def test_the_end_of_a_page_is_kept_for_the_best_of_those_seldom_shown():
    ranking = [(f"l{number:02d}", 1 - number / 40) for number in range(40)]
    exposure = {name: 1.0 for name, _ in ranking[:30]}
    sides = {name: "ab"[number % 2] for number, (name, _) in enumerate(ranking)}

    page = reordered(ranking, exposure, 1.0, 10)
    assert page[:8] == [name for name, _ in ranking[:8]]
    assert page[8:] == ["l30", "l31"]
    shared = reordered(ranking, exposure, 1.0, 10, sides)
    assert not exposure.keys() & {*shared[8:]}
    assert not {*shared[:8]} - exposure.keys()


def test_the_less_evenly_all_were_seen_the_more_the_seldom_shown_rise():
    ranking = [(f"l{number:02d}", 1 - number / 40) for number in range(40)]
    evenly = {name: 1.0 + 0.5 * (n % 2) for n, (name, _) in enumerate(ranking)}
    assert reordered(ranking, evenly, 1.25, 10) == [name for name, _ in ranking[:10]]
    few = {name: 9.0 for name, _ in ranking[:6]}
    assert {"l06", "l07"} <= set(reordered(ranking, few, 1.35, 10)[2:6])
