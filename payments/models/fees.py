"""The programme fee of a venture, and the share of it each partner owes."""

import uuid
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from marketplace.organisations.models import Organisation
from marketplace.people.models import User
from marketplace.prepared import Reading, Row
from marketplace.ventures.models import JointVenture, VentureParty
from payments.modes import MODE_CHOICES

from .currencies import Currency
from .schedules import FeeSchedule


class FeeQuerySet(models.QuerySet["Fee"]):
    def unsettled(self) -> Self:
        return self.filter(state__in=[Fee.State.ISSUED, Fee.State.REOPENED])

    def overdue(self, *, on: date) -> Self:
        return self.unsettled().filter(due_on__lt=on)


class Fee(models.Model):
    """What one venture owes the programme: the schedule's figures of that day.

    `state` repeats what the postings say (`payments.settling` writes it).
    """

    class State(models.TextChoices):
        ISSUED = "issued", _("open")
        SETTLED = "settled", _("settled")
        REOPENED = "reopened", _("open again")
        VOID = "void", _("void")

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    venture = models.ForeignKey(
        JointVenture,
        on_delete=models.PROTECT,
        related_name="fees",
        verbose_name=_("joint venture"),
    )
    schedule = models.ForeignKey(
        FeeSchedule,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("fee schedule"),
    )
    currency = models.ForeignKey(
        Currency,
        on_delete=models.PROTECT,
        verbose_name=_("currency"),
    )
    total_minor = models.PositiveBigIntegerField(_("total in the smallest unit"))
    split = models.CharField(
        _("divided"), max_length=8, choices=FeeSchedule.Mode.choices
    )
    instalment_over_minor = models.PositiveBigIntegerField(default=0)
    most_instalments = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField(_("due on"))
    raised_at = models.DateTimeField(
        _("raised on"), default=timezone.now, editable=False
    )
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.ISSUED
    )
    mode = models.CharField(_("kind of money"), max_length=12, choices=MODE_CHOICES)

    objects = FeeQuerySet.as_manager()

    class Meta:
        verbose_name = _("fee")
        verbose_name_plural = _("fees")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venture"],
                condition=~Q(state="void"),
                name="one_fee_a_venture",
            ),
            models.CheckConstraint(
                condition=Q(total_minor__gt=0), name="fee_total_is_positive"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="fee_state_due")]
        permissions = [("void_fee", "Can void a fee and raise it anew")]

    def __str__(self) -> str:
        return f"{self.venture} · {self.currency_id}"

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency_id)

    @property
    def is_overdue(self) -> bool:
        open_states = (self.State.ISSUED, self.State.REOPENED)
        return self.state in open_states and self.due_on < timezone.localdate()


class ShareQuerySet(models.QuerySet["Share"]):
    def of(self, user: User) -> Self:
        """The shares of the organisations this person belongs to."""
        return self.filter(
            party__organisation__in=Organisation.objects.of(user)
        ).exclude(fee__state=Fee.State.VOID)

    def unsettled(self) -> Self:
        return self.exclude(state__in=Share.SETTLED)

    def locked(self, pk: int) -> "Share":
        """The share, with venture, fee and itself locked in that order."""
        known = _FEE_AND_VENTURE([pk], "")
        if not known:
            raise Share.DoesNotExist
        fee_id, venture_id = known[0]
        venture = _VENTURE(venture_id)
        fee, share = _FEE(fee_id), _SHARE(pk)
        fee.venture, share.fee = venture, fee
        return share


# Money moves under these locks each time that anything is heard of it.
_FEE_AND_VENTURE = Reading(
    lambda shares, language: Share.objects.filter(pk__in=shares).values_list(
        "fee_id", "fee__venture_id"
    )
)
_VENTURE = Row(
    lambda pk: JointVenture.objects.select_for_update(no_key=True).filter(pk=pk)
)
_FEE = Row(lambda pk: Fee.objects.select_for_update(no_key=True).filter(pk=pk))
_SHARE = Row(lambda pk: Share.objects.select_for_update(no_key=True).filter(pk=pk))


class Share(models.Model):
    """One partner's part of a fee; what is due never changes, postings settle it.

    `state` and `is_overpaid` repeat what the postings say.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        PART_SETTLED = "part", _("partly settled")
        PAID = "paid", _("paid")
        WAIVED = "waived", _("waived")
        REOPENED = "reopened", _("open again")

    SETTLED = (State.PAID, State.WAIVED)

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    fee = models.ForeignKey(
        Fee,
        on_delete=models.PROTECT,
        related_name="shares",
        verbose_name=_("fee"),
    )
    party = models.ForeignKey(
        VentureParty,
        on_delete=models.PROTECT,
        related_name="fee_shares",
        verbose_name=_("partner"),
    )
    weight = models.PositiveIntegerField()
    currency = models.ForeignKey(
        Currency,
        on_delete=models.PROTECT,
        verbose_name=_("currency"),
    )
    due_minor = models.PositiveBigIntegerField(_("due, in the smallest unit"))
    # Into how many parts its payer divides it; one a month from the due date on.
    instalments = models.PositiveSmallIntegerField(_("instalments"), default=1)
    # What its payer writes on a transfer; see `payments.references`.
    reference = models.CharField(
        _("reference"), max_length=8, unique=True, null=True, blank=True, editable=False
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.OPEN
    )
    is_overpaid = models.BooleanField(_("overpaid"), default=False)

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("share of a fee")
        verbose_name_plural = _("shares of fees")
        ordering = ["fee", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fee", "party"], name="one_share_a_partner")
        ]

    def __str__(self) -> str:
        return f"{self.fee} · {self.party}"

    def get_absolute_url(self) -> str:
        return reverse("payments:share", args=[self.public_id])

    @property
    def due(self) -> Money:
        return Money(self.due_minor, self.currency_id)

    @property
    def may_divide(self) -> bool:
        """Whether it is large enough to be paid in instalments."""
        fee = self.fee
        return fee.most_instalments > 1 and self.due_minor > fee.instalment_over_minor

    @property
    def is_settled(self) -> bool:
        return self.state in self.SETTLED
