"""What was looked for in vain, by meaning and never by words; whom nobody answered."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing


class UnmetSearch(models.Model):
    """How often one meaning was searched for on a day, and nothing was found.

    `term` is a concept, sector or kind of help of our own vocabulary. What somebody
    typed, who it was and from where is kept nowhere.
    """

    term = models.CharField(max_length=80)
    happened_on = models.DateField(default=timezone.localdate)
    times = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("search in vain")
        verbose_name_plural = _("searches in vain")
        constraints = [
            models.UniqueConstraint(
                fields=["happened_on", "term"], name="one_count_a_meaning_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.term} {self.happened_on}"


class FollowUp(models.Model):
    """The owner of a listing that nobody matched was told, once, what may help."""

    listing = models.OneToOneField(
        Listing, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("follow-up of an unmatched listing")
        verbose_name_plural = _("follow-ups of unmatched listings")

    def __str__(self) -> str:
        return str(self.listing_id)
