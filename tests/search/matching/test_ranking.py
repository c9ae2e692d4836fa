"""Scores of pairs: both directions count, and points add up to what is shown."""

from math import log

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.matching.features import (
    Need,
    Profile,
    code_fit,
    compare,
    language_fit,
    money_fit,
    place_fit,
    stage_fit,
)
from search.matching.ranking import (
    BASE,
    FAMILIES,
    WEIGHTS,
    Weighing,
    direction,
    harmonic,
    points_of,
    score_pair,
)


def profile(number, *, needs=(), offers=(), **fields):
    fields.setdefault("organisation", number)
    return Profile(
        id=number,
        kind="offer",
        written_in=fields.pop("written_in", "en"),
        need_codes=frozenset(needs),
        offer_codes=frozenset(offers),
        **fields,
    )


def need(number, **fields):
    return Need(profile(number, **fields), None)


BOTTLER = {"needs": ["cap_bulk_supply"], "offers": ["cap_bottling", "isic_c1104"]}
PRESS = {"needs": ["cap_bottling"], "offers": ["cap_bulk_supply", "isic_c1040"]}


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        ("isic_c1040", 1.0),
        ("isic_c104", 0.8),
        ("isic_c10", 0.55),
        ("isic_c", 0.25),
        ("cap_cold_chain", 1.0),
    ],
)
def test_the_nearest_shared_code_decides(shared, expected):
    assert code_fit([shared], frozenset([shared])) == (expected, shared)


def test_a_concept_is_no_code():
    assert code_fit(["con_olive"], frozenset(["con_olive"])) == (0.0, "")


def test_what_completes_both_ways_scores_above_a_one_sided_pair():
    both = score_pair(need(1, **BOTTLER), need(2, **PRESS))
    one = score_pair(
        need(1, **BOTTLER), need(3, needs=["cap_sewing"], offers=["cap_bulk_supply"])
    )
    assert both.score > one.score


def test_swapping_the_two_swaps_the_directions_and_keeps_the_score():
    there = score_pair(need(1, **BOTTLER), need(2, **PRESS))
    back = score_pair(need(2, **PRESS), need(1, **BOTTLER))
    assert there.score == pytest.approx(back.score)
    assert there.there.chance == pytest.approx(back.back.chance)


def test_contributions_add_up_to_the_log_odds():
    way = direction(need(1, **BOTTLER), profile(2, **PRESS))
    odds = log(way.chance / (1 - way.chance))
    assert BASE + sum(way.contributions.values()) == pytest.approx(odds, abs=1e-6)


def test_place_and_money_alone_never_match():
    near = {"place": "haifa", "amounts": (1000.0, 2000.0)}
    assert score_pair(need(1, **near), need(2, **near)) is None


def test_a_need_the_other_does_not_touch_has_the_prior_and_no_reasons():
    way = direction(
        need(1, needs=["cap_sewing"], place="haifa", languages=frozenset("e")),
        profile(2, offers=["cap_bottling"], place="haifa", languages=frozenset("e")),
    )
    assert way.chance == 0.30
    assert way.contributions == {}


def test_two_that_bring_the_same_help_are_demoted():
    alike = {"needs": ["cap_sales"], "offers": ["cap_sales", "cap_bottling"]}
    other = {"needs": ["cap_sales"], "offers": ["cap_sales", "cap_sewing"]}
    same = score_pair(need(1, **alike), need(2, **alike))
    unlike = score_pair(need(1, **alike), need(3, **other))
    assert same.score == pytest.approx(unlike.score * 0.7)


def test_an_unknown_amount_is_the_mean_and_is_said():
    figures = compare(need(1, **BOTTLER), profile(2, **PRESS))
    assert figures.money == 0.5
    assert "money" in figures.missing


@pytest.mark.parametrize(
    ("sought", "offered", "expected"),
    [
        ((10.0, 1000.0), (100.0, 10_000.0), 0.5),
        ((10.0, 100.0), (10.0, 100.0), 1.0),
        ((10.0, 100.0), (1000.0, 2000.0), 0.0),
        ((50.0, 50.0), (10.0, 100.0), 1.0),
        (None, (1.0, 2.0), None),
    ],
)
def test_ranges_overlap_on_a_logarithmic_scale(sought, offered, expected):
    fit = money_fit(sought, offered)
    assert fit == expected if expected is None else fit == pytest.approx(expected)


def test_neighbouring_stages_count_half():
    assert stage_fit(profile(1, stage="seed"), profile(2, stage="pre_seed")) == 0.5
    assert stage_fit(profile(1, stage="seed"), profile(2)) is None


def test_a_shared_language_counts_and_an_unnamed_one_is_the_mean():
    assert language_fit(frozenset("ab"), frozenset("bc")) == 1.0
    assert language_fit(frozenset("a"), frozenset("b")) == 0.0
    assert language_fit(frozenset(), frozenset("b")) == 0.5


def test_who_works_from_anywhere_is_reachable():
    assert place_fit(profile(1, place="haifa"), profile(2, reach="remote")) == 1.0


def test_the_harmonic_mean_is_low_where_one_side_gains_little():
    assert harmonic(0.9, 0.1) == pytest.approx(0.18)
    assert harmonic(0.0, 0.0) == 0.0


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.floats(0, 1),
    st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.floats(0, 3), min_size=1),
)
def test_the_points_of_the_families_add_up_to_the_score(score, shares):
    points = points_of(score, shares)
    if sum(shares.values()) > 0:
        assert sum(points.values()) == round(100 * score)
    assert set(points) <= set(FAMILIES.values())
    assert all(value > 0 for value in points.values())


CODES = ["cap_filling", "cap_capital", "isic_c", "isic_c10", "isic_c104", "con_oil"]
PROFILES = st.fixed_dictionaries(
    {
        "needs": st.sets(st.sampled_from(CODES)),
        "offers": st.sets(st.sampled_from(CODES)),
        "stage": st.sampled_from(["", "seed", "growth", "of their own"]),
        "place": st.sampled_from(["", "haifa", "jenin"]),
        "languages": st.frozensets(st.sampled_from(["en", "he", "ar"])),
        "amounts": st.none() | st.tuples(st.floats(1, 1e4), st.floats(1e4, 1e9)),
        "answers": st.tuples(st.integers(0, 9), st.integers(9, 20)),
        "written_in": st.sampled_from(["en", "he"]),
    }
)


@given(
    PROFILES,
    PROFILES,
    st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.floats(0, 3)),
)
def test_of_any_pair_contributions_make_the_chance_and_points_the_score(
    one, two, fitted
):
    weighing = Weighing(7, BASE, {**WEIGHTS, **fitted})
    meanings = {frozenset(["con_oil"]): 1.5}
    needs = [
        Need(profile(number, **fields), None, meanings)
        for number, fields in enumerate((one, two), 1)
    ]
    pair = score_pair(*needs, weighing)
    if pair is None:
        return
    shares: dict[str, float] = {}
    for way in (pair.there, pair.back):
        if way.contributions:
            odds = log(way.chance / (1 - way.chance))
            assert BASE + sum(way.contributions.values()) == pytest.approx(
                odds, abs=1e-6
            )
        for name, value in way.contributions.items():
            shares[name] = shares.get(name, 0.0) + value
    assert set(shares) <= set(FAMILIES)
    assert not {"side", "religion", "origin"} & set(shares)
    points = points_of(pair.score, shares)
    assert sum(points.values()) == (
        round(100 * pair.score) if any(shares.values()) else 0
    )
