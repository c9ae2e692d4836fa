import pytest
from babel.numbers import get_currency_precision
from hypothesis import given
from hypothesis import strategies as st

from marketplace.money import UNITS, Money
from payments.conversion import NotPayable, from_stripe, to_stripe

payable = st.builds(
    lambda steps, code: Money(steps * UNITS[code].step, code),
    st.integers(1, 10**9),
    st.sampled_from(sorted(UNITS)),
)


@given(payable)
def test_there_and_back_is_the_same_amount(amount):
    assert from_stripe(to_stripe(amount), amount.currency.lower()) == amount


def test_hundredths_and_thousandths_go_as_they_are():
    assert to_stripe(Money(12_00, "USD")) == 1200
    assert to_stripe(Money(12_340, "JOD")) == 12_340


def test_an_amount_off_the_step_is_refused():
    with pytest.raises(NotPayable):
        to_stripe(Money(12_345, "JOD"))


@pytest.mark.parametrize("minor", [0, -100])
def test_nothing_and_less_are_refused(minor):
    with pytest.raises(NotPayable):
        to_stripe(Money(minor, "USD"))


def test_a_currency_we_do_not_keep_is_refused():
    with pytest.raises(NotPayable):
        from_stripe(100, "aed")


@pytest.mark.parametrize("code", sorted(UNITS))
def test_the_decimals_are_those_of_iso(code):
    assert UNITS[code].exponent == get_currency_precision(code)
