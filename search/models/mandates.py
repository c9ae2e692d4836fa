"""What mandates look up, what answers them, and what their owners were told."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate
from marketplace.people.models import User

from .index import IndexColumns


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


class PublishedRevision(IndexColumns):
    """What an investment sought said when it became public, kept for previews.

    ``revision`` as in `MandateMatch`; ``published_on`` is the day it was first read.
    An owner who takes a listing back takes its revisions along.
    """

    listing = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="published_revisions"
    )
    revision = models.CharField(max_length=64)
    seen_on = models.DateField(default=timezone.localdate)

    class Meta(IndexColumns.Meta):
        abstract = False
        verbose_name = _("published revision")
        verbose_name_plural = _("published revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "revision"], name="one_row_a_revision"
            )
        ]
        indexes = [models.Index(fields=["seen_on"], name="revisions_newest")]

    def __str__(self) -> str:
        return f"{self.listing_id} · {self.revision[:8]}"


class MandateMatchQuerySet(models.QuerySet["MandateMatch"]):
    def live(self) -> Self:
        return self.filter(is_live=True)

    def untold(self) -> Self:
        """Live, good enough, and of a revision its investor was not told of."""
        return (
            self.live()
            .filter(score__gte=MandateMatch.TOLD_FROM)
            .exclude(
                Exists(
                    MandateTelling.objects.filter(
                        match=OuterRef("pk"), revision=OuterRef("revision")
                    )
                )
            )
        )


class MandateMatch(models.Model):
    """A listing that fits a mandate, one row a pair.

    ``p`` is the chance that the listing answers the mandate, ``q`` the reverse,
    ``score`` their harmonic mean. ``revision`` names what others can see of the
    listing, ``facts`` its parts, so that a change can be marked and a renewal is no
    news; ``changed`` are the parts that differ from what was told last. ``reasons`` as in `Match`, ``there`` told from the mandate.
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


class MandateTelling(models.Model):
    """A revision that an investor was told of, or saw when the mandate was stated.

    One row a revision, so that none is ever told twice, even one that comes back.
    """

    match = models.ForeignKey(
        MandateMatch, on_delete=models.CASCADE, related_name="tellings"
    )
    revision = models.CharField(max_length=64)
    facts = models.JSONField(default=dict)
    letter = models.ForeignKey(
        MandateLetter,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="tellings",
    )

    class Meta:
        verbose_name = _("telling of a match")
        verbose_name_plural = _("tellings of matches")
        constraints = [
            models.UniqueConstraint(
                fields=["match", "revision"], name="a_revision_is_told_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.match_id} · {self.revision[:8]}"
