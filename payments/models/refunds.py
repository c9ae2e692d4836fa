"""Money that goes back: asked for by one person, sent once another agrees."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.lifecycle import Lifecycle
from marketplace.money import Money

from .attempts import PaymentAttempt
from .currencies import Currency


class RefundRequest(models.Model):
    """A part of one payment, or all of it, to be sent back the way it came.

    The row is committed before the processor is asked and `public_id` travels with
    the call, so that a lost answer is found again and nothing is sent twice.
    """

    class Reason(models.TextChoices):
        OVERPAID = "overpaid", _("paid twice or too much")
        MISTAKE = "mistake", _("charged by mistake")
        ENDED = "ended", _("the venture does not go on")
        CRISIS = "crisis", _("cancelled because of a crisis")
        OTHER = "other", _("another reason")

    class State(models.TextChoices):
        REQUESTED = "requested", _("waiting for a decision")
        DECLINED = "declined", _("not granted")
        SENDING = "sending", _("on its way to the processor")
        BY_HAND = "by_hand", _("to be sent by bank")
        PENDING = "pending", _("with the payer's bank")
        SUCCEEDED = "succeeded", _("sent back")
        FAILED = "failed", _("came home again")

    # Granted, and no posting yet: these sums are spoken for.
    SPOKEN_FOR = (State.REQUESTED, State.SENDING, State.BY_HAND)
    lifecycle = Lifecycle(
        {
            State.REQUESTED: {State.DECLINED, State.SENDING, State.BY_HAND},
            State.SENDING: {State.PENDING, State.SUCCEEDED, State.FAILED},
            State.BY_HAND: {State.SUCCEEDED},
            State.PENDING: {State.SUCCEEDED, State.FAILED},
            State.SUCCEEDED: {State.FAILED},
        },
        field="state",
    )

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    attempt = models.ForeignKey(
        PaymentAttempt,
        on_delete=models.PROTECT,
        related_name="refunds",
        verbose_name=_("payment"),
    )
    currency = models.ForeignKey(
        Currency,
        on_delete=models.PROTECT,
        verbose_name=_("currency"),
    )
    amount_minor = models.PositiveBigIntegerField(_("amount in the smallest unit"))
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices)
    note = models.TextField(_("note"), max_length=500, blank=True)
    # Requests that were made together, by one press of a button.
    batch = models.UUIDField(_("batch"), null=True, blank=True, db_index=True)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.REQUESTED
    )
    refund_id = models.CharField(
        _("number at the processor"), max_length=255, unique=True, null=True, blank=True
    )
    bank_reference = models.CharField(
        _("the bank's reference"), max_length=80, blank=True
    )
    error_code = models.CharField(_("error"), max_length=60, blank=True)
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

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["-requested_at", "-pk"]
        permissions = [("exceed_limit", "Can approve above the limit of finance")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="refund_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(state="requested", decided_by__isnull=True)
                | (
                    ~Q(state="requested")
                    & Q(decided_by__isnull=False)
                    & ~Q(decided_by=F("requested_by"))
                ),
                name="refund_decided_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "decided_at"], name="refund_state_age")
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency_id)
