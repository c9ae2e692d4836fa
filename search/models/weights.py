"""Weights fitted to answers, kept beside the hand-set ones until a person adopts them."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MatchWeightsQuerySet(models.QuerySet["MatchWeights"]):
    def adopted(self) -> Self:
        """The one in force first; none while the hand-set weights are."""
        return self.filter(adopted_at__isnull=False).order_by("-adopted_at", "-pk")


class MatchWeights(models.Model):
    """What each figure of a pair is worth, by the answers up to a day.

    ``base`` and ``weights`` are those of a logistic model, as in ``matching.ranking``;
    ``report`` compares them with the hand-set ones on answers kept back.
    """

    made_at = models.DateTimeField(default=timezone.now, editable=False)
    base = models.FloatField()
    weights = models.JSONField(default=dict)
    answers = models.PositiveIntegerField()
    report = models.JSONField(default=dict)
    adopted_at = models.DateTimeField(null=True, blank=True)

    objects = MatchWeightsQuerySet.as_manager()

    class Meta:
        verbose_name = _("weights of matching")
        verbose_name_plural = _("weights of matching")

    def __str__(self) -> str:
        return f"{self.pk}: {self.answers}"
