"""Words for columns: the state alone changes, no table is touched."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('introductions', '0006_concerns'),
        ('listings', '0004_verbose_names'),
        ('organisations', '0006_verbose_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='introduction',
                    name='answered_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='answered on'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='answered_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='answered by'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='asked',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='introductions_received', to='organisations.organisation', verbose_name='who is asked'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='asked_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='asked on'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='asked_by',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='asker',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='introductions_asked', to='organisations.organisation', verbose_name='who asks'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='created_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='begun on'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='expires_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='open until'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='language',
                    field=models.CharField(choices=[('en', 'English'), ('he', 'עברית'), ('ar', 'العربية')], default='en', max_length=2, verbose_name='language'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='listing',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='introductions', to='listings.listing', verbose_name='listing'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='note',
                    field=models.TextField(blank=True, max_length=1000, verbose_name='note'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='own_listing',
                    field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='listings.listing', verbose_name='own listing'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='question_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='question asked on'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='reason',
                    field=models.CharField(blank=True, choices=[('not_now', 'Not now; later would suit better'), ('no_fit', 'It does not fit what we look for'), ('no_capacity', 'We have no capacity at present'), ('practical', 'It cannot work in practice at present'), ('other', 'Another reason')], max_length=12, verbose_name='reason'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='replied_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='question answered on'),
                ),
                migrations.AlterField(
                    model_name='introduction',
                    name='status',
                    field=models.CharField(choices=[('draft', 'draft'), ('asked', 'asked'), ('question', 'question asked'), ('held', 'held'), ('accepted', 'accepted'), ('declined', 'declined'), ('expired', 'no answer'), ('withdrawn', 'withdrawn'), ('closed', 'closed')], default='draft', max_length=10, verbose_name='status'),
                ),
                migrations.AlterField(
                    model_name='message',
                    name='author',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
                ),
                migrations.AlterField(
                    model_name='message',
                    name='introduction',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='introductions.introduction', verbose_name='introduction'),
                ),
                migrations.AlterField(
                    model_name='message',
                    name='organisation',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation', verbose_name='organisation'),
                ),
                migrations.AlterField(
                    model_name='message',
                    name='sent_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='sent on'),
                ),
                migrations.AlterField(
                    model_name='stageconsent',
                    name='given_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='given on'),
                ),
                migrations.AlterField(
                    model_name='stageconsent',
                    name='given_by',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by'),
                ),
                migrations.AlterField(
                    model_name='stageconsent',
                    name='introduction',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='introductions.introduction', verbose_name='introduction'),
                ),
                migrations.AlterField(
                    model_name='stageconsent',
                    name='organisation',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisations.organisation', verbose_name='organisation'),
                ),
                migrations.AlterField(
                    model_name='stageconsent',
                    name='stage',
                    field=models.PositiveSmallIntegerField(choices=[(0, 'anyone'), (10, 'signed-in members'), (20, 'members you match with'), (30, 'whom you ask for an introduction, or accept'), (40, 'after both agreed to share facts'), (50, 'after both agreed to share the organisation'), (60, 'after you both agreed to meet'), (70, 'partners of the same venture')], verbose_name='stage'),
                ),
                migrations.AlterField(
                    model_name='stageconsent',
                    name='withdrawn_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='taken back on'),
                ),
            ],
        ),
    ]
