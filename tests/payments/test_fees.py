from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.notices.models import Notice
from marketplace.ventures.models import JointVenture
from marketplace.ventures.signals import venture_agreed
from payments import checking, reconciling
from payments.actions.fees import raise_fee
from payments.models import Discrepancy, Fee, LedgerTransaction
from tests.payments.rows import make_agreed_venture, make_fee, make_schedule

pytestmark = pytest.mark.django_db


def dues(fee):
    return [share.due_minor for share in fee.shares.order_by("pk")]


def test_signing_by_all_raises_the_fee_in_equal_shares():
    make_schedule(240_00)
    venture = make_agreed_venture()
    venture_agreed.send(sender=JointVenture, venture=venture)
    fee = Fee.objects.get()
    assert dues(fee) == [120_00, 120_00]
    posting = LedgerTransaction.objects.get()
    assert posting.key == f"fee:{fee.public_id}"
    assert list(checking.breaches()) == []


def test_a_fee_by_ownership_adds_up_to_the_step_of_its_currency():
    make_schedule(12_340, "JOD", mode="pro_rata")
    fee = raise_fee(make_agreed_venture((3334, 3333, 3333), "JOD"))
    assert dues(fee) == [4120, 4110, 4110]


def test_raising_twice_is_raising_once():
    fee = make_fee()
    assert raise_fee(fee.venture) == fee
    assert Fee.objects.count() == 1


def test_every_payer_is_told_once_in_the_notices():
    fee = make_fee()
    raise_fee(fee.venture)
    told = Notice.objects.filter(kind="payments.fee_raised")
    assert told.count() == 2
    assert {notice.about_id for notice in told} == {
        str(share.public_id) for share in fee.shares.all()
    }


def test_the_latest_schedule_up_to_today_is_in_force():
    today = timezone.localdate()
    make_schedule(100_00, valid_from=date(2020, 1, 1))
    make_schedule(200_00, valid_from=today)
    make_schedule(300_00, valid_from=today + timedelta(days=1))
    assert raise_fee(make_agreed_venture()).total_minor == 200_00


def test_a_schedule_of_zero_asks_no_fee_and_the_venture_is_active_at_once():
    make_schedule(0)
    venture = make_agreed_venture()
    assert raise_fee(venture) is None
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.ACTIVE
    assert not Discrepancy.objects.exists()


def test_without_a_schedule_finance_has_the_matter_and_signing_stands():
    venture = make_agreed_venture()
    venture_agreed.send(sender=JointVenture, venture=venture)
    venture_agreed.send(sender=JointVenture, venture=venture)
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.AGREED
    matter = Discrepancy.objects.get()
    assert (matter.kind, matter.about) == (
        "no_schedule",
        f"venture:{venture.public_id}",
    )


def test_a_schedule_that_cannot_be_split_does_not_undo_the_signatures():
    make_schedule(12_345, "JOD")
    venture = make_agreed_venture(currency="JOD")
    venture_agreed.send(sender=JointVenture, venture=venture)
    venture.refresh_from_db()
    assert venture.status == JointVenture.Status.AGREED
    assert not Fee.objects.exists()
    assert Discrepancy.objects.get().kind == "no_schedule"


def test_a_fee_that_waited_for_its_schedule_is_raised_by_the_sweep():
    venture = make_agreed_venture()
    raise_fee(venture)
    make_schedule()
    assert reconciling.raise_missing_fees() == 1
    assert venture.fees.get().state == "issued"


def test_a_later_schedule_changes_no_fee():
    fee = make_fee(240_00)
    make_schedule(999_00, valid_from=timezone.localdate())
    fee.refresh_from_db()
    assert fee.total_minor == 240_00


def test_one_venture_has_one_fee_that_counts():
    fee = make_fee()
    with pytest.raises(IntegrityError), transaction.atomic():
        Fee.objects.create(
            venture=fee.venture,
            currency_id="USD",
            total_minor=1,
            split="equal",
            due_on=timezone.localdate(),
            mode="sandbox",
        )
