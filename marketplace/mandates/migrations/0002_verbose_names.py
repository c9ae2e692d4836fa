"""Words for columns: the state alone changes, no table is touched."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mandates', '0001_mandates'),
        ('organisations', '0006_verbose_names'),
        ('taxonomy', '0001_taxonomy'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='investormandate',
                    name='created_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='stated on'),
                ),
                migrations.AlterField(
                    model_name='investormandate',
                    name='organisation',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mandates', to='organisations.organisation', verbose_name='organisation'),
                ),
                migrations.AlterField(
                    model_name='investormandate',
                    name='places',
                    field=models.ManyToManyField(blank=True, related_name='+', to='taxonomy.place', verbose_name='districts'),
                ),
                migrations.AlterField(
                    model_name='investormandate',
                    name='sectors',
                    field=models.ManyToManyField(blank=True, related_name='+', to='taxonomy.sector', verbose_name='sectors'),
                ),
            ],
        ),
    ]
