"""Words for columns: the state alone changes, no table is touched."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listings', '0003_alias_of_a_listing'),
        ('organisations', '0006_verbose_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterModelOptions(
                    name='listingreviewstate',
                    options={'verbose_name': 'step of a review', 'verbose_name_plural': 'steps of a review'},
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='amount_max',
                    field=models.BigIntegerField(blank=True, null=True, verbose_name='highest amount'),
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='amount_min',
                    field=models.BigIntegerField(blank=True, null=True, verbose_name='lowest amount'),
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='created_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written on'),
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='expires_at',
                    field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='public until'),
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='organisation',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='organisations.organisation', verbose_name='organisation'),
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='owner',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='place_text',
                    field=models.CharField(blank=True, editable=False, max_length=80, verbose_name='place in words'),
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='published_on',
                    field=models.DateField(blank=True, editable=False, null=True, verbose_name='public since'),
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='version',
                    field=models.PositiveIntegerField(default=0, editable=False, verbose_name='version'),
                ),
                migrations.AlterField(
                    model_name='listing',
                    name='withdrawn_at',
                    field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='withdrawn on'),
                ),
                migrations.AlterField(
                    model_name='listingphoto',
                    name='approved_at',
                    field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='approved on'),
                ),
                migrations.AlterField(
                    model_name='listingphoto',
                    name='created_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added on'),
                ),
                migrations.AlterField(
                    model_name='listingphoto',
                    name='listing',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='listings.listing', verbose_name='listing'),
                ),
                migrations.AlterField(
                    model_name='listingreviewstate',
                    name='reason',
                    field=models.CharField(blank=True, choices=[('unclear', 'It is not clear what is offered or sought'), ('reveals', 'The public text shows who somebody is'), ('tone', 'Some words may hurt readers of the other community'), ('unproven', 'A claim needs evidence'), ('wrong_place', 'Kind or sector do not fit the text'), ('photo', 'A photo shows a person, a sign or a home'), ('not_allowed', 'The marketplace cannot carry this kind of offer'), ('duplicate', 'The same listing is already here')], max_length=20, verbose_name='reason'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='closed_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='closed on'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='created_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='reported on'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='listing',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='listings.listing', verbose_name='listing'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='note',
                    field=models.CharField(blank=True, max_length=1000, verbose_name='note'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='outcome',
                    field=models.CharField(blank=True, max_length=200, verbose_name='what came of it'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='reason',
                    field=models.CharField(choices=[('reveals', 'It shows who somebody is'), ('untrue', 'It is not true'), ('hurtful', 'The words hurt or threaten'), ('other', 'Something else')], max_length=10, verbose_name='reason'),
                ),
                migrations.AlterField(
                    model_name='report',
                    name='reported_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reported by'),
                ),
            ],
        ),
    ]
