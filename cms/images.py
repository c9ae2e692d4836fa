"""Editors' pictures: Wagtail images without what cameras write into them."""

import uuid

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from marketplace.photos import PhotoRefused, clean_photo


class EditorImage(AbstractImage):
    """A picture uploaded by an editor; members' photos never come here.

    What is kept is the widest rendition of the upload: pixels alone, under a random
    name. The upload itself is thrown away before it reaches the disk.
    """

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def clean(self) -> None:
        super().clean()
        try:
            self._keep_only_pixels()
        except PhotoRefused as refusal:
            raise ValidationError({"file": str(refusal.user_message)}) from refusal

    def save(self, *args: object, **kwargs: object) -> None:
        self._keep_only_pixels()
        super().save(*args, **kwargs)

    def _keep_only_pixels(self) -> None:
        """Replace a new file by its clean rendition; a stored one is left alone."""
        if not self.file or self.file._committed:  # type: ignore[has-type]
            return
        if isinstance(self.file.file, CleanFile):  # type: ignore[has-type]
            return
        self.file.seek(0)  # type: ignore[has-type]
        widest = clean_photo(self.file, self.file.name)[-1]  # type: ignore[has-type]
        self.file = CleanFile(widest.data, name=f"{uuid.uuid4().hex}.webp")
        self.width, self.height = widest.width, widest.height
        self._set_image_file_metadata()


class CleanFile(ContentFile):
    """The bytes of a rendition that we drew ourselves."""


class EditorRendition(AbstractRendition):
    image = models.ForeignKey(
        EditorImage, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        verbose_name = _("size of a picture")
        verbose_name_plural = _("sizes of a picture")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_spec",
            )
        ]
