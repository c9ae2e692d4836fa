"""What payers' banks dispute: a mirror of the processor's word, for finance alone."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money

from .attempts import PaymentAttempt
from .currencies import Currency

# Statuses after which nothing more comes; any other is open, known to us or not.
CLOSED = ("won", "lost", "warning_closed", "prevented")


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def still_open(self) -> Self:
        return self.exclude(status__in=CLOSED)

    def forbidding_refunds(self) -> Self:
        return self.filter(is_charge_refundable=False)


class Dispute(models.Model):
    """One dispute or inquiry; money moves by its balance transactions, never by this.

    `status` is the processor's own word. A fetch that started earlier than the
    stored one changes nothing.
    """

    dispute_id = models.CharField(_("dispute"), max_length=255, unique=True)
    attempt = models.ForeignKey(
        PaymentAttempt,
        on_delete=models.PROTECT,
        related_name="disputes",
        verbose_name=_("payment"),
    )
    currency = models.ForeignKey(
        Currency,
        on_delete=models.PROTECT,
        verbose_name=_("currency"),
    )
    amount_minor = models.PositiveBigIntegerField(_("amount in the smallest unit"))
    status = models.CharField(_("status"), max_length=40)
    reason = models.CharField(_("reason"), max_length=60, blank=True)
    is_charge_refundable = models.BooleanField(_("may be refunded"), default=False)
    opened_at = models.DateTimeField(_("opened"))
    answer_by = models.DateTimeField(_("answer by"), null=True, blank=True)
    fetch_started_at = models.DateTimeField(default=timezone.now)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.dispute_id

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency_id)

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED
