"""The price list of the demo: what a venture and an investor seat cost."""

from django.utils import timezone

from payments.models import Currency, FeeSchedule, Plan

# In the smallest unit: 120 dollars, 440 shekels, 85 dinars, 110 euros.
TOTALS = {"USD": 12_000, "ILS": 44_000, "JOD": 85_000, "EUR": 11_000}


SEATS = (
    (
        "seat-month",
        "month",
        3_000,
        "Seat, month by month",
        "מקום, מדי חודש",
        "مقعد، شهرًا بشهر",
    ),
    ("seat-year", "year", 30_000, "Seat for a year", "מקום לשנה", "مقعد لسنة"),
)


def seed_prices() -> None:
    """One schedule a currency, in equal shares, in force from today; two plans."""
    for code, total in TOTALS.items():
        FeeSchedule.objects.get_or_create(
            currency=Currency.objects.get(code=code),
            valid_from=timezone.localdate(),
            defaults={"total_minor": total, "due_days": 30},
        )
    for key, interval, cents, english, hebrew, arabic in SEATS:
        Plan.objects.get_or_create(
            key=key,
            defaults={
                "name_en": english,
                "name_he": hebrew,
                "name_ar": arabic,
                "currency": Currency.objects.get(code="USD"),
                "amount_minor": cents,
                "interval": interval,
            },
        )
