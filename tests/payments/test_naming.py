"""How a sum is read where somebody agrees to it."""

import pytest
from django.utils import translation

from marketplace.money import Money
from payments.templatetags.payment_tags import named


@pytest.mark.parametrize(
    ("minor", "currency", "language", "words"),
    [
        (12_340, "JOD", "en", "12.340 Jordanian dinars"),
        (12_340, "JOD", "he", "12.340 דינר ירדני"),
        (12_340, "JOD", "ar", "12.340 دينار أردني"),
        (1_234_50, "ILS", "en", "1,234.50 Israeli new shekels"),
        (1_234_50, "ILS", "he", "1,234.50 שקלים חדשים"),
        (1_234_50, "ILS", "ar", "1,234.50 شيكل إسرائيلي جديد"),
        (1_00, "USD", "en", "1.00 US dollars"),
        (5_00, "USD", "he", "5.00 דולר אמריקאי"),
        (5_00, "EUR", "ar", "5.00 يورو"),
    ],
)
def test_an_amount_is_read_with_its_currency_by_name(minor, currency, language, words):
    with translation.override(language):
        said = named(Money(minor, currency))
    assert "".join(each for each in said if each not in "\u200e\u200f\u061c") == words
