"""A reader's word to staff."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .listing import Listing


class Report(models.Model):
    """A reader's word to staff that a listing needs a look."""

    class Reason(models.TextChoices):
        REVEALS = "reveals", _("It shows who somebody is")
        UNTRUE = "untrue", _("It is not true")
        HURTFUL = "hurtful", _("The words hurt or threaten")
        OTHER = "other", _("Something else")

    listing = models.ForeignKey(
        Listing,
        on_delete=models.CASCADE,
        related_name="reports",
        verbose_name=_("listing"),
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("reported by"),
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    created_at = models.DateTimeField(
        _("reported on"), default=timezone.now, editable=False
    )
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["closed_at", "created_at"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}"
