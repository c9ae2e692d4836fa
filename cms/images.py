"""Editors' pictures: Wagtail images without what cameras write into them."""

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class EditorImage(AbstractImage):
    """A picture uploaded by an editor; members' photos never come here."""

    admin_form_fields = Image.admin_form_fields


class EditorRendition(AbstractRendition):
    image = models.ForeignKey(
        EditorImage, on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"],
                name="one_rendition_per_spec",
            )
        ]
