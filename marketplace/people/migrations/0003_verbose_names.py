"""Words for columns: the state alone changes, no table is touched."""

import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_submissions'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='user',
                    name='date_joined',
                    field=models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined on'),
                ),
                migrations.AlterField(
                    model_name='user',
                    name='is_active',
                    field=models.BooleanField(default=True, verbose_name='may log in'),
                ),
                migrations.AlterField(
                    model_name='user',
                    name='is_staff',
                    field=models.BooleanField(default=False, verbose_name='staff'),
                ),
                migrations.AlterField(
                    model_name='user',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
            ],
        ),
    ]
