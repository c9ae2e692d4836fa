"""Scored pairs, what became of them, and what a member has put aside."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing
from marketplace.mandates.models import InvestorMandate


class MatchQuerySet(models.QuerySet["Match"]):
    def live(self) -> Self:
        return self.filter(status=Match.Status.LIVE)

    def of(self, listing: Listing) -> Self:
        """Pairs with this listing on either end: what staff suggest, then best first."""
        return self.filter(Q(first=listing) | Q(second=listing)).order_by(
            "-is_curated", "-score", "pk"
        )

    def among(self, visible: models.QuerySet[Listing], own: Listing) -> Self:
        """Pairs of an own listing whose other end can be found now: counts leak, too."""
        other = Case(When(first=own, then=F("second")), default=F("first"))
        found = visible.order_by().filter(pk=OuterRef("other"))
        return self.of(own).annotate(other=other).filter(Exists(found))


class Match(models.Model):
    """Two listings that answer each other, one row a pair.

    ``p`` is the chance that ``second`` answers ``first``, ``q`` the reverse, ``score``
    their harmonic mean. ``reasons`` holds ids and parameters, never sentences, but for
    the reason that staff wrote where they suggest the pair.
    """

    class Status(models.TextChoices):
        LIVE = "live", _("live")
        STALE = "stale", _("out of date")
        WITHDRAWN = "withdrawn", _("withdrawn")

    first = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    p = models.FloatField()
    q = models.FloatField()
    reasons = models.JSONField(default=dict)
    is_curated = models.BooleanField(default=False)
    status = models.CharField(max_length=9, choices=Status, default=Status.LIVE)
    first_version = models.PositiveIntegerField(default=0)
    second_version = models.PositiveIntegerField(default=0)
    weights_version = models.PositiveSmallIntegerField(default=1)
    scored_at = models.DateTimeField(default=timezone.now)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_row_a_pair"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="pair_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["first", "-score"], name="match_first"),
            models.Index(fields=["second", "-score"], name="match_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}"

    def other_than(self, listing: Listing) -> int:
        """The id of the listing on the other end."""
        return self.second_id if self.first_id == listing.pk else self.first_id


class MatchEvent(models.Model):
    """What became of a match, without persons: shown, opened, asked, answered.

    ``seeker`` is the listing it was for, ``mandate`` the mandate; never both.
    """

    class Kind(models.TextChoices):
        SHOWN = "shown", _("shown")
        OPENED = "opened", _("opened")
        REQUESTED = "requested", _("asked for an introduction")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        SILENT = "silent", _("no answer")

    seeker = models.ForeignKey(
        Listing, on_delete=models.CASCADE, null=True, related_name="+"
    )
    mandate = models.ForeignKey(
        InvestorMandate, on_delete=models.CASCADE, null=True, related_name="+"
    )
    shown = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=9, choices=Kind)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=12, blank=True)
    happened_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("match event")
        verbose_name_plural = _("match events")
        indexes = [
            models.Index(fields=["shown", "kind"], name="event_shown"),
            models.Index(fields=["kind", "happened_on"], name="events_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.shown_id} {self.kind}"


class MatchRun(models.Model):
    """One time that a listing or a mandate was matched: who was named, and who passed.

    The log of the candidate and the rank stage, without persons: ``candidates`` and
    ``ranked`` are ids of listings, the second best first. ``seeker`` is the listing
    they were named for, or ``mandate`` the mandate they were weighed by; never both.
    """

    seeker = models.ForeignKey(
        Listing, on_delete=models.CASCADE, null=True, related_name="+"
    )
    mandate = models.ForeignKey(
        InvestorMandate, on_delete=models.CASCADE, null=True, related_name="+"
    )
    candidates = models.JSONField(default=list)
    ranked = models.JSONField(default=list)
    happened_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = _("run of matching")
        verbose_name_plural = _("runs of matching")
        constraints = [
            models.CheckConstraint(
                condition=Q(seeker__isnull=False, mandate__isnull=True)
                | Q(seeker__isnull=True, mandate__isnull=False),
                name="run_for_a_listing_or_a_mandate",
            )
        ]
        indexes = [models.Index(fields=["happened_on"], name="match_runs_by_day")]

    def __str__(self) -> str:
        return f"{self.seeker_id or self.mandate_id}: {len(self.ranked)}"


class ListingExposure(models.Model):
    """How much attention a listing had in the thirty days before it was counted.

    ``weight`` weighs each showing by its place, ``times`` counts them. One row for every listing that stands in some list; counted anew each day, so that
    an order stays the same for a day.
    """

    listing = models.OneToOneField(
        Listing, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    weight = models.FloatField(default=0.0)
    times = models.PositiveIntegerField(default=0)
    counted_on = models.DateField()

    class Meta:
        verbose_name = _("exposure of a listing")
        verbose_name_plural = _("exposures of listings")

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.weight:.2f}"


class SavedListing(models.Model):
    """A listing a member has put aside; nobody else is told or counts it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("saved listing")
        verbose_name_plural = _("saved listings")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "listing"], name="one_bookmark_a_listing"
            )
        ]

    def __str__(self) -> str:
        return str(self.listing_id)
