"""The double-entry ledger: append-only, one transaction a fact, sums to zero."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from marketplace.people.languages import isolated
from payments.modes import MODE_CHOICES

from .attempts import PaymentAttempt
from .currencies import Currency
from .fees import Fee, Share


class Account(models.TextChoices):
    """The accounts of the programme, one of each for every currency."""

    RECEIVABLE = "receivable", _("receivable")
    FEE_INCOME = "fee_income", _("fee income")
    SEAT_INCOME = "seat_income", _("seat income")
    WAIVED = "waived", _("waived")
    STRIPE_CLEARING = "stripe_clearing", _("Stripe, clearing")
    BANK_CLEARING = "bank_clearing", _("bank, clearing")
    PROCESSOR_FEES = "processor_fees", _("processor's fees")
    REFUNDS = "refunds", _("refunds")
    DISPUTES = "disputes", _("disputes")
    SUSPENSE = "suspense", _("suspense")
    FX_CLEARING = "fx_clearing", _("exchange, clearing")


def period_of(moment: datetime) -> date:
    """The first day of the month a moment is booked in, in the site's own zone."""
    zone = timezone.get_default_timezone()
    return timezone.localdate(moment, zone).replace(day=1)


class LedgerTransaction(models.Model):
    """One fact of money; `key` names the fact, so that it is booked once.

    Only `payments.ledger.post` writes it, and nothing ever changes or removes it.
    """

    class Kind(models.TextChoices):
        FEE = "fee", _("fee raised")
        CHARGE = "charge", _("card payment")
        TRANSFER = "transfer", _("bank transfer")
        ADJUSTMENT = "adjustment", _("waiver")
        REFUND = "refund", _("refund")
        REFUND_FAILED = "refund_failed", _("refund that failed")
        DISPUTE = "dispute", _("dispute")
        SETTLEMENT = "settlement", _("settlement by the processor")
        CORRECTION = "correction", _("correction")

    class Source(models.TextChoices):
        STRIPE = "stripe", _("Stripe")
        STAFF = "staff", _("staff")
        SYSTEM = "system", _("automatic")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(_("fact"), max_length=120, unique=True)
    kind = models.CharField(_("what"), max_length=14, choices=Kind.choices)
    fee = models.ForeignKey(
        Fee,
        on_delete=models.PROTECT,
        null=True,
        related_name="postings",
        verbose_name=_("fee"),
    )
    share = models.ForeignKey(
        Share,
        on_delete=models.PROTECT,
        null=True,
        related_name="postings",
        verbose_name=_("share of a fee"),
    )
    attempt = models.ForeignKey(
        PaymentAttempt,
        on_delete=models.PROTECT,
        null=True,
        related_name="postings",
        verbose_name=_("payment"),
    )
    occurred_at = models.DateTimeField(_("happened"))
    recorded_at = models.DateTimeField(
        _("booked"), default=timezone.now, editable=False
    )
    period = models.DateField(_("month"), editable=False)
    mode = models.CharField(_("kind of money"), max_length=12, choices=MODE_CHOICES)
    source = models.CharField(_("source"), max_length=6, choices=Source.choices)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("booked by"),
    )
    memo = models.CharField(_("remark"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("ledger transaction")
        verbose_name_plural = _("ledger transactions")
        ordering = ["-recorded_at", "key"]
        indexes = [models.Index(fields=["recorded_at"], name="posting_booked")]

    def __str__(self) -> str:
        return self.key

    @property
    def lines(self) -> str:
        """Its legs in one line: account and signed amount, debit positive."""
        return " · ".join(str(entry) for entry in self.entries.all())


class LedgerEntry(models.Model):
    """One leg: signed minor units, debit positive; written before its transaction.

    `mode` and `period` are those of the transaction, kept so by the database: the
    books of a month are read from one index, without the headers.
    """

    transaction = models.ForeignKey(
        LedgerTransaction,
        on_delete=models.PROTECT,
        related_name="entries",
        verbose_name=_("ledger transaction"),
    )
    account = models.CharField(_("account"), max_length=16, choices=Account.choices)
    currency = models.ForeignKey(
        Currency,
        on_delete=models.PROTECT,
        verbose_name=_("currency"),
    )
    amount_minor = models.BigIntegerField(_("amount"))
    mode = models.CharField(
        _("kind of money"), max_length=12, choices=MODE_CHOICES, editable=False
    )
    period = models.DateField(_("month"), editable=False)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount_minor=0), name="entry_moves_something"
            )
        ]
        indexes = [
            # All that a trial balance reads, in the order it groups by.
            models.Index(
                fields=["mode", "period", "account", "currency", "amount_minor"],
                name="entry_of_period",
            )
        ]

    def __str__(self) -> str:
        # The sign stays before its number among Arabic or Hebrew words.
        amount = isolated(f"{self.amount.amount} {self.currency_id}")
        return f"{self.get_account_display()} {amount}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency_id)
