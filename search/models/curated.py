"""Pairs that a person of the programme's staff saw, each with the reason why."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing


class CuratedMatchQuerySet(models.QuerySet["CuratedMatch"]):
    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def of(self, listing: int) -> Self:
        """Those with this listing on either end."""
        return self.filter(Q(first=listing) | Q(second=listing))


class CuratedMatch(models.Model):
    """Two listings that belong together by somebody's judgement, in three languages.

    A row is never deleted: what became of such pairs is measured apart from what was
    computed, from the day it was made on.
    """

    first = models.ForeignKey(
        Listing,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("one listing"),
    )
    second = models.ForeignKey(
        Listing,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("the other"),
    )
    why_en = models.CharField(_("why, in English"), max_length=300)
    why_he = models.CharField(_("why, in Hebrew"), max_length=300)
    why_ar = models.CharField(_("why, in Arabic"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("suggested by"),
    )
    made_at = models.DateTimeField(
        _("suggested on"), default=timezone.now, editable=False
    )
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)

    objects = CuratedMatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("match suggested by staff")
        verbose_name_plural = _("matches suggested by staff")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="curated_pair_in_order"
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(ended_at__isnull=True),
                name="one_standing_suggestion_a_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}"

    @property
    def is_standing(self) -> bool:
        return self.ended_at is None

    @property
    def why(self) -> dict[str, str]:
        """The reason by language."""
        return {"en": self.why_en, "he": self.why_he, "ar": self.why_ar}

    def other_than(self, listing: int) -> int:
        return self.second_id if self.first_id == listing else self.first_id


def partners_of(listing: int) -> dict[int, dict[str, str]]:
    """Whom staff suggest for a listing, with the reason by language; one query."""
    rows: Iterable[CuratedMatch] = CuratedMatch.objects.standing().of(listing)
    return {row.other_than(listing): row.why for row in rows}
