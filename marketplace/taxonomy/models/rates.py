"""Exchange rates, for comparing ranges of money in matching."""

import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.money import CURRENCY_CHOICES


class ExchangeRateQuerySet(models.QuerySet["ExchangeRate"]):
    def per_usd(
        self, on: datetime.date, max_age: datetime.timedelta = datetime.timedelta(180)
    ) -> dict[str, Decimal]:
        """The newest rate of each currency on a day, none older than `max_age`."""
        known = self.filter(on__lte=on, on__gte=on - max_age).order_by("on")
        return dict(known.values_list("currency", "per_usd"))


class ExchangeRate(models.Model):
    """A dated rate for comparing ranges in matching; never for charging or display.

    `per_usd` is how many units of the currency one US dollar bought on that day.
    """

    currency = models.CharField(_("currency"), max_length=3, choices=CURRENCY_CHOICES)
    per_usd = models.DecimalField(_("per US dollar"), max_digits=14, decimal_places=6)
    on = models.DateField(_("day"))

    objects = ExchangeRateQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-on"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="one_rate_a_day"),
            models.CheckConstraint(
                condition=Q(per_usd__gt=0), name="a_rate_is_above_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on}"
