"""A line that a facilitator adds, so that one side understands the other better."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.facilitation.models import Facilitator
from marketplace.organisations.models import Organisation

from .introduction import Introduction


class Context(models.Model):
    """Written for one side by its facilitator, read by both."""

    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="context"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+"
    )
    facilitator = models.ForeignKey(
        Facilitator, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("line of context"), max_length=600)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("line of context")
        verbose_name_plural = _("lines of context")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
