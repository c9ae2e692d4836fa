"""Months whose books are closed: their figures are kept and looked at again."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from payments.modes import MODE_CHOICES


class MonthClose(models.Model):
    """The trial balance of a month, by the day of booking, as it was when closed.

    `figures`: one list [account, currency, opening, debit, credit] a line, in ISO
    minor units. Nothing is booked into the past, so they stay true for ever.
    """

    mode = models.CharField(_("kind of money"), max_length=12, choices=MODE_CHOICES)
    month = models.DateField(_("month"))
    figures = models.JSONField(_("figures"), default=list)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("closed by"),
    )
    closed_at = models.DateTimeField(
        _("closed on"), default=timezone.now, editable=False
    )

    class Meta:
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["mode", "month"], name="one_close_a_mode_and_month"
            ),
            models.CheckConstraint(
                condition=models.Q(month__day=1), name="month_begins_on_its_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
