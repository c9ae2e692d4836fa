"""Words for columns: the state alone changes, no table is touched."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('introductions', '0007_verbose_names'),
        ('organisations', '0006_verbose_names'),
        ('ventures', '0001_ventures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='jointventure',
                    name='activated_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='active since'),
                ),
                migrations.AlterField(
                    model_name='jointventure',
                    name='agreed_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='signed by all on'),
                ),
                migrations.AlterField(
                    model_name='jointventure',
                    name='created_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='proposed on'),
                ),
                migrations.AlterField(
                    model_name='jointventure',
                    name='introduction',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ventures', to='introductions.introduction', verbose_name='introduction'),
                ),
                migrations.AlterField(
                    model_name='jointventure',
                    name='proposed_by',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by'),
                ),
                migrations.AlterField(
                    model_name='jointventure',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='jointventure',
                    name='status',
                    field=models.CharField(choices=[('proposed', 'waiting for signatures'), ('agreed', 'signed by all'), ('active', 'active'), ('withdrawn', 'withdrawn'), ('suspended', 'suspended'), ('ended', 'ended')], default='proposed', max_length=10, verbose_name='status'),
                ),
                migrations.AlterField(
                    model_name='ventureparty',
                    name='organisation',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='venture_parties', to='organisations.organisation', verbose_name='organisation'),
                ),
                migrations.AlterField(
                    model_name='ventureparty',
                    name='venture',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='ventures.jointventure', verbose_name='joint venture'),
                ),
            ],
        ),
    ]
