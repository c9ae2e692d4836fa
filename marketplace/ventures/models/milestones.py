"""Next steps and milestones of a venture, and each partner's word about them."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.people.models import User

from .venture import JointVenture, VentureParty


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def of(self, user: User) -> Self:
        """Those of the ventures this person may read."""
        return self.filter(venture__in=JointVenture.objects.involving(user))

    def under_way(self) -> Self:
        """Neither done nor dropped."""
        return self.filter(done_at__isnull=True, dropped_at__isnull=True)


class Milestone(models.Model):
    """What one partner is to do by a day; it counts once all partners have confirmed it.

    An edit raises `version` and voids every word about the one before. `stood_…` is
    what all confirmed last: it stays readable while a change waits.
    """

    class Kind(models.TextChoices):
        STEP = "step", _("Next step")
        MILESTONE = "milestone", _("Milestone")

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    venture = models.ForeignKey(
        JointVenture,
        on_delete=models.CASCADE,
        related_name="milestones",
        verbose_name=_("joint venture"),
    )
    kind = models.CharField(
        _("kind"), max_length=9, choices=Kind.choices, default=Kind.STEP
    )
    text = models.CharField(_("what is to be done"), max_length=200)
    owner = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("who does it"),
    )
    due_on = models.DateField(_("by which day"))
    version = models.PositiveIntegerField(_("version"), default=1)
    stood_version = models.PositiveIntegerField(null=True, editable=False)
    stood_text = models.CharField(max_length=200, blank=True, editable=False)
    stood_owner = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        editable=False,
    )
    stood_due_on = models.DateField(null=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(
        _("written on"), default=timezone.now, editable=False
    )
    done_at = models.DateTimeField(_("done on"), null=True, editable=False)
    dropped_at = models.DateTimeField(_("dropped on"), null=True, editable=False)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True),
                name="milestone_done_or_dropped",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        """Its place on the page of the venture."""
        page = reverse("ventures:detail", args=[self.venture.public_id])
        return f"{page}#step-{self.public_id}"

    @property
    def counts(self) -> bool:
        """Whether all partners have confirmed it as it is written now."""
        return self.stood_version == self.version

    @property
    def is_over(self) -> bool:
        return self.done_at is not None or self.dropped_at is not None


class MilestoneWord(models.Model):
    """One partner's yes: that it counts, that it is done, or that it be dropped."""

    class What(models.TextChoices):
        COUNTS = "counts", _("confirmed")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.CASCADE,
        related_name="words",
        verbose_name=_("milestone"),
    )
    party = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("partner"),
    )
    what = models.CharField(_("what"), max_length=7, choices=What.choices)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("said by"),
    )
    said_at = models.DateTimeField(_("said on"), default=timezone.now, editable=False)
    voided_at = models.DateTimeField(_("void since"), null=True, editable=False)

    class Meta:
        verbose_name = _("word about a milestone")
        verbose_name_plural = _("words about milestones")
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "party", "what"],
                condition=Q(voided_at__isnull=True),
                name="one_live_word_about_a_milestone",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_what_display())
