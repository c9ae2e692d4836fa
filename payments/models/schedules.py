"""What the programme charges for a joint venture, and since when."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from marketplace.organisations.models import Side

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
        ADJUSTED = "adjusted", _("an amount for each side")

    class WaiverRule(models.TextChoices):
        NONE = "", _("none")
        FIRST = "first", _("an organisation's first venture")

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
    waiver_rule = models.CharField(
        _("waived without asking"),
        max_length=5,
        choices=WaiverRule.choices,
        default=WaiverRule.NONE,
        blank=True,
    )
    waiver_percent = models.PositiveSmallIntegerField(
        _("how much of it, in percent"),
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    instalment_over_minor = models.PositiveBigIntegerField(
        _("instalments above, in the smallest unit"), default=0
    )
    most_instalments = models.PositiveSmallIntegerField(
        _("most instalments"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
        help_text=_("One a month. 1 allows none."),
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
            models.CheckConstraint(
                condition=Q(waiver_percent__range=(1, 100)),
                name="schedule_waives_one_to_hundred",
            ),
            models.CheckConstraint(
                condition=Q(most_instalments__range=(1, 12)),
                name="schedule_instalments_within_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency_id} · {self.valid_from}"

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency_id)

    @property
    def instalment_over(self) -> Money:
        """Above this a share may be paid in instalments."""
        return Money(self.instalment_over_minor, self.currency_id)

    @property
    def is_free(self) -> bool:
        return self.total_minor == 0 and self.mode != self.Mode.ADJUSTED


class ScheduleLine(models.Model):
    """What a partner of one side pays under an adjusted schedule."""

    schedule = models.ForeignKey(
        FeeSchedule,
        on_delete=models.CASCADE,
        related_name="lines",
        verbose_name=_("fee schedule"),
    )
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    amount_minor = models.PositiveBigIntegerField(_("amount in the smallest unit"))

    class Meta:
        verbose_name = _("amount of a side")
        verbose_name_plural = _("amounts of the sides")
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "side"], name="one_line_a_side_and_schedule"
            )
        ]

    def __str__(self) -> str:
        return f"{self.schedule} · {self.get_side_display()}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.schedule.currency_id)
