"""What mandates look up, what answers them, and what their owners were told."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate
from marketplace.people.models import User


class MandateKey(models.Model):
    """A code under which a listing finds a mandate, at the level its owner chose.

    A mandate at work without a sector stands under `ANY`; a paused one has no key.
    """

    ANY = "*"

    mandate = models.ForeignKey(
        InvestorMandate, on_delete=models.CASCADE, related_name="keys"
    )
    key = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("key of a mandate")
        verbose_name_plural = _("keys of mandates")
        constraints = [
            models.UniqueConstraint(fields=["key", "mandate"], name="mandate_key_once")
        ]

    def __str__(self) -> str:
        return self.key


class MandateScan(models.Model):
    """Up to which version a listing was weighed against the mandates."""

    listing = models.OneToOneField(
        Listing, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    version = models.PositiveIntegerField()
    weighed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("scan for mandates")
        verbose_name_plural = _("scans for mandates")
        indexes = [models.Index(fields=["weighed_at"], name="mandate_scans_newest")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.version}"


class MandateLetter(models.Model):
    """One telling to one person, over all mandates of theirs that had news."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("letter about mandates")
        verbose_name_plural = _("letters about mandates")
        indexes = [
            models.Index(fields=["reader", "-made_at"], name="mandate_letters_newest")
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("mandates:list")


class MandateMatchQuerySet(models.QuerySet["MandateMatch"]):
    def live(self) -> Self:
        return self.filter(is_live=True)

    def untold(self) -> Self:
        """Live, good enough, and of a revision its investor was not told of."""
        return (
            self.live()
            .filter(score__gte=MandateMatch.TOLD_FROM)
            .exclude(told_revision=F("revision"))
        )


class MandateMatch(models.Model):
    """A listing that fits a mandate, one row a pair.

    ``p`` is the chance that the listing answers the mandate, ``q`` the reverse,
    ``score`` their harmonic mean. ``revision`` names what others can see of the
    listing, ``facts`` its parts, so that a change can be marked and a renewal is no
    news. ``reasons`` as in `Match`, ``there`` told from the mandate.
    """

    TOLD_FROM = 0.5

    mandate = models.ForeignKey(
        InvestorMandate, on_delete=models.CASCADE, related_name="matches"
    )
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    p = models.FloatField()
    q = models.FloatField()
    reasons = models.JSONField(default=dict)
    is_live = models.BooleanField(default=True)
    revision = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    told_revision = models.CharField(max_length=64, blank=True)
    told_facts = models.JSONField(default=dict)
    told_in = models.ForeignKey(
        MandateLetter,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="matches",
    )
    changed = models.JSONField(default=list)
    scored_at = models.DateTimeField(default=timezone.now)

    objects = MandateMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match of a mandate")
        verbose_name_plural = _("matches of mandates")
        constraints = [
            models.UniqueConstraint(
                fields=["mandate", "listing"], name="one_row_a_mandate_and_listing"
            )
        ]
        indexes = [models.Index(fields=["mandate", "-score"], name="mandate_best")]

    def __str__(self) -> str:
        return f"{self.mandate_id} – {self.listing_id}"
