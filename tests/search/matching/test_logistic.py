"""Learning weights: pulled to what was set by hand, and repeatable."""

from math import exp

import pytest

from search.matching.logistic import chance_of, fit, logit


def test_without_rows_the_prior_stays():
    assert fit([], [], [], [0.0, 1.5], 1.0) == [0.0, 1.5]


def test_a_strong_pull_keeps_the_prior_and_a_weak_one_learns():
    rows, answers = [[1.0], [1.0], [-1.0], [-1.0]] * 20, [1, 1, 0, 1] * 20
    weights = [1.0] * len(rows)
    held = fit(rows, answers, weights, [0.0, -2.0], 1e6)[1]
    free = fit(rows, answers, weights, [0.0, -2.0], 0.1)[1]
    assert held == pytest.approx(-2.0, abs=0.01)
    assert free > 1.0


def test_the_fit_meets_the_shares_of_two_groups():
    rows = [[0.0]] * 100 + [[1.0]] * 100
    answers = [1] * 20 + [0] * 80 + [1] * 70 + [0] * 30
    base, slope = fit(rows, answers, [1.0] * 200, [0.0, 0.0], 1e-6)
    assert chance_of(base) == pytest.approx(0.2, abs=1e-4)
    assert chance_of(base + slope) == pytest.approx(0.7, abs=1e-4)


@pytest.mark.parametrize("x", [-800.0, -3.0, 0.0, 2.5, 800.0])
def test_a_chance_never_overflows(x):
    assert 0 < chance_of(x) <= 1


def test_logit_undoes_chance():
    assert logit(1 / (1 + exp(-1.25))) == pytest.approx(1.25)


def test_a_figure_that_is_nought_everywhere_keeps_its_prior():
    rows = [[0.0, x / 10] for x in range(20)]
    answers = [int(x > 9) for x in range(20)]
    base, silent, telling = fit(rows, answers, [1.0] * 20, [0.0, 0.7, 0.0], 1.0)
    assert silent == 0.7
    assert [base, telling] == fit(
        [row[1:] for row in rows], answers, [1.0] * 20, [0.0, 0.0], 1.0
    )
