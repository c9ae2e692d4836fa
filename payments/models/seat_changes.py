"""A seat that moves to another plan: what was agreed on, and whether it came to be."""

import uuid
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.lifecycle import Lifecycle
from marketplace.money import Money

from .seats import Interval, Plan, Subscription

# Stripe keeps an answer under its key for a day; later the call is not repeated.
REPEATED_FOR = timedelta(hours=20)


class SeatChangeQuerySet(models.QuerySet["SeatChange"]):
    def open(self) -> Self:
        """Asked for, and neither made nor given up; at most one of a seat."""
        return self.filter(state=SeatChange.State.ASKED)


class SeatChange(models.Model):
    """One agreed change of a seat's plan: what is taken at once, and what from then on.

    The row stands before Stripe is asked. One that costs less begins with the next
    period and waits for it at Stripe. Unpaid, the change waits there with the
    seat as it was, and is over when Stripe has given it up. `first_sent_at` is noted
    before a call, `sent_at` once one was answered.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        DONE = "done", _("done")
        LAPSED = "lapsed", _("not made")

    lifecycle = Lifecycle(
        {State.ASKED: {State.DONE, State.LAPSED}},
        field="state",
    )

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    subscription = models.ForeignKey(
        Subscription,
        on_delete=models.PROTECT,
        related_name="changes",
        verbose_name=_("subscription"),
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, verbose_name=_("plan"), related_name="+"
    )
    was_minor = models.PositiveBigIntegerField(_("amount before"))
    due_minor = models.PositiveBigIntegerField(_("taken at once"))
    amount_minor = models.PositiveBigIntegerField(_("amount in the smallest unit"))
    interval = models.CharField(_("is paid"), max_length=5, choices=Interval.choices)
    counted_from = models.DateTimeField(_("counted from"))
    from_next = models.BooleanField(_("from the next period on"), default=False)
    state = models.CharField(
        _("state"), max_length=6, choices=State.choices, default=State.ASKED
    )
    first_sent_at = models.DateTimeField(_("first sent"), null=True)
    sent_at = models.DateTimeField(_("sent"), null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("requested by"),
    )
    asked_at = models.DateTimeField(
        _("requested"), default=timezone.now, editable=False
    )

    objects = SeatChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a seat")
        verbose_name_plural = _("changes of seats")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subscription"],
                condition=Q(state="asked"),
                name="one_open_change_a_seat",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.subscription.currency_id)

    @property
    def due(self) -> Money:
        return Money(self.due_minor, self.subscription.currency_id)

    @property
    def may_be_repeated(self) -> bool:
        """Whether the call that was not answered may still be made again."""
        return timezone.now() - self.asked_at < REPEATED_FOR
