"""Pictures of a listing."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.photos import photo_storage

from .listing import Listing


class ListingPhoto(models.Model):
    """One picture in three fixed sizes, made at upload; the original is not kept.

    Others see it once a review has approved the listing with it.
    """

    listing = models.ForeignKey(
        Listing,
        on_delete=models.CASCADE,
        related_name="photos",
        verbose_name=_("listing"),
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    small = models.FileField(upload_to="photos", storage=photo_storage)
    medium = models.FileField(upload_to="photos", storage=photo_storage)
    large = models.FileField(upload_to="photos", storage=photo_storage)
    small_width = models.PositiveIntegerField(default=0, editable=False)
    small_height = models.PositiveIntegerField(default=0, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    description = models.CharField(_("what it shows"), max_length=160, blank=True)
    approved_at = models.DateTimeField(
        _("approved on"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(
        _("added on"), default=timezone.now, editable=False
    )

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.description or str(self.public_id)
