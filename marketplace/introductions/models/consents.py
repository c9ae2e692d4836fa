"""The single yes of one side to one step, on which all that is open rests."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage


class StageConsentQuerySet(models.QuerySet["StageConsent"]):
    def live(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class StageConsent(models.Model):
    """One side's yes to one stage; withdrawn, never deleted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    introduction = models.ForeignKey(
        "introductions.Introduction",
        on_delete=models.CASCADE,
        related_name="consents",
        verbose_name=_("introduction"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
    )
    stage = models.PositiveSmallIntegerField(_("stage"), choices=Stage.choices)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("given by"),
    )
    given_at = models.DateTimeField(_("given on"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    objects = StageConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "organisation", "stage"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_consent_a_stage",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)
