"""What the database refuses about money: see `payments/triggers.py`.

The one migration kind of this project that imports our code: the guards are stateless
and always installed whole, so the newest text is right at every point of history.
"""

from django.db import migrations

from payments.triggers import install, lift


def put_in_place(apps, schema_editor):
    install(schema_editor)


def take_away(apps, schema_editor):
    lift(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_fees_and_ledger")]

    operations = [migrations.RunPython(put_in_place, take_away)]
