"""Payers are reminded of what is due, each thing once, and not while they wait for us."""

from datetime import timedelta

import pytest

from marketplace.notices.models import Notice
from payments.actions.adjustments import (
    request_waiver,
)
from payments.models import Discrepancy, Fee
from payments.reminding import remind_payers
from tests.payments.rows import (
    make_fee,
    payer_of,
)
from tests.payments.test_fee_rules import transfer

pytestmark = pytest.mark.django_db


def told(kind):
    return Notice.objects.filter(kind=f"payments.{kind}").count()


def test_each_reminder_is_told_once():
    fee = make_fee()
    days = (-8, -7, -7, 0, 1, 2, 14, 15, 30, 31)
    counts = []
    for day in days:
        remind_payers(on=fee.due_on + timedelta(days=day))
        counts.append((told("due_soon"), told("overdue")))
    assert counts == [
        (0, 0),
        (2, 0),
        (2, 0),
        (2, 0),
        (2, 2),
        (2, 2),
        (2, 4),
        (2, 4),
        (2, 4),
        (2, 4),
    ]
    assert Discrepancy.objects.filter(kind="overdue").count() == 2


def test_who_waits_for_our_answer_is_not_reminded():
    fee = make_fee()
    asked, other = fee.shares.all()
    request_waiver(asked, by=payer_of(asked), because="means")
    transfer(other, 120_00)
    assert remind_payers(on=fee.due_on + timedelta(days=40)) == 0


def test_no_fee_of_another_state_is_reminded():
    fee = make_fee()
    Fee.objects.update(state="reopened")
    assert remind_payers(on=fee.due_on) == 0
