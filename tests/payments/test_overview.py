"""The books at a glance: what is open, and how late it is."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from payments import overview
from payments.models import Fee
from payments.modes import Mode
from tests.payments.rows import make_fee


@pytest.mark.parametrize(
    ("days", "place"),
    [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4)],
)
def test_what_is_late_has_one_place_by_its_days(days, place):
    today = date(2026, 11, 26)
    assert overview.age_of(today - timedelta(days=days), today) == place


@pytest.mark.django_db
def test_open_amounts_stand_by_age_each_instalment_for_itself():
    fee = make_fee()
    first, _other = fee.shares.all()
    first.instalments = 3  # 40.00 each, a month apart
    first.save()
    late = timezone.localdate() - timedelta(days=45)
    Fee.objects.update(due_on=late)
    (line,) = overview.outstanding(Mode.SANDBOX)
    assert line.open.minor == 240_00
    assert [amount.minor for amount in line.ages] == [40_00, 40_00, 160_00, 0, 0]
