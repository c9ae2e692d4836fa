"""What a sponsor gives towards a share: a code for one redemption."""

import uuid
from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.lifecycle import Lifecycle
from marketplace.money import Money
from payments.modes import MODE_CHOICES

from .adjustments import Adjustment
from .currencies import Currency
from .fees import Share


class VoucherQuerySet(models.QuerySet["Voucher"]):
    def usable_for(self, share: Share, *, on: date) -> Self:
        """Those that lessen this share: issued, not over, of its currency and mode.

        Never one that a person of the payer's own organisation asked for or issued.
        """
        own = share.party.organisation.memberships.values("user")
        return (
            self.filter(
                state=Voucher.State.ISSUED,
                expires_on__gte=on,
                currency=share.currency_id,
                mode=share.fee.mode,
            )
            .exclude(requested_by__in=own)
            .exclude(decided_by__in=own)
        )


class Voucher(models.Model):
    """A fixed amount in one currency, asked for by one person, issued by another.

    Its code is shown once, when it is issued; only a hash of it is kept.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("waiting for a decision")
        ISSUED = "issued", _("issued")
        DECLINED = "declined", _("not issued")
        REDEEMED = "redeemed", _("redeemed")
        WITHDRAWN = "withdrawn", pgettext_lazy("voucher", "withdrawn")

    lifecycle = Lifecycle(
        {
            State.REQUESTED: {State.ISSUED, State.DECLINED},
            State.ISSUED: {State.REDEEMED, State.WITHDRAWN},
        },
        field="state",
    )

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    sponsor = models.CharField(_("sponsor"), max_length=120)
    currency = models.ForeignKey(
        Currency, on_delete=models.PROTECT, verbose_name=_("currency")
    )
    amount_minor = models.PositiveBigIntegerField(_("amount in the smallest unit"))
    mode = models.CharField(_("kind of money"), max_length=12, choices=MODE_CHOICES)
    expires_on = models.DateField(_("last day"))
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.REQUESTED
    )
    code_hash = models.CharField(  # noqa: DJ001 - null keeps it unique where absent
        _("hash of the code"), max_length=64, unique=True, null=True, editable=False
    )
    adjustment = models.OneToOneField(
        Adjustment,
        on_delete=models.PROTECT,
        null=True,
        related_name="voucher",
        verbose_name=_("redeemed as"),
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("requested by"),
    )
    requested_at = models.DateTimeField(
        _("requested"), default=timezone.now, editable=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="voucher_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(state="requested", decided_by__isnull=True)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("requested_by"))),
                name="voucher_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["requested", "declined"], code_hash__isnull=True)
                | Q(
                    state__in=["issued", "redeemed", "withdrawn"],
                    code_hash__isnull=False,
                ),
                name="voucher_has_code_once_issued",
            ),
            models.CheckConstraint(
                condition=Q(state="redeemed", adjustment__isnull=False)
                | (~Q(state="redeemed") & Q(adjustment__isnull=True)),
                name="voucher_redeemed_by_an_adjustment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sponsor} · {self.amount.amount} {self.currency_id}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency_id)
