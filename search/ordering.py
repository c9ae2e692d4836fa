"""In which order a list is read: with the seldom shown moved up, or by points alone."""

from collections.abc import Mapping, Sequence

from .matching.attention import Order, fair_order
from .pages import PAGE_SIZE

BY_POINTS = "order=points"


def is_plain(asked: Mapping[str, str]) -> bool:
    """Whether the reader wants points alone."""
    return asked.get("order") == "points"


def order_of(
    ranking: Sequence[tuple[int, float]],
    asked: Mapping[str, str],
    groups: Mapping[int, str] | None = None,
) -> Order:
    """``ranking`` is best first, ``groups`` the part of the market each is of."""
    if is_plain(asked):
        return Order(tuple(pk for pk, _score in ranking))
    return fair_order(ranking, PAGE_SIZE, groups)
