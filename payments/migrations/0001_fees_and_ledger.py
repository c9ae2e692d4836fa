import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import payments.models.attempts
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('ventures', '0001_ventures'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Currency',
            fields=[
                ('code', models.CharField(choices=[('ILS', 'ILS'), ('JOD', 'JOD'), ('USD', 'USD'), ('EUR', 'EUR')], max_length=3, primary_key=True, serialize=False, verbose_name='code')),
                ('iso_exponent', models.PositiveSmallIntegerField(editable=False, verbose_name='decimals')),
                ('stripe_exponent', models.PositiveSmallIntegerField(editable=False, verbose_name='decimals at Stripe')),
                ('step_minor', models.PositiveIntegerField(editable=False, verbose_name='smallest step')),
                ('minimum_minor', models.PositiveBigIntegerField(verbose_name='smallest card payment')),
                ('card_enabled', models.BooleanField(default=False, verbose_name='cards')),
                ('transfer_enabled', models.BooleanField(default=True, verbose_name='bank transfer')),
            ],
            options={
                'verbose_name': 'currency',
                'verbose_name_plural': 'currencies',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('step_minor__gt', 0)), name='currency_step_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='FeeSchedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('total_minor', models.PositiveBigIntegerField(help_text='In hundredths, of dinars in thousandths. 0 asks no fee.', verbose_name='total in the smallest unit')),
                ('mode', models.CharField(choices=[('equal', 'equal shares'), ('pro_rata', 'by ownership')], default='equal', max_length=8, verbose_name='divided')),
                ('due_days', models.PositiveSmallIntegerField(default=30, validators=[django.core.validators.MaxValueValidator(365)], verbose_name='days until due')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency', verbose_name='currency')),
            ],
            options={
                'verbose_name': 'fee schedule',
                'verbose_name_plural': 'fee schedules',
                'ordering': ['currency', '-valid_from'],
            },
        ),
        migrations.CreateModel(
            name='Fee',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('total_minor', models.PositiveBigIntegerField()),
                ('split', models.CharField(choices=[('equal', 'equal shares'), ('pro_rata', 'by ownership')], max_length=8)),
                ('due_on', models.DateField(verbose_name='due on')),
                ('raised_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('state', models.CharField(choices=[('issued', 'open'), ('settled', 'settled'), ('reopened', 'open again'), ('void', 'void')], default='issued', max_length=8, verbose_name='state')),
                ('mode', models.CharField(choices=[('sandbox', 'SANDBOX – no real money'), ('stripe_test', 'TEST – no real money'), ('stripe_live', 'real money')], max_length=12)),
                ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency')),
                ('venture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fees', to='ventures.jointventure', verbose_name='joint venture')),
                ('schedule', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='payments.feeschedule')),
            ],
            options={
                'verbose_name': 'fee',
                'verbose_name_plural': 'fees',
                'ordering': ['-raised_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='LedgerTransaction',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(choices=[('fee', 'fee raised'), ('charge', 'card payment'), ('transfer', 'bank transfer'), ('adjustment', 'waiver'), ('refund', 'refund'), ('refund_failed', 'refund that failed'), ('dispute', 'dispute'), ('settlement', 'settlement by the processor'), ('correction', 'correction')], max_length=14, verbose_name='what')),
                ('occurred_at', models.DateTimeField(verbose_name='happened')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='booked')),
                ('mode', models.CharField(choices=[('sandbox', 'SANDBOX – no real money'), ('stripe_test', 'TEST – no real money'), ('stripe_live', 'real money')], max_length=12)),
                ('source', models.CharField(choices=[('stripe', 'Stripe'), ('staff', 'staff'), ('system', 'automatic')], max_length=6, verbose_name='source')),
                ('memo', models.CharField(blank=True, max_length=120)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('fee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='payments.fee')),
            ],
            options={
                'verbose_name': 'ledger transaction',
                'verbose_name_plural': 'ledger transactions',
                'ordering': ['-recorded_at', 'key'],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(choices=[('receivable', 'receivable'), ('fee_income', 'fee income'), ('waived', 'waived'), ('stripe_clearing', 'Stripe, clearing'), ('bank_clearing', 'bank, clearing'), ('processor_fees', "processor's fees"), ('refunds', 'refunds'), ('disputes', 'disputes'), ('suspense', 'suspense'), ('fx_clearing', 'exchange, clearing')], max_length=16, verbose_name='account')),
                ('amount_minor', models.BigIntegerField(verbose_name='amount')),
                ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency')),
                ('transaction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.ledgertransaction')),
            ],
            options={
                'verbose_name': 'ledger entry',
                'verbose_name_plural': 'ledger entries',
            },
        ),
        migrations.CreateModel(
            name='PaymentAttempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('method', models.CharField(choices=[('stripe_checkout', 'card'), ('bank_transfer', 'bank transfer')], default='stripe_checkout', max_length=16)),
                ('amount_minor', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('creating', 'being prepared'), ('open', 'open'), ('succeeded', 'paid'), ('expired', 'expired'), ('abandoned', 'given up')], default='creating', max_length=10)),
                ('language', models.CharField(choices=[('en', 'English'), ('he', 'עברית'), ('ar', 'العربية')], max_length=2)),
                ('session_id', models.CharField(blank=True, max_length=255, null=True, unique=True)),
                ('intent_id', models.CharField(blank=True, max_length=255, null=True, unique=True)),
                ('checkout_url', models.URLField(blank=True, max_length=2000)),
                ('expires_at', models.DateTimeField(default=payments.models.attempts.end_of_life)),
                ('mode', models.CharField(choices=[('sandbox', 'SANDBOX – no real money'), ('stripe_test', 'TEST – no real money'), ('stripe_live', 'real money')], max_length=12)),
                ('livemode', models.BooleanField(default=False)),
                ('fetch_started_at', models.DateTimeField(blank=True, null=True)),
                ('error_code', models.CharField(blank=True, max_length=60)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'payment attempt',
                'verbose_name_plural': 'payment attempts',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='OfflinePayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bank_reference', models.CharField(max_length=80, verbose_name="the bank's reference")),
                ('received_on', models.DateField(verbose_name='received on')),
                ('recorded_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('attempt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='offline', to='payments.paymentattempt')),
            ],
            options={
                'verbose_name': 'bank transfer',
                'verbose_name_plural': 'bank transfers',
                'ordering': ['-recorded_at', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='ledgertransaction',
            name='attempt',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='payments.paymentattempt'),
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('weight', models.PositiveIntegerField()),
                ('due_minor', models.PositiveBigIntegerField()),
                ('state', models.CharField(choices=[('open', 'open'), ('part', 'partly settled'), ('paid', 'paid'), ('waived', 'waived'), ('reopened', 'open again')], default='open', max_length=8, verbose_name='state')),
                ('is_overpaid', models.BooleanField(default=False, verbose_name='overpaid')),
                ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency')),
                ('fee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shares', to='payments.fee')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fee_shares', to='ventures.ventureparty', verbose_name='partner')),
            ],
            options={
                'verbose_name': 'share of a fee',
                'verbose_name_plural': 'shares of fees',
                'ordering': ['fee', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='paymentattempt',
            name='share',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='payments.share'),
        ),
        migrations.AddField(
            model_name='ledgertransaction',
            name='share',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='postings', to='payments.share'),
        ),
        migrations.CreateModel(
            name='Adjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('amount_minor', models.PositiveBigIntegerField()),
                ('reason', models.CharField(choices=[('means', 'We cannot afford it at present'), ('payment', 'We have no way to pay that works'), ('other', 'Another reason')], max_length=8, verbose_name='reason')),
                ('note', models.TextField(blank=True, max_length=500, verbose_name='in your own words')),
                ('state', models.CharField(choices=[('requested', 'waiting for a decision'), ('approved', 'granted'), ('declined', 'not granted')], default='requested', max_length=9)),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('requested_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('currency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='payments.currency')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='payments.share')),
            ],
            options={
                'verbose_name': 'waiver',
                'verbose_name_plural': 'waivers',
                'ordering': ['-requested_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='StripeEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_id', models.CharField(max_length=255, unique=True)),
                ('type', models.CharField(max_length=80)),
                ('object_kind', models.CharField(max_length=40)),
                ('object_id', models.CharField(max_length=255)),
                ('reference', models.CharField(blank=True, max_length=36)),
                ('api_version', models.CharField(blank=True, max_length=40)),
                ('livemode', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(verbose_name='made at Stripe')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('payload', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('new', 'waiting'), ('processing', 'in work'), ('done', 'done'), ('ignored', 'not ours'), ('failed', 'failed')], default='new', max_length=10, verbose_name='state')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('last_error_class', models.CharField(blank=True, max_length=80)),
            ],
            options={
                'verbose_name': 'event from Stripe',
                'verbose_name_plural': 'events from Stripe',
                'ordering': ['-received_at', '-pk'],
                'indexes': [models.Index(fields=['state', 'next_try_at'], name='event_state_next_try')],
            },
        ),
        migrations.CreateModel(
            name='Discrepancy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('no_schedule', 'no fee schedule in force'), ('transfer_asked', 'a partner asks to pay by transfer'), ('posting_differs', 'a posting differs from its fact'), ('fact_differs', 'a payment differs from what was asked'), ('overpaid', 'paid twice or too much'), ('reopened', 'a settled share is open again'), ('not_activated', 'paid, but the venture was not activated'), ('unknown_object', 'nothing of ours belongs to it'), ('unknown_state', 'a state that is not known'), ('cache_differs', 'a stored state differs from its postings')], max_length=16, verbose_name='matter')),
                ('about', models.CharField(max_length=120, verbose_name='about')),
                ('expected', models.CharField(blank=True, max_length=200, verbose_name='expected')),
                ('found', models.CharField(blank=True, max_length=200, verbose_name='found')),
                ('noted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='noted')),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('resolved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'matter for finance',
                'verbose_name_plural': 'matters for finance',
                'ordering': ['-noted_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('resolved_at__isnull', True)), fields=('kind', 'about'), name='one_open_discrepancy_a_matter')],
            },
        ),
        migrations.AddConstraint(
            model_name='feeschedule',
            constraint=models.UniqueConstraint(fields=('currency', 'valid_from'), name='one_schedule_a_currency_and_day', violation_error_message='There is a schedule for this currency from that day.'),
        ),
        migrations.AddConstraint(
            model_name='feeschedule',
            constraint=models.CheckConstraint(condition=models.Q(('due_days__lte', 365)), name='schedule_due_within_a_year'),
        ),
        migrations.AddIndex(
            model_name='fee',
            index=models.Index(fields=['state', 'due_on'], name='fee_state_due'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'void'), _negated=True), fields=('venture',), name='one_fee_a_venture'),
        ),
        migrations.AddConstraint(
            model_name='fee',
            constraint=models.CheckConstraint(condition=models.Q(('total_minor__gt', 0)), name='fee_total_is_positive'),
        ),
        migrations.AddIndex(
            model_name='ledgerentry',
            index=models.Index(fields=['account', 'currency'], name='entry_account'),
        ),
        migrations.AddConstraint(
            model_name='ledgerentry',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor', 0), _negated=True), name='entry_moves_something'),
        ),
        migrations.AddConstraint(
            model_name='offlinepayment',
            constraint=models.UniqueConstraint(fields=('bank_reference', 'received_on'), name='one_record_a_bank_line'),
        ),
        migrations.AddConstraint(
            model_name='offlinepayment',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('recorded_by')), _negated=True), _connector='OR'), name='transfer_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='share',
            constraint=models.UniqueConstraint(fields=('fee', 'party'), name='one_share_a_partner'),
        ),
        migrations.AddIndex(
            model_name='paymentattempt',
            index=models.Index(fields=['state', 'created_at'], name='attempt_state_age'),
        ),
        migrations.AddConstraint(
            model_name='paymentattempt',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['creating', 'open'])), fields=('share',), name='one_live_attempt_a_share'),
        ),
        migrations.AddConstraint(
            model_name='paymentattempt',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='attempt_amount_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='adjustment',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'requested')), fields=('share',), name='one_open_waiver_a_share'),
        ),
        migrations.AddConstraint(
            model_name='adjustment',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='waiver_amount_is_positive'),
        ),
        migrations.AddConstraint(
            model_name='adjustment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('state', 'requested')), models.Q(('decided_by__isnull', False), ('state__in', ['approved', 'declined']), models.Q(('decided_by', models.F('requested_by')), _negated=True)), _connector='OR'), name='waiver_decided_by_another'),
        ),
    ]
