"""The month an entry is booked in, and its kind of money, on the entry itself."""

from django.db import migrations, models
from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

from payments.triggers import install, lift

MODES = [
    ("sandbox", "SANDBOX – no real money"),
    ("stripe_test", "TEST – no real money"),
    ("stripe_live", "real money"),
]


def put_in_place(apps, schema_editor):
    install(schema_editor)


def take_away(apps, schema_editor):
    lift(schema_editor)


def book_by_month(apps, schema_editor):
    """What was booked before gets the month it was booked in."""
    headers = apps.get_model("payments", "LedgerTransaction").objects.order_by()
    entries = apps.get_model("payments", "LedgerEntry").objects.order_by()
    zone = timezone.get_default_timezone()
    while first := headers.filter(period=None).aggregate(at=Min("recorded_at"))["at"]:
        begin = timezone.localtime(first, zone).replace(
            day=1, hour=0, minute=0, second=0, microsecond=0
        )
        year, month = begin.year + begin.month // 12, begin.month % 12 + 1
        end = begin.replace(year=year, month=month)
        headers.filter(recorded_at__gte=begin, recorded_at__lt=end).update(
            period=begin.date()
        )
    its_own = headers.filter(pk=OuterRef("transaction_id"))
    entries.update(
        mode=Subquery(its_own.values("mode")[:1]),
        period=Subquery(its_own.values("period")[:1]),
    )


class Migration(migrations.Migration):

    dependencies = [
        ("payments", "0019_posting_by_day"),
    ]

    operations = [
        migrations.RunPython(take_away, put_in_place),
        migrations.AddField(
            "ledgertransaction",
            "period",
            models.DateField(editable=False, null=True, verbose_name="month"),
        ),
        migrations.AddField(
            "ledgerentry",
            "mode",
            models.CharField(
                choices=MODES, editable=False, max_length=12, null=True,
                verbose_name="kind of money",
            ),
        ),
        migrations.AddField(
            "ledgerentry",
            "period",
            models.DateField(editable=False, null=True, verbose_name="month"),
        ),
        migrations.RunPython(book_by_month, migrations.RunPython.noop),
        migrations.AlterField(
            "ledgertransaction",
            "period",
            models.DateField(editable=False, verbose_name="month"),
        ),
        migrations.AlterField(
            "ledgerentry",
            "mode",
            models.CharField(
                choices=MODES, editable=False, max_length=12,
                verbose_name="kind of money",
            ),
        ),
        migrations.AlterField(
            "ledgerentry",
            "period",
            models.DateField(editable=False, verbose_name="month"),
        ),
        migrations.RemoveIndex("ledgerentry", "entry_account"),
        migrations.AddIndex(
            "ledgerentry",
            models.Index(
                fields=["mode", "period", "account", "currency", "amount_minor"],
                name="entry_of_period",
            ),
        ),
        migrations.RunPython(put_in_place, take_away),
    ]
