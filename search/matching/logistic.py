"""Logistic regression with a pull towards given weights, in plain Python.

Newton steps on the weighted log likelihood less ``pull / 2 · |w - prior|²`` (ridge
logistic regression; le Cessie, van Houwelingen: "Ridge Estimators in Logistic
Regression", 1992). Twenty thousand rows of twenty figures take a few seconds.
"""

from collections.abc import Sequence
from math import exp, log
from operator import mul

MOST_STEPS = 25
SMALLEST_STEP = 1e-6
_FAR = 35.0


def chance_of(logit: float) -> float:
    """1 / (1 + e^-x), without overflow."""
    return 1 / (1 + exp(-max(-_FAR, min(_FAR, logit))))


def logit(chance: float) -> float:
    """ln(p / (1 - p)), the inverse of `chance_of`."""
    kept = min(1 - 1e-15, max(1e-15, chance))
    return log(kept / (1 - kept))


def fit(
    rows: Sequence[Sequence[float]],
    answers: Sequence[int],
    row_weights: Sequence[float],
    prior: Sequence[float],
    pull: float,
) -> list[float]:
    """Weights with the intercept first; ``prior`` is one longer than a row.

    The intercept is not pulled. Without rows the prior comes back.
    """
    weights = list(prior)
    if not rows:
        return weights
    # A figure that is nought everywhere keeps its prior; no step need ask about it.
    told = [
        (place, list(column))
        for place, column in enumerate(zip(*rows, strict=True), 1)
        if any(column)
    ]
    columns = [[1.0] * len(rows), *(column for _, column in told)]
    places = [0, *(place for place, _ in told)]
    starts = [prior[place] for place in places]
    found = list(starts)
    pulls = [1e-6, *([pull] * len(told))]
    for _ in range(MOST_STEPS):
        step = _step(columns, answers, row_weights, found, starts, pulls)
        found = [weight + change for weight, change in zip(found, step, strict=True)]
        if max(map(abs, step)) < SMALLEST_STEP:
            break
    for place, weight in zip(places, found, strict=True):
        weights[place] = weight
    return weights


def _step(
    columns: Sequence[Sequence[float]],
    answers: Sequence[int],
    row_weights: Sequence[float],
    weights: Sequence[float],
    prior: Sequence[float],
    pulls: Sequence[float],
) -> list[float]:
    logits = [0.0] * len(answers)
    for weight, column in zip(weights, columns, strict=True):
        if weight:
            logits = [sum_ + weight * x for sum_, x in zip(logits, column, strict=True)]
    chances = list(map(chance_of, logits))
    errors = [
        w * (answer - p)
        for w, answer, p in zip(row_weights, answers, chances, strict=True)
    ]
    slopes = [w * p * (1 - p) for w, p in zip(row_weights, chances, strict=True)]
    gradient = [
        sum(map(mul, errors, column)) - pull * (weight - start)
        for column, weight, start, pull in zip(
            columns, weights, prior, pulls, strict=True
        )
    ]
    size = len(columns)
    hessian = [[0.0] * size for _ in range(size)]
    for i, column in enumerate(columns):
        sloped = list(map(mul, slopes, column))
        for j in range(i + 1):
            hessian[i][j] = hessian[j][i] = sum(map(mul, sloped, columns[j]))
        hessian[i][i] += pulls[i] + 1e-9
    # Far from the optimum a full step may overshoot; no weight moves by more than 2.
    return [max(-2.0, min(2.0, change)) for change in _solve(hessian, gradient)]


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Cholesky: the matrix is symmetric and positive."""
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - sum(map(mul, lower[i][:j], lower[j][:j]))
            lower[i][j] = max(rest, 1e-12) ** 0.5 if i == j else rest / lower[j][j]
    half: list[float] = []
    for i in range(size):
        half.append((right[i] - sum(map(mul, lower[i][:i], half))) / lower[i][i])
    solution = [0.0] * size
    for i in reversed(range(size)):
        rest = half[i] - sum(lower[k][i] * solution[k] for k in range(i + 1, size))
        solution[i] = rest / lower[i][i]
    return solution
