"""A document is of a share or of a seat; the guards are put in place again after."""

import django.db.models.deletion
from django.db import migrations, models

from payments.triggers import install, lift


def put_in_place(apps, schema_editor):
    install(schema_editor)


def take_away(apps, schema_editor):
    lift(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0020_periods'),
    ]

    operations = [
        migrations.RunPython(take_away, put_in_place),
        migrations.AddField(
            model_name='document',
            name='seat',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='payments.subscription', verbose_name='subscription'),
        ),
        migrations.AlterField(
            model_name='document',
            name='share',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='payments.share', verbose_name='share of a fee'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.UniqueConstraint(fields=('seat', 'posting', 'kind'), name='one_document_a_posting_of_a_seat'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('seat__isnull', True), ('share__isnull', False)), models.Q(('seat__isnull', False), ('share__isnull', True)), _connector='OR'), name='document_is_of_a_share_or_a_seat'),
        ),
        migrations.RunPython(put_in_place, take_away),
    ]
