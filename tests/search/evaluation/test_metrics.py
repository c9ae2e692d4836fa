"""Metrics against figures worked out by hand."""

from math import isclose, log2

import pytest

from search.evaluation.metrics import (
    grades_in_order,
    mean,
    ndcg,
    percentile,
    recall,
    reciprocal_rank,
)

JUDGED = {"a": 2, "b": 1, "c": 0}


def test_ties_count_against_us():
    ranking = [("a", 0.9), ("x", 0.9), ("y", 0.5), ("b", 0.5), ("z", 0.1)]
    assert grades_in_order(ranking, JUDGED) == [0, 2, 0, 1, 0]


def test_the_order_given_is_kept_where_scores_differ():
    assert grades_in_order([("x", 0.1), ("a", 0.9)], JUDGED) == [0, 2]


def test_reciprocal_rank_is_that_of_the_first_relevant():
    assert reciprocal_rank([0, 0, 1, 2], 10) == pytest.approx(1 / 3)
    assert reciprocal_rank([0] * 10 + [1], 10) == 0
    assert reciprocal_rank([], 10) == 0


def test_recall_counts_what_was_never_found():
    assert recall([1, 0], [1, 2, 0, 1], 10) == pytest.approx(1 / 3)
    assert recall([0, 1], [1], 1) == 0
    assert recall([0], [0], 1) == 0


def test_ndcg_discounts_and_compares_with_the_best_order():
    found = 1 / log2(3) + 3 / log2(4)
    best = 3 / log2(2) + 1 / log2(3)
    assert isclose(ndcg([0, 1, 2], [1, 2], 10), found / best)
    assert ndcg([2, 1], [1, 2], 10) == 1
    assert ndcg([0], [], 10) == 0


def test_ndcg_beyond_the_cut_is_nothing():
    assert ndcg([0, 1], [1], 1) == 0


def test_percentiles_are_values_that_were_seen():
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert percentile(values, 0.5) == 3
    assert percentile(values, 0.95) == 5
    assert percentile(values, 0.2) == 1
    assert percentile([], 0.5) == 0
    assert mean([]) == 0
