"""The estimate is the one of the books; small and odd cases say what they should."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ventures.survival import Spell, kaplan_meier, spell_of

# Weeks of remission under 6-MP, + where it went on: Freireich et al., "The effect of
# 6-mercaptopurine on the duration of steroid-induced remissions in acute leukemia",
# Blood 21 (1963); and under placebo, where every remission ended.
SIX_MP = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"
# Week, at risk, ended, estimate and Greenwood's error as Klein and Moeschberger print
# them: "Survival Analysis", 2nd ed. (2003), table 4.1.
PRINTED = [
    (6, 21, 3, 0.857, 0.076),
    (7, 17, 1, 0.807, 0.087),
    (10, 15, 1, 0.753, 0.096),
    (13, 12, 1, 0.690, 0.107),
    (16, 11, 1, 0.628, 0.114),
    (22, 7, 1, 0.538, 0.128),
    (23, 6, 1, 0.448, 0.135),
]
# Ends of the interval on the scale of log(-log S) at the same weeks, by the formula
# with the printed figures: S ** exp(±1.96 · error / (S · |log S|)).
ENDS = [
    (0.620, 0.952),
    (0.563, 0.923),
    (0.503, 0.889),
    (0.432, 0.849),
    (0.368, 0.805),
    (0.268, 0.747),
    (0.188, 0.680),
]
DAY = timedelta(days=1)


def spells(written: str) -> list[Spell]:
    return [Spell(int(each.rstrip("+")), "+" not in each) for each in written.split()]


def test_the_estimate_and_its_error_are_the_printed_ones():
    steps = kaplan_meier(spells(SIX_MP))
    assert [(s.day, s.at_risk, s.lost) for s in steps] == [row[:3] for row in PRINTED]
    for step, (*_where, survival, error) in zip(steps, PRINTED, strict=True):
        assert step.survival == pytest.approx(survival, abs=0.0007)
        assert step.error == pytest.approx(error, abs=0.0007)


def test_the_interval_is_the_one_of_the_printed_figures():
    for step, ends in zip(kaplan_meier(spells(SIX_MP)), ENDS, strict=True):
        assert (step.low, step.high) == pytest.approx(ends, abs=0.001)


def test_without_anybody_going_on_it_is_the_share_that_is_left():
    rows = spells(PLACEBO)
    for step in kaplan_meier(rows):
        left = sum(row.days > step.day for row in rows) / len(rows)
        assert step.survival == pytest.approx(left)
    assert (step.survival, step.low, step.high) == (0, 0, 0)


def test_nothing_lost_is_no_step():
    assert kaplan_meier([]) == ()
    assert kaplan_meier([Spell(5, lost=False)] * 3) == ()


@given(
    st.lists(
        st.builds(Spell, days=st.integers(0, 300), lost=st.booleans()), max_size=40
    )
)
def test_it_only_falls_and_lies_within_its_interval(rows):
    before = 1.0
    for step in kaplan_meier(rows):
        assert 0 <= step.low <= step.survival <= step.high <= 1
        assert step.survival < before
        before = step.survival


# -- a contact -----------------------------------------------------------------------

SINCE = date(2026, 1, 1)
FOUR_MONTHS = timedelta(days=120)


@pytest.mark.parametrize(
    ("heard", "until", "days", "lost"),
    [
        ([], 120, 120, False),
        ([], 121, 120, True),
        ([100], 219, 219, False),
        ([100], 221, 220, True),
        ([100, 200, 300], 400, 400, False),
        ([121], 200, 120, True),  # heard too late: the contact was lost before
        ([400], 300, 120, True),  # not yet heard
        ([], 0, 0, False),
    ],
)
def test_a_contact_is_lost_once_it_was_silent_for_longer(heard, until, days, lost):
    on = [SINCE + day * DAY for day in heard]
    spell = spell_of(SINCE, on, SINCE + until * DAY, silence=FOUR_MONTHS)
    assert spell == Spell(days, lost)
