"""The currencies of the programme and how each may be paid.

Dinars are taken by cards only on accounts that this programme may not have: they
start with transfers alone. The minimums stand well above Stripe's own.
"""

from django.db import migrations

# code: decimals, decimals at Stripe, step, smallest card payment, cards
CURRENCIES = {
    "EUR": (2, 2, 1, 100, True),
    "ILS": (2, 2, 1, 500, True),
    "JOD": (3, 3, 10, 1000, False),
    "USD": (2, 2, 1, 100, True),
}


def add(apps, schema_editor):
    currency = apps.get_model("payments", "Currency")
    for code, (decimals, at_stripe, step, minimum, card) in CURRENCIES.items():
        currency.objects.get_or_create(
            code=code,
            defaults={
                "iso_exponent": decimals,
                "stripe_exponent": at_stripe,
                "step_minor": step,
                "minimum_minor": minimum,
                "card_enabled": card,
                "transfer_enabled": True,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_money_guards")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
