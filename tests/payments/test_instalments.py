"""A share paid in parts: they add up, one after the other, and only where offered."""

from datetime import date

import pytest

from marketplace.exceptions import NotAllowed
from marketplace.money import Money
from payments import checking, ledger
from payments.actions.checkout import open_attempt
from payments.actions.fees import raise_fee
from payments.actions.instalments import choose_instalments
from payments.exceptions import (
    AlreadySettled,
    CannotDivide,
)
from payments.instalments import instalments, payable_now
from tests.payments.rows import (
    make_agreed_venture,
    make_fee,
    make_schedule,
    payer_of,
)

pytestmark = pytest.mark.django_db


def divided(count=3, **fields):
    make_schedule(2400_00, most_instalments=6, instalment_over_minor=1000_00, **fields)
    share = raise_fee(make_agreed_venture()).shares.first()
    return choose_instalments(share, count=count, by=payer_of(share))


def test_parts_add_up_and_are_covered_from_the_first():
    due, first = Money(12_340, "JOD"), date(2026, 1, 31)
    parts = instalments(due, Money(8_000, "JOD"), count=3, first_on=first)
    assert [part.amount.minor for part in parts] == [4_120, 4_110, 4_110]
    assert [part.open.minor for part in parts] == [0, 3_890, 4_110]
    assert [part.due_on.isoformat() for part in parts] == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
    ]
    assert payable_now(parts) == Money(3_890, "JOD")


def test_a_divided_share_is_paid_part_by_part(stripe):
    share = divided()
    for paid in (1, 2, 3):
        stripe.payer.pay(open_attempt(share, by=payer_of(share)))
        stripe.deliver()
        share.refresh_from_db()
        assert ledger.open_amount(share).minor == 1200_00 - paid * 400_00
    assert share.state == "paid"
    with pytest.raises(AlreadySettled):
        open_attempt(share, by=payer_of(share))
    assert list(checking.breaches()) == []


def test_another_division_asks_for_another_page(stripe):
    share = divided()
    first = open_attempt(share, by=payer_of(share))
    share = choose_instalments(share, count=1, by=payer_of(share))
    second = open_attempt(share, by=payer_of(share))
    assert first != second
    assert stripe.payer.pay(first.partition("?")[0]).status == 410
    assert share.attempts.live().get().amount == share.due


@pytest.mark.parametrize("count", [0, 7, 99])
def test_a_division_that_is_not_offered_is_refused(count):
    with pytest.raises(CannotDivide):
        divided(count)


def test_a_small_share_is_not_divided_and_nobody_divides_for_others():
    share = make_fee().shares.first()
    with pytest.raises(CannotDivide):
        choose_instalments(share, count=2, by=payer_of(share))
    share = divided(valid_from=date(2021, 1, 1))
    partner = share.fee.shares.exclude(pk=share.pk).get()
    with pytest.raises(NotAllowed):
        choose_instalments(share, count=2, by=payer_of(partner))
