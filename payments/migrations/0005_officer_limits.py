"""What one officer of finance may grant as the second person; a lead grants more."""

from django.db import migrations

LIMITS = {"EUR": 500_00, "ILS": 2_000_00, "JOD": 350_000, "USD": 500_00}


def set_limits(apps, schema_editor):
    currency = apps.get_model("payments", "Currency")
    for code, limit in LIMITS.items():
        currency.objects.filter(code=code).update(officer_limit_minor=limit)


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_refunds_and_disputes")]

    operations = [migrations.RunPython(set_limits, migrations.RunPython.noop)]
