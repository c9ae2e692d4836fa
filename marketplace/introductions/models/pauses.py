"""A listing that takes no new requests for a time, by its owner's wish."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation


class PauseQuerySet(models.QuerySet["Pause"]):
    def live(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Pause(models.Model):
    """No new requests for one alias.

    With a listing it rests alone, because its owner is hidden and pausing all at once
    would show which listings belong together; without one all named listings rest.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+"
    )
    listing = models.ForeignKey(
        Listing, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "listing"],
                condition=Q(ended_at__isnull=True),
                name="one_live_pause_a_listing",
            ),
            # SQLite takes each NULL for another one, so these have a guard of their own.
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(ended_at__isnull=True, listing__isnull=True),
                name="one_live_pause_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
