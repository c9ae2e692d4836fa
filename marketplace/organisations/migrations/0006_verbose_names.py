"""Words for columns: the state alone changes, no table is touched."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0005_choices_of_stage'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='invitation',
                    name='created_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='invited on'),
                ),
                migrations.AlterField(
                    model_name='invitation',
                    name='expires_at',
                    field=models.DateTimeField(verbose_name='valid until'),
                ),
                migrations.AlterField(
                    model_name='invitation',
                    name='invited_by',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by'),
                ),
                migrations.AlterField(
                    model_name='invitation',
                    name='organisation',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='organisations.organisation', verbose_name='organisation'),
                ),
                migrations.AlterField(
                    model_name='invitation',
                    name='role',
                    field=models.CharField(choices=[('owner', 'owner'), ('editor', 'editor'), ('viewer', 'viewer')], default='editor', max_length=6, verbose_name='role'),
                ),
                migrations.AlterField(
                    model_name='invitation',
                    name='status',
                    field=models.CharField(choices=[('pending', 'waiting'), ('accepted', 'accepted'), ('refused', 'refused'), ('expired', 'expired'), ('revoked', 'withdrawn')], default='pending', max_length=8, verbose_name='status'),
                ),
                migrations.AlterField(
                    model_name='membership',
                    name='joined_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='joined on'),
                ),
                migrations.AlterField(
                    model_name='membership',
                    name='organisation',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='organisations.organisation', verbose_name='organisation'),
                ),
                migrations.AlterField(
                    model_name='membership',
                    name='role',
                    field=models.CharField(choices=[('owner', 'owner'), ('editor', 'editor'), ('viewer', 'viewer')], default='owner', max_length=6, verbose_name='role'),
                ),
                migrations.AlterField(
                    model_name='membership',
                    name='user',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='person'),
                ),
                migrations.AlterField(
                    model_name='organisation',
                    name='created_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='registered on'),
                ),
                migrations.AlterField(
                    model_name='organisation',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='organisation',
                    name='responsiveness',
                    field=models.CharField(blank=True, choices=[('quick', 'answers within two days'), ('steady', 'answers within a week'), ('slow', 'takes longer than a week')], editable=False, max_length=6, verbose_name='how quickly it answers'),
                ),
                migrations.AlterField(
                    model_name='organisation',
                    name='slug',
                    field=models.SlugField(blank=True, editable=False, max_length=64, null=True, unique=True, verbose_name='address of the page'),
                ),
                migrations.AlterField(
                    model_name='organisation',
                    name='verification_state',
                    field=models.CharField(choices=[('pending', 'waiting for verification'), ('verified', 'verified'), ('failed', 'not verified'), ('revoked', 'verification withdrawn'), ('expired', 'verification expired')], default='pending', max_length=10, verbose_name='verification'),
                ),
                migrations.AlterField(
                    model_name='organisation',
                    name='verified_on',
                    field=models.DateField(blank=True, null=True, verbose_name='verified on'),
                ),
                migrations.AlterField(
                    model_name='verificationdecision',
                    name='decided_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='decided on'),
                ),
                migrations.AlterField(
                    model_name='verificationdecision',
                    name='decided_by',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
                ),
                migrations.AlterField(
                    model_name='verificationdecision',
                    name='note',
                    field=models.TextField(blank=True, verbose_name='note'),
                ),
                migrations.AlterField(
                    model_name='verificationdecision',
                    name='organisation',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='organisations.organisation', verbose_name='organisation'),
                ),
                migrations.AlterField(
                    model_name='verificationdecision',
                    name='reason',
                    field=models.CharField(blank=True, max_length=40, verbose_name='reason'),
                ),
                migrations.AlterField(
                    model_name='verificationdecision',
                    name='state',
                    field=models.CharField(choices=[('pending', 'waiting for verification'), ('verified', 'verified'), ('failed', 'not verified'), ('revoked', 'verification withdrawn'), ('expired', 'verification expired')], max_length=10, verbose_name='decision'),
                ),
            ],
        ),
    ]
