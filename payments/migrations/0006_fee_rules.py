"""Rules, lines and instalments of fees. Guarded tables are altered unguarded."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from payments.triggers import install, lift


def put_in_place(apps, schema_editor):
    install(schema_editor)


def take_away(apps, schema_editor):
    lift(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0005_officer_limits'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_away, put_in_place),
        migrations.CreateModel(
            name='ScheduleLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('il', 'Israeli'), ('ps', 'Palestinian'), ('third', 'third party')], max_length=5)),
                ('amount_minor', models.PositiveBigIntegerField()),
            ],
        ),
        migrations.AlterModelOptions(
            name='fee',
            options={'ordering': ['-raised_at', '-pk'], 'permissions': [('void_fee', 'Can void a fee and raise it anew')], 'verbose_name': 'fee', 'verbose_name_plural': 'fees'},
        ),
        migrations.RemoveConstraint(
            model_name='adjustment',
            name='waiver_decided_by_another',
        ),
        migrations.AddField(
            model_name='adjustment',
            name='kind',
            field=models.CharField(choices=[('waiver', 'waiver'), ('scholarship', 'scholarship'), ('correction', 'correction')], default='waiver', max_length=11, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='adjustment',
            name='reverses',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='payments.adjustment', verbose_name='takes back'),
        ),
        migrations.AddField(
            model_name='adjustment',
            name='rule',
            field=models.CharField(blank=True, choices=[('', 'asked for'), ('first', "an organisation's first venture")], default='', max_length=5, verbose_name='rule'),
        ),
        migrations.AddField(
            model_name='fee',
            name='instalment_over_minor',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='fee',
            name='most_instalments',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name='feeschedule',
            name='instalment_over_minor',
            field=models.PositiveBigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='feeschedule',
            name='most_instalments',
            field=models.PositiveSmallIntegerField(default=1, help_text='One a month. 1 allows none.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(12)], verbose_name='most instalments'),
        ),
        migrations.AddField(
            model_name='feeschedule',
            name='waiver_percent',
            field=models.PositiveSmallIntegerField(default=100, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='how much of it, in percent'),
        ),
        migrations.AddField(
            model_name='feeschedule',
            name='waiver_rule',
            field=models.CharField(blank=True, choices=[('', 'none'), ('first', "an organisation's first venture")], default='', max_length=5, verbose_name='waived without asking'),
        ),
        migrations.AddField(
            model_name='share',
            name='instalments',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='instalments'),
        ),
        migrations.AlterField(
            model_name='adjustment',
            name='requested_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='discrepancy',
            name='kind',
            field=models.CharField(choices=[('no_schedule', 'no fee schedule in force'), ('transfer_asked', 'a partner asks to pay by transfer'), ('posting_differs', 'a posting differs from its fact'), ('fact_differs', 'a payment differs from what was asked'), ('refund_asked', 'a partner asks for a refund'), ('refund_failed', 'a refund did not reach the payer'), ('foreign_refund', 'a refund that nobody here asked for'), ('disputed', "a payment is disputed by the payer's bank"), ('overdue', 'a share is a month overdue'), ('overpaid', 'paid twice or too much'), ('reopened', 'a settled share is open again'), ('not_activated', 'paid, but the venture was not activated'), ('unknown_object', 'nothing of ours belongs to it'), ('unknown_state', 'a state that is not known'), ('cache_differs', 'a stored state differs from its postings')], max_length=16, verbose_name='matter'),
        ),
        migrations.AlterField(
            model_name='fee',
            name='split',
            field=models.CharField(choices=[('equal', 'equal shares'), ('pro_rata', 'by ownership'), ('adjusted', 'an amount for each side')], max_length=8),
        ),
        migrations.AlterField(
            model_name='feeschedule',
            name='mode',
            field=models.CharField(choices=[('equal', 'equal shares'), ('pro_rata', 'by ownership'), ('adjusted', 'an amount for each side')], default='equal', max_length=8, verbose_name='divided'),
        ),
        migrations.AddConstraint(
            model_name='adjustment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('requested_by__isnull', False), ('rule', ''), ('state', 'requested'), ('decided_by__isnull', True)), models.Q(('rule', ''), ('state__in', ['approved', 'declined']), ('decided_by__isnull', False), ('requested_by__isnull', False), models.Q(('decided_by', models.F('requested_by')), _negated=True)), models.Q(('requested_by__isnull', True), ('state', 'approved'), ('decided_by__isnull', True), models.Q(('rule', ''), _negated=True)), _connector='OR'), name='waiver_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='feeschedule',
            constraint=models.CheckConstraint(condition=models.Q(('waiver_percent__range', (1, 100))), name='schedule_waives_one_to_hundred'),
        ),
        migrations.AddConstraint(
            model_name='feeschedule',
            constraint=models.CheckConstraint(condition=models.Q(('most_instalments__range', (1, 12))), name='schedule_instalments_within_a_year'),
        ),
        migrations.AddField(
            model_name='scheduleline',
            name='schedule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='payments.feeschedule'),
        ),
        migrations.AddConstraint(
            model_name='scheduleline',
            constraint=models.UniqueConstraint(fields=('schedule', 'side'), name='one_line_a_side_and_schedule'),
        ),
        migrations.RunPython(put_in_place, take_away),
    ]
