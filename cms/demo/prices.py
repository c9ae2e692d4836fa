"""The price list of the demo: what a venture owes the programme, by currency."""

from django.utils import timezone

from payments.models import Currency, FeeSchedule

# In the smallest unit: 120 dollars, 440 shekels, 85 dinars, 110 euros.
TOTALS = {"USD": 12_000, "ILS": 44_000, "JOD": 85_000, "EUR": 11_000}


def seed_prices() -> None:
    """One schedule a currency, in equal shares, in force from today."""
    for code, total in TOTALS.items():
        FeeSchedule.objects.get_or_create(
            currency=Currency.objects.get(code=code),
            valid_from=timezone.localdate(),
            defaults={"total_minor": total, "due_days": 30},
        )
