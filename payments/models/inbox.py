"""The inbox of Stripe's events: stored once, worked off until done."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StripeEventQuerySet(models.QuerySet["StripeEvent"]):
    def ready(self, *, at: datetime) -> Self:
        """Those to be worked on: their time has come, or a worker died over them."""
        return self.filter(
            Q(state=StripeEvent.State.NEW, next_try_at__lte=at)
            | Q(state=StripeEvent.State.PROCESSING, lease_until__lt=at)
        )


class StripeEvent(models.Model):
    """That something happened at Stripe; what happened is fetched, never read here."""

    class State(models.TextChoices):
        NEW = "new", _("waiting")
        PROCESSING = "processing", _("in work")
        DONE = "done", _("done")
        IGNORED = "ignored", _("not ours")
        FAILED = "failed", _("failed")

    event_id = models.CharField(_("event"), max_length=255, unique=True)
    type = models.CharField(_("kind of event"), max_length=80)
    object_kind = models.CharField(_("kind of object"), max_length=40)
    object_id = models.CharField(_("object at Stripe"), max_length=255)
    # The attempt's public id where the object carried it; unproven until fetched.
    reference = models.CharField(max_length=36, blank=True)
    api_version = models.CharField(
        _("version of the interface"), max_length=40, blank=True
    )
    livemode = models.BooleanField(_("real money at Stripe"), default=False)
    created_at = models.DateTimeField(_("made at Stripe"))
    received_at = models.DateTimeField(
        _("received on"), default=timezone.now, editable=False
    )
    payload = models.JSONField(default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.NEW
    )
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error_class = models.CharField(_("last error"), max_length=80, blank=True)

    objects = StripeEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event from Stripe")
        verbose_name_plural = _("events from Stripe")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="event_state_next_try")
        ]

    def __str__(self) -> str:
        return self.event_id
