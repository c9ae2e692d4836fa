"""What a member tells staff about a thread."""

import json
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation
from marketplace.people.sealing import seal, unseal

from .introduction import Introduction


class Concern(models.Model):
    """A member's word to staff that something in a thread is not right.

    What the other side wrote last is copied and sealed, so that it is there even after
    the introduction has ended; staff learn the aliases only.
    """

    class Reason(models.TextChoices):
        PRESSURE = "pressure", _("They press or threaten")
        HURTFUL = "hurtful", _("The words hurt")
        MONEY = "money", _("They ask for money or papers")
        REVEALS = "reveals", _("They try to find out who we are")
        OTHER = "other", _("Something else")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    introduction = models.ForeignKey(
        Introduction,
        on_delete=models.CASCADE,
        related_name="concerns",
        verbose_name=_("introduction"),
    )
    about = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
    )
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    sealed_quotes = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(
        _("reported on"), default=timezone.now, editable=False
    )
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("report of a thread")
        verbose_name_plural = _("reports of threads")
        ordering = ["closed_at", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "raised_by"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_concern_a_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())

    @property
    def quotes(self) -> list[str]:
        """What the other side wrote last, oldest first, as it stood then."""
        return json.loads(unseal(self.sealed_quotes)) if self.sealed_quotes else []

    @quotes.setter
    def quotes(self, texts: list[str]) -> None:
        self.sealed_quotes = seal(json.dumps(texts)) if texts else ""
