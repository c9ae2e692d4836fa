"""Bank files and references. The share is guarded, so it is altered unguarded."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from payments.triggers import install, lift


def put_in_place(apps, schema_editor):
    install(schema_editor)


def take_away(apps, schema_editor):
    lift(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0002_verification_and_responsiveness'),
        ('payments', '0007_documents'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_away, put_in_place),
        migrations.AddField(
            model_name='offlinepayment',
            name='taken_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.organisation', verbose_name='taken by'),
        ),
        migrations.AddField(
            model_name='share',
            name='reference',
            field=models.CharField(blank=True, editable=False, max_length=8, null=True, unique=True, verbose_name='reference'),
        ),
        migrations.AlterField(
            model_name='paymentattempt',
            name='method',
            field=models.CharField(choices=[('stripe_checkout', 'card'), ('bank_transfer', 'bank transfer'), ('cash', 'cash')], default='stripe_checkout', max_length=16),
        ),
        migrations.CreateModel(
            name='BankImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checksum', models.CharField(editable=False, max_length=64, unique=True)),
                ('encoding', models.CharField(max_length=10, verbose_name='encoding')),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='imported')),
                ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency')),
                ('imported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='imported by')),
            ],
            options={
                'verbose_name': 'bank file',
                'verbose_name_plural': 'bank files',
                'ordering': ['-imported_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BankLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveIntegerField(verbose_name='line')),
                ('checksum', models.CharField(editable=False, max_length=64, unique=True)),
                ('details', models.CharField(blank=True, max_length=400, verbose_name='what the bank wrote')),
                ('value_on', models.DateField(null=True, verbose_name='received on')),
                ('amount_minor', models.PositiveBigIntegerField(null=True)),
                ('fault', models.CharField(blank=True, max_length=60, verbose_name='fault')),
                ('state', models.CharField(choices=[('imported', 'imported'), ('no_match', 'no share found'), ('invalid', 'cannot be read'), ('matched', 'share found'), ('already_paid', 'share is settled already'), ('discarded', 'not ours')], default='imported', max_length=12, verbose_name='state')),
                ('was_mended', models.BooleanField(default=False, verbose_name='one sign was mended')),
                ('attempt', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_line', to='payments.paymentattempt')),
                ('currency', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='payments.currency')),
                ('share', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_lines', to='payments.share', verbose_name='share of a fee')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.bankimport', verbose_name='bank file')),
            ],
            options={
                'verbose_name': 'line of a bank file',
                'verbose_name_plural': 'lines of bank files',
                'ordering': ['-source', 'number'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'matched'), _negated=True), ('attempt__isnull', False), _connector='OR'), name='matched_line_has_its_payment')],
            },
        ),
        migrations.RunPython(put_in_place, take_away),
    ]
