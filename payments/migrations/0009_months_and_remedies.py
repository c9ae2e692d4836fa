"""Closed months, guarded like the ledger, and two more kinds of matters."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from payments.triggers import install, lift


def put_in_place(apps, schema_editor):
    install(schema_editor)


def take_away(apps, schema_editor):
    lift(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0008_bank_files'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='discrepancy',
            name='kind',
            field=models.CharField(choices=[('no_schedule', 'no fee schedule in force'), ('transfer_asked', 'a partner asks to pay by transfer'), ('posting_differs', 'a posting differs from its fact'), ('fact_differs', 'a payment differs from what was asked'), ('refund_asked', 'a partner asks for a refund'), ('refund_failed', 'a refund did not reach the payer'), ('foreign_refund', 'a refund that nobody here asked for'), ('disputed', "a payment is disputed by the payer's bank"), ('overdue', 'a share is a month overdue'), ('overpaid', 'paid twice or too much'), ('reopened', 'a settled share is open again'), ('not_activated', 'paid, but the venture was not activated'), ('unknown_object', 'nothing of ours belongs to it'), ('unknown_state', 'a state that is not known'), ('no_remote', 'booked, but the processor does not know it'), ('rule_broken', 'a rule of the ledger is broken'), ('cache_differs', 'a stored state differs from its postings')], max_length=16, verbose_name='matter'),
        ),
        migrations.CreateModel(
            name='MonthClose',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('sandbox', 'SANDBOX – no real money'), ('stripe_test', 'TEST – no real money'), ('stripe_live', 'real money')], max_length=12)),
                ('month', models.DateField(verbose_name='month')),
                ('figures', models.JSONField(default=list)),
                ('closed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='closed on')),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='closed by')),
            ],
            options={
                'verbose_name': 'closed month',
                'verbose_name_plural': 'closed months',
                'ordering': ['-month'],
                'constraints': [models.UniqueConstraint(fields=('mode', 'month'), name='one_close_a_mode_and_month'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='month_begins_on_its_first')],
            },
        ),
        migrations.RunPython(put_in_place, take_away),
    ]
