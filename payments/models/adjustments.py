"""What a partner need not pay: asked by one person, decided by another."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.lifecycle import Lifecycle
from marketplace.money import Money

from .currencies import Currency
from .fees import Share


class Adjustment(models.Model):
    """What lessens a share, or undoes that; only an approved one is booked.

    Two persons stand behind it, or a rule of the schedule and nobody.
    """

    class Kind(models.TextChoices):
        WAIVER = "waiver", _("waiver")
        SCHOLARSHIP = "scholarship", _("scholarship")
        CORRECTION = "correction", _("correction")
        VOUCHER = "voucher", _("sponsor's voucher")

    class Reason(models.TextChoices):
        MEANS = "means", _("We cannot afford it at present")
        PAYMENT = "payment", _("We have no way to pay that works")
        OTHER = "other", _("Another reason")

    class Rule(models.TextChoices):
        NONE = "", _("asked for")
        FIRST = "first", _("an organisation's first venture")
        CODE = "code", _("the code of a voucher")

    class State(models.TextChoices):
        REQUESTED = "requested", _("waiting for a decision")
        APPROVED = "approved", _("granted")
        DECLINED = "declined", _("not granted")

    lifecycle = Lifecycle(
        {State.REQUESTED: {State.APPROVED, State.DECLINED}}, field="state"
    )

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    share = models.ForeignKey(
        Share,
        on_delete=models.PROTECT,
        related_name="adjustments",
        verbose_name=_("share of a fee"),
    )
    currency = models.ForeignKey(
        Currency,
        on_delete=models.PROTECT,
        verbose_name=_("currency"),
    )
    amount_minor = models.PositiveBigIntegerField(_("amount in the smallest unit"))
    kind = models.CharField(
        _("kind"), max_length=11, choices=Kind.choices, default=Kind.WAIVER
    )
    rule = models.CharField(
        _("rule"), max_length=5, choices=Rule.choices, default=Rule.NONE, blank=True
    )
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="reversal",
        verbose_name=_("takes back"),
    )
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices)
    note = models.TextField(_("in your own words"), max_length=500, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.REQUESTED
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
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

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        ordering = ["-requested_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["share"],
                condition=Q(state="requested"),
                name="one_open_waiver_a_share",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="waiver_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(state="requested", requested_by__isnull=False, rule="")
                & Q(decided_by__isnull=True)
                | (
                    Q(state__in=["approved", "declined"], rule="")
                    & Q(requested_by__isnull=False, decided_by__isnull=False)
                    & ~Q(decided_by=F("requested_by"))
                )
                | (
                    Q(state="approved", requested_by__isnull=True)
                    & Q(decided_by__isnull=True)
                    & ~Q(rule="")
                ),
                name="waiver_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share} · {self.get_state_display()}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency_id)
