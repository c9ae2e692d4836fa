"""Amounts are exact, never mixed, and split without a remainder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.money import UNITS, Money, WrongCurrency


def test_three_decimals_of_the_dinar_split_in_payable_steps():
    parts = Money(12_340, "JOD").split([1, 1, 1])
    assert [part.minor for part in parts] == [4120, 4110, 4110]


def test_two_currencies_never_add_up():
    with pytest.raises(WrongCurrency):
        Money(1, "ILS") + Money(1, "USD")


def test_more_decimals_than_the_currency_has_are_refused():
    with pytest.raises(ValueError):
        Money.from_major("1.005", "USD")


@given(
    st.sampled_from(sorted(UNITS)),
    st.integers(0, 10**9),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=7).filter(sum),
)
def test_the_parts_of_a_split_add_up_to_the_whole(currency, steps, weights):
    whole = Money(steps * UNITS[currency].step, currency)
    parts = whole.split(weights)
    assert sum(part.minor for part in parts) == whole.minor
    assert all(part.minor % UNITS[currency].step == 0 for part in parts)
