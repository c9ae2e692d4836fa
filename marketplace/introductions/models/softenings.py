"""A draft that a facilitator of its side has put more gently."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.facilitation.models import Facilitator

from .introduction import Introduction


class Softening(models.Model):
    """What stood there before, by field; read by the side that wrote it, by no other."""

    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="softenings"
    )
    facilitator = models.ForeignKey(
        Facilitator, on_delete=models.PROTECT, related_name="+"
    )
    before = models.JSONField(_("words before"))
    softened_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("gentler wording")
        verbose_name_plural = _("gentler wordings")
        ordering = ["softened_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
