"""The label is the least of what all say, fades, and nobody lifts it alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ventures.honesty import FRESH, KNOWN, Stand, honest_stand

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def said(stand: Stand, days_ago: int = 0) -> tuple[Stand, datetime]:
    return stand, NOW - days_ago * DAY


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ([said(Stand.RESULTS), said(Stand.TRYING)], Stand.TRYING),
        ([said(Stand.RESULTS), None], None),
        ([], None),
        ([said(Stand.WORKING, 60), said(Stand.WORKING)], Stand.WORKING),
        ([said(Stand.WORKING, 61), said(Stand.RESULTS)], Stand.CONTACT),
        ([said(Stand.WORKING, 121), said(Stand.RESULTS)], None),
        ([said(Stand.STALLED, 61), said(Stand.RESULTS)], Stand.STALLED),
        ([said(Stand.CONTACT)] * 3, Stand.CONTACT),
    ],
)
def test_the_label(words, label):
    assert honest_stand(words, NOW) == label


words = st.one_of(
    st.none(),
    st.tuples(
        st.sampled_from(Stand), st.integers(0, 200).map(lambda days: NOW - days * DAY)
    ),
)


def rank(stand: Stand | None) -> int:
    return stand or 0


@given(others=st.lists(words, min_size=1, max_size=4), own=words, then=words)
def test_whatever_one_partner_says_the_label_stays_within_what_the_others_said(
    others, own, then
):
    most = rank(honest_stand(others, NOW))
    assert rank(honest_stand([own, *others], NOW)) <= most
    assert rank(honest_stand([then, *others], NOW)) <= most


@given(said_by_all=st.lists(words, min_size=2, max_size=4), days=st.integers(0, 400))
def test_time_alone_never_lifts_it(said_by_all, days):
    before = rank(honest_stand(said_by_all, NOW))
    assert rank(honest_stand(said_by_all, NOW + days * DAY)) <= before


def test_a_label_that_took_the_most_would_be_noticed():
    planted = max(Stand.RESULTS, Stand.TRYING)
    assert planted != honest_stand([said(Stand.RESULTS), said(Stand.TRYING)], NOW)
    assert FRESH < KNOWN
