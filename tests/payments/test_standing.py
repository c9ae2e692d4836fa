from hypothesis import given
from hypothesis import strategies as st

from payments.standing import (
    FeeStanding,
    ShareTotals,
    Standing,
    fee_standing,
    share_standing,
)


def standing(due=100, **totals):
    return share_standing(due, ShareTotals(**totals))


def test_a_share_without_postings_is_open():
    assert standing().state is Standing.OPEN
    assert standing().open_minor == 100


def test_a_share_paid_in_full_is_paid():
    assert standing(received=100).state is Standing.PAID
    assert standing(received=100).open_minor == 0


def test_a_share_waived_in_full_is_waived():
    assert standing(waived=100).state is Standing.WAIVED


def test_a_share_part_waived_and_then_paid_is_paid():
    assert standing(waived=30).state is Standing.PART_SETTLED
    assert standing(waived=30).open_minor == 70
    assert standing(waived=30, received=70).state is Standing.PAID


def test_a_refund_opens_a_paid_share_again():
    assert standing(received=100, returned=100).state is Standing.REOPENED
    assert standing(received=100, returned=1).state is Standing.REOPENED
    assert standing(received=100, returned=1).open_minor == 1


def test_a_share_paid_again_after_a_refund_is_paid():
    assert standing(received=200, returned=100).state is Standing.PAID


def test_paying_twice_is_noticed():
    assert standing(received=200).is_overpaid
    assert standing(received=200).open_minor == 0
    assert not standing(received=100).is_overpaid


def test_accounts_are_read_with_their_signs():
    totals = ShareTotals.of_accounts(
        {
            "stripe_clearing": 50,
            "receivable": -80,
            "waived": 30,
            "refunds": 20,
            "disputes": 5,
        }
    )
    assert totals == ShareTotals(received=50, waived=30, returned=25)


def test_a_reversed_waiver_leaves_nothing_behind():
    assert ShareTotals.of_accounts({"receivable": 0, "waived": 0}) == ShareTotals()


amounts = st.integers(0, 10**12)


@given(due=amounts, received=amounts, waived=amounts, returned=amounts)
def test_settled_says_exactly_that_nothing_is_open(due, received, waived, returned):
    found = standing(due, received=received, waived=waived, returned=returned)
    assert found.is_settled == (found.open_minor == 0)
    assert found.is_overpaid == (received + waived - returned > due)


def test_a_fee_is_settled_by_its_last_share():
    paid, still_open = standing(received=100), standing()
    assert fee_standing([paid, still_open], was_settled=False) is FeeStanding.ISSUED
    assert fee_standing([paid, paid], was_settled=False) is FeeStanding.SETTLED


def test_a_settled_fee_opens_again_rather_than_becoming_new():
    back = standing(received=100, returned=100)
    assert fee_standing([back], was_settled=True) is FeeStanding.REOPENED
