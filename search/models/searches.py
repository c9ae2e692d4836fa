"""Questions that members wish to be told of, and what they were told."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing


class SavedSearch(models.Model):
    """A question asked for its owner while away; nobody else is told or counts it.

    `question` is the query of the search page in its one form (`search.questions`).
    """

    LONGEST = 1000

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    question = models.CharField(max_length=LONGEST)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    looked_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "question"], name="one_search_a_question"
            )
        ]
        indexes = [models.Index(fields=["looked_at"], name="searches_longest_waiting")]

    def __str__(self) -> str:
        return str(self.pk)  # its words would stand in logs and errors


class SearchTelling(models.Model):
    """A listing that a saved search has told of, so that it is told once."""

    search = models.ForeignKey(
        SavedSearch, on_delete=models.CASCADE, related_name="tellings"
    )
    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("telling of a saved search")
        verbose_name_plural = _("tellings of saved searches")
        constraints = [
            models.UniqueConstraint(
                fields=["search", "listing"], name="a_search_tells_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.listing_id}"
