"""What the programme charges for a joint venture, and since when."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money

from .currencies import Currency


class FeeScheduleQuerySet(models.QuerySet["FeeSchedule"]):
    def in_force(self, currency: str, *, on: date) -> Self:
        """The schedules of a currency valid by that day, the latest first."""
        return self.filter(currency_id=currency, valid_from__lte=on).order_by(
            "-valid_from"
        )


class FeeSchedule(models.Model):
    """The fee of one venture in one currency; the latest up to today is in force.

    A total of zero says that the programme asks no fee in that currency. Fees copy
    these figures when they are raised, so a later schedule changes none of them.
    """

    class Mode(models.TextChoices):
        EQUAL = "equal", _("equal shares")
        PRO_RATA = "pro_rata", _("by ownership")

    currency = models.ForeignKey(
        Currency, on_delete=models.PROTECT, verbose_name=_("currency")
    )
    total_minor = models.PositiveBigIntegerField(
        _("total in the smallest unit"),
        help_text=_("In hundredths, of dinars in thousandths. 0 asks no fee."),
    )
    mode = models.CharField(
        _("divided"), max_length=8, choices=Mode.choices, default=Mode.EQUAL
    )
    due_days = models.PositiveSmallIntegerField(
        _("days until due"), default=30, validators=[MaxValueValidator(365)]
    )
    valid_from = models.DateField(_("valid from"))

    objects = FeeScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("fee schedule")
        verbose_name_plural = _("fee schedules")
        ordering = ["currency", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "valid_from"],
                name="one_schedule_a_currency_and_day",
                violation_error_message=_(
                    "There is a schedule for this currency from that day."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due_days__lte=365), name="schedule_due_within_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency_id} · {self.valid_from}"

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency_id)
