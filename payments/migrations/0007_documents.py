"""Documents with numbers that have no gaps, guarded like the ledger."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models

from payments.triggers import install, lift


def put_in_place(apps, schema_editor):
    install(schema_editor)


def take_away(apps, schema_editor):
    lift(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0006_fee_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('invoice', 'invoice'), ('receipt', 'receipt'), ('credit_note', 'credit note'), ('waiver', 'waiver letter')], max_length=11)),
                ('mode', models.CharField(choices=[('sandbox', 'SANDBOX – no real money'), ('stripe_test', 'TEST – no real money'), ('stripe_live', 'real money')], max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('last_number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'mode', 'year'), name='one_series_a_kind_mode_and_year')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('invoice', 'invoice'), ('receipt', 'receipt'), ('credit_note', 'credit note'), ('waiver', 'waiver letter')], max_length=11, verbose_name='kind')),
                ('number', models.PositiveIntegerField()),
                ('reference', models.CharField(max_length=40, unique=True, verbose_name='number')),
                ('amount_minor', models.PositiveBigIntegerField()),
                ('sealed_facts', models.TextField(editable=False)),
                ('facts_hash', models.CharField(editable=False, max_length=64)),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='issued')),
                ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency')),
                ('posting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='payments.ledgertransaction')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='payments.share')),
                ('series', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='payments.documentseries')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['-issued_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('series', 'number'), name='one_document_a_number'), models.UniqueConstraint(fields=('share', 'posting', 'kind'), name='one_document_a_posting')],
            },
        ),
        migrations.RunPython(put_in_place, take_away),
    ]
