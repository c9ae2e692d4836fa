"""What does not agree, or needs a person: the work list of finance."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DiscrepancyQuerySet(models.QuerySet["Discrepancy"]):
    def unresolved(self) -> Self:
        return self.filter(resolved_at__isnull=True)


class Discrepancy(models.Model):
    """Something finance must look at; the same matter stands once while open.

    `about` names the object (`fee:…`, `attempt:…`, `ch_…`); `expected` and `found`
    hold ids, states and amounts only, never names.
    """

    class Kind(models.TextChoices):
        NO_SCHEDULE = "no_schedule", _("no fee schedule in force")
        TRANSFER_ASKED = "transfer_asked", _("a partner asks to pay by transfer")
        SCREENING = "screening", _("a payment waits for verification")
        POSTING_DIFFERS = "posting_differs", _("a posting differs from its fact")
        FACT_DIFFERS = "fact_differs", _("a payment differs from what was asked")
        REFUND_ASKED = "refund_asked", _("a partner asks for a refund")
        REFUND_FAILED = "refund_failed", _("a refund did not reach the payer")
        FOREIGN_REFUND = "foreign_refund", _("a refund that nobody here asked for")
        DISPUTED = "disputed", _("a payment is disputed by the payer's bank")
        OVERDUE = "overdue", _("a share is a month overdue")
        OVERPAID = "overpaid", _("paid twice or too much")
        REOPENED = "reopened", _("a settled share is open again")
        NOT_ACTIVATED = "not_activated", _("paid, but the venture was not activated")
        UNKNOWN_OBJECT = "unknown_object", _("nothing of ours belongs to it")
        UNKNOWN_SEAT = "unknown_seat", _("paid for a seat that is not here")
        UNKNOWN_STATE = "unknown_state", _("a state that is not known")
        NO_REMOTE = "no_remote", _("booked, but the processor does not know it")
        RULE_BROKEN = "rule_broken", _("a rule of the ledger is broken")
        CACHE_DIFFERS = "cache_differs", _("a stored state differs from its postings")

    kind = models.CharField(_("matter"), max_length=16, choices=Kind.choices)
    about = models.CharField(_("about"), max_length=120)
    expected = models.CharField(_("expected"), max_length=200, blank=True)
    found = models.CharField(_("found"), max_length=200, blank=True)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now, editable=False)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("resolved by"),
    )

    objects = DiscrepancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter for finance")
        verbose_name_plural = _("matters for finance")
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=Q(resolved_at__isnull=True),
                name="one_open_discrepancy_a_matter",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"
