"""Words for columns: the state alone changes, no table is touched."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('facilitation', '0001_facilitators'),
        ('organisations', '0006_verbose_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='delegation',
                    name='act',
                    field=models.CharField(choices=[('answer', 'Answer: accept, decline, ask the one question'), ('reply', 'Reply to the one question'), ('hold', 'Hold the request, so that its clock stands still'), ('context', 'Add a line of context for the other side')], max_length=7, verbose_name='kind of act'),
                ),
                migrations.AlterField(
                    model_name='delegation',
                    name='facilitator',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='facilitation.facilitator', verbose_name='facilitator'),
                ),
                migrations.AlterField(
                    model_name='delegation',
                    name='given_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='given on'),
                ),
                migrations.AlterField(
                    model_name='delegation',
                    name='given_by',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by'),
                ),
                migrations.AlterField(
                    model_name='delegation',
                    name='organisation',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='delegations', to='organisations.organisation', verbose_name='organisation'),
                ),
                migrations.AlterField(
                    model_name='delegation',
                    name='revoked_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='taken back on'),
                ),
                migrations.AlterField(
                    model_name='doneforclient',
                    name='act',
                    field=models.CharField(max_length=20, verbose_name='kind of act'),
                ),
                migrations.AlterField(
                    model_name='doneforclient',
                    name='done_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='done on'),
                ),
                migrations.AlterField(
                    model_name='doneforclient',
                    name='facilitator',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='facilitation.facilitator', verbose_name='facilitator'),
                ),
                migrations.AlterField(
                    model_name='doneforclient',
                    name='organisation',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='done_for', to='organisations.organisation', verbose_name='organisation'),
                ),
                migrations.AlterField(
                    model_name='facilitator',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
            ],
        ),
    ]
