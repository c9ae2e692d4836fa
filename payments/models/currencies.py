"""The currencies fees are charged in, and how each may be paid."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.money import CURRENCY_CHOICES, Money


class Currency(models.Model):
    """How a currency is counted, charged by Stripe, and payable in this programme.

    All amounts are ISO minor units. `stripe_exponent` is the number of decimals
    Stripe counts in, `step_minor` the smallest payable step, `minimum_minor` the
    smallest amount a card may be charged.
    """

    code = models.CharField(
        _("code"), max_length=3, primary_key=True, choices=CURRENCY_CHOICES
    )
    iso_exponent = models.PositiveSmallIntegerField(_("decimals"), editable=False)
    stripe_exponent = models.PositiveSmallIntegerField(
        _("decimals at Stripe"), editable=False
    )
    step_minor = models.PositiveIntegerField(_("smallest step"), editable=False)
    minimum_minor = models.PositiveBigIntegerField(_("smallest card payment"))
    officer_limit_minor = models.PositiveBigIntegerField(
        _("most that one of finance may grant alone as the second person"), default=0
    )
    card_enabled = models.BooleanField(_("cards"), default=False)
    transfer_enabled = models.BooleanField(_("bank transfer"), default=True)

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(step_minor__gt=0), name="currency_step_is_positive"
            )
        ]

    def __str__(self) -> str:
        return self.code

    def is_within_limit(self, amount: Money) -> bool:
        """Whether an officer of finance may grant it; above it a lead must."""
        return amount.minor <= self.officer_limit_minor

    def takes_card(self, amount: Money) -> bool:
        """Whether a card may be charged this amount."""
        return self.card_enabled and amount.minor >= self.minimum_minor
