"""What a currency is worth: the newest rate, unless it is too old."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError

from marketplace.taxonomy.models import ExchangeRate


def test_the_newest_rate_counts_unless_it_is_too_old(db):
    today = datetime.date(2027, 3, 1)
    for currency, per_usd, days in (
        ("ILS", "3.30", 90),
        ("ILS", "3.40", 10),
        ("ILS", "3.90", -1),
        ("EUR", "0.86", 181),
    ):
        ExchangeRate.objects.create(
            currency=currency,
            per_usd=Decimal(per_usd),
            on=today - datetime.timedelta(days),
        )
    assert ExchangeRate.objects.per_usd(today) == {"ILS": Decimal("3.40")}


def test_a_rate_of_zero_is_refused(db):
    day = datetime.date(2027, 3, 1)
    with pytest.raises(IntegrityError, match="a_rate_is_above_zero"):
        ExchangeRate.objects.create(currency="ILS", per_usd=0, on=day)
