"""Words for columns: the state alone changes, no table is touched."""

import django.db.models.deletion
import django.utils.timezone
import payments.models.attempts
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0009_months_and_remedies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterModelOptions(
                    name='documentseries',
                    options={'verbose_name': 'series of numbers', 'verbose_name_plural': 'series of numbers'},
                ),
                migrations.AlterModelOptions(
                    name='scheduleline',
                    options={'verbose_name': 'amount of a side', 'verbose_name_plural': 'amounts of the sides'},
                ),
                migrations.AlterField(
                    model_name='adjustment',
                    name='amount_minor',
                    field=models.PositiveBigIntegerField(verbose_name='amount in the smallest unit'),
                ),
                migrations.AlterField(
                    model_name='adjustment',
                    name='currency',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency'),
                ),
                migrations.AlterField(
                    model_name='adjustment',
                    name='decided_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='decided'),
                ),
                migrations.AlterField(
                    model_name='adjustment',
                    name='decided_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
                ),
                migrations.AlterField(
                    model_name='adjustment',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='adjustment',
                    name='requested_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='requested'),
                ),
                migrations.AlterField(
                    model_name='adjustment',
                    name='requested_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by'),
                ),
                migrations.AlterField(
                    model_name='adjustment',
                    name='share',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='payments.share', verbose_name='share of a fee'),
                ),
                migrations.AlterField(
                    model_name='adjustment',
                    name='state',
                    field=models.CharField(choices=[('requested', 'waiting for a decision'), ('approved', 'granted'), ('declined', 'not granted')], default='requested', max_length=9, verbose_name='state'),
                ),
                migrations.AlterField(
                    model_name='bankimport',
                    name='currency',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency'),
                ),
                migrations.AlterField(
                    model_name='bankline',
                    name='amount_minor',
                    field=models.PositiveBigIntegerField(null=True, verbose_name='amount in the smallest unit'),
                ),
                migrations.AlterField(
                    model_name='bankline',
                    name='attempt',
                    field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bank_line', to='payments.paymentattempt', verbose_name='payment'),
                ),
                migrations.AlterField(
                    model_name='bankline',
                    name='currency',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency'),
                ),
                migrations.AlterField(
                    model_name='bankline',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='discrepancy',
                    name='resolved_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='resolved'),
                ),
                migrations.AlterField(
                    model_name='discrepancy',
                    name='resolved_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='resolved by'),
                ),
                migrations.AlterField(
                    model_name='dispute',
                    name='amount_minor',
                    field=models.PositiveBigIntegerField(verbose_name='amount in the smallest unit'),
                ),
                migrations.AlterField(
                    model_name='dispute',
                    name='currency',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency'),
                ),
                migrations.AlterField(
                    model_name='document',
                    name='amount_minor',
                    field=models.PositiveBigIntegerField(verbose_name='amount in the smallest unit'),
                ),
                migrations.AlterField(
                    model_name='document',
                    name='currency',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency'),
                ),
                migrations.AlterField(
                    model_name='document',
                    name='posting',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='payments.ledgertransaction', verbose_name='ledger transaction'),
                ),
                migrations.AlterField(
                    model_name='document',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='document',
                    name='share',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='payments.share', verbose_name='share of a fee'),
                ),
                migrations.AlterField(
                    model_name='documentseries',
                    name='kind',
                    field=models.CharField(choices=[('invoice', 'invoice'), ('receipt', 'receipt'), ('credit_note', 'credit note'), ('waiver', 'waiver letter')], max_length=11, verbose_name='kind'),
                ),
                migrations.AlterField(
                    model_name='documentseries',
                    name='last_number',
                    field=models.PositiveIntegerField(default=0, verbose_name='last number'),
                ),
                migrations.AlterField(
                    model_name='documentseries',
                    name='mode',
                    field=models.CharField(choices=[('sandbox', 'SANDBOX – no real money'), ('stripe_test', 'TEST – no real money'), ('stripe_live', 'real money')], max_length=12, verbose_name='kind of money'),
                ),
                migrations.AlterField(
                    model_name='documentseries',
                    name='year',
                    field=models.PositiveSmallIntegerField(verbose_name='year'),
                ),
                migrations.AlterField(
                    model_name='fee',
                    name='currency',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency'),
                ),
                migrations.AlterField(
                    model_name='fee',
                    name='mode',
                    field=models.CharField(choices=[('sandbox', 'SANDBOX – no real money'), ('stripe_test', 'TEST – no real money'), ('stripe_live', 'real money')], max_length=12, verbose_name='kind of money'),
                ),
                migrations.AlterField(
                    model_name='fee',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='fee',
                    name='raised_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='raised on'),
                ),
                migrations.AlterField(
                    model_name='fee',
                    name='schedule',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='payments.feeschedule', verbose_name='fee schedule'),
                ),
                migrations.AlterField(
                    model_name='fee',
                    name='settled_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='settled on'),
                ),
                migrations.AlterField(
                    model_name='fee',
                    name='split',
                    field=models.CharField(choices=[('equal', 'equal shares'), ('pro_rata', 'by ownership'), ('adjusted', 'an amount for each side')], max_length=8, verbose_name='divided'),
                ),
                migrations.AlterField(
                    model_name='fee',
                    name='total_minor',
                    field=models.PositiveBigIntegerField(verbose_name='total in the smallest unit'),
                ),
                migrations.AlterField(
                    model_name='feeschedule',
                    name='instalment_over_minor',
                    field=models.PositiveBigIntegerField(default=0, verbose_name='instalments above, in the smallest unit'),
                ),
                migrations.AlterField(
                    model_name='ledgerentry',
                    name='currency',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency'),
                ),
                migrations.AlterField(
                    model_name='ledgerentry',
                    name='transaction',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.ledgertransaction', verbose_name='ledger transaction'),
                ),
                migrations.AlterField(
                    model_name='ledgertransaction',
                    name='actor',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='booked by'),
                ),
                migrations.AlterField(
                    model_name='ledgertransaction',
                    name='attempt',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='payments.paymentattempt', verbose_name='payment'),
                ),
                migrations.AlterField(
                    model_name='ledgertransaction',
                    name='fee',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='payments.fee', verbose_name='fee'),
                ),
                migrations.AlterField(
                    model_name='ledgertransaction',
                    name='key',
                    field=models.CharField(max_length=120, unique=True, verbose_name='fact'),
                ),
                migrations.AlterField(
                    model_name='ledgertransaction',
                    name='memo',
                    field=models.CharField(blank=True, max_length=120, verbose_name='remark'),
                ),
                migrations.AlterField(
                    model_name='ledgertransaction',
                    name='mode',
                    field=models.CharField(choices=[('sandbox', 'SANDBOX – no real money'), ('stripe_test', 'TEST – no real money'), ('stripe_live', 'real money')], max_length=12, verbose_name='kind of money'),
                ),
                migrations.AlterField(
                    model_name='ledgertransaction',
                    name='share',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='payments.share', verbose_name='share of a fee'),
                ),
                migrations.AlterField(
                    model_name='monthclose',
                    name='figures',
                    field=models.JSONField(default=list, verbose_name='figures'),
                ),
                migrations.AlterField(
                    model_name='monthclose',
                    name='mode',
                    field=models.CharField(choices=[('sandbox', 'SANDBOX – no real money'), ('stripe_test', 'TEST – no real money'), ('stripe_live', 'real money')], max_length=12, verbose_name='kind of money'),
                ),
                migrations.AlterField(
                    model_name='offlinepayment',
                    name='attempt',
                    field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='offline', to='payments.paymentattempt', verbose_name='payment'),
                ),
                migrations.AlterField(
                    model_name='offlinepayment',
                    name='confirmed_at',
                    field=models.DateTimeField(blank=True, null=True, verbose_name='confirmed'),
                ),
                migrations.AlterField(
                    model_name='offlinepayment',
                    name='confirmed_by',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by'),
                ),
                migrations.AlterField(
                    model_name='offlinepayment',
                    name='recorded_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='recorded'),
                ),
                migrations.AlterField(
                    model_name='offlinepayment',
                    name='recorded_by',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='recorded by'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='amount_minor',
                    field=models.PositiveBigIntegerField(verbose_name='amount in the smallest unit'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='checkout_url',
                    field=models.URLField(blank=True, max_length=2000, verbose_name='payment page'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='created_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='started on'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='currency',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='error_code',
                    field=models.CharField(blank=True, max_length=60, verbose_name='error'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='expires_at',
                    field=models.DateTimeField(default=payments.models.attempts.end_of_life, verbose_name='open until'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='intent_id',
                    field=models.CharField(blank=True, max_length=255, null=True, unique=True, verbose_name='payment at Stripe'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='language',
                    field=models.CharField(choices=[('en', 'English'), ('he', 'עברית'), ('ar', 'العربية')], max_length=2, verbose_name='language'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='livemode',
                    field=models.BooleanField(default=False, verbose_name='real money at Stripe'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='method',
                    field=models.CharField(choices=[('stripe_checkout', 'card'), ('bank_transfer', 'bank transfer'), ('cash', 'cash')], default='stripe_checkout', max_length=16, verbose_name='way of payment'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='mode',
                    field=models.CharField(choices=[('sandbox', 'SANDBOX – no real money'), ('stripe_test', 'TEST – no real money'), ('stripe_live', 'real money')], max_length=12, verbose_name='kind of money'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='session_id',
                    field=models.CharField(blank=True, max_length=255, null=True, unique=True, verbose_name='session at Stripe'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='share',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='payments.share', verbose_name='share of a fee'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='started_by',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='started by'),
                ),
                migrations.AlterField(
                    model_name='paymentattempt',
                    name='state',
                    field=models.CharField(choices=[('creating', 'being prepared'), ('open', 'open'), ('succeeded', 'paid'), ('expired', 'expired'), ('abandoned', 'given up')], default='creating', max_length=10, verbose_name='state'),
                ),
                migrations.AlterField(
                    model_name='refundrequest',
                    name='amount_minor',
                    field=models.PositiveBigIntegerField(verbose_name='amount in the smallest unit'),
                ),
                migrations.AlterField(
                    model_name='refundrequest',
                    name='currency',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency'),
                ),
                migrations.AlterField(
                    model_name='refundrequest',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='scheduleline',
                    name='amount_minor',
                    field=models.PositiveBigIntegerField(verbose_name='amount in the smallest unit'),
                ),
                migrations.AlterField(
                    model_name='scheduleline',
                    name='schedule',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='payments.feeschedule', verbose_name='fee schedule'),
                ),
                migrations.AlterField(
                    model_name='scheduleline',
                    name='side',
                    field=models.CharField(choices=[('il', 'Israeli'), ('ps', 'Palestinian'), ('third', 'third party')], max_length=5, verbose_name='side'),
                ),
                migrations.AlterField(
                    model_name='share',
                    name='currency',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency'),
                ),
                migrations.AlterField(
                    model_name='share',
                    name='due_minor',
                    field=models.PositiveBigIntegerField(verbose_name='due, in the smallest unit'),
                ),
                migrations.AlterField(
                    model_name='share',
                    name='fee',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='payments.fee', verbose_name='fee'),
                ),
                migrations.AlterField(
                    model_name='share',
                    name='public_id',
                    field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='identifier'),
                ),
                migrations.AlterField(
                    model_name='stripeevent',
                    name='api_version',
                    field=models.CharField(blank=True, max_length=40, verbose_name='version of the interface'),
                ),
                migrations.AlterField(
                    model_name='stripeevent',
                    name='event_id',
                    field=models.CharField(max_length=255, unique=True, verbose_name='event'),
                ),
                migrations.AlterField(
                    model_name='stripeevent',
                    name='last_error_class',
                    field=models.CharField(blank=True, max_length=80, verbose_name='last error'),
                ),
                migrations.AlterField(
                    model_name='stripeevent',
                    name='livemode',
                    field=models.BooleanField(default=False, verbose_name='real money at Stripe'),
                ),
                migrations.AlterField(
                    model_name='stripeevent',
                    name='object_id',
                    field=models.CharField(max_length=255, verbose_name='object at Stripe'),
                ),
                migrations.AlterField(
                    model_name='stripeevent',
                    name='object_kind',
                    field=models.CharField(max_length=40, verbose_name='kind of object'),
                ),
                migrations.AlterField(
                    model_name='stripeevent',
                    name='received_at',
                    field=models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='received on'),
                ),
                migrations.AlterField(
                    model_name='stripeevent',
                    name='tries',
                    field=models.PositiveSmallIntegerField(default=0, verbose_name='tries'),
                ),
                migrations.AlterField(
                    model_name='stripeevent',
                    name='type',
                    field=models.CharField(max_length=80, verbose_name='kind of event'),
                ),
            ],
        ),
    ]
