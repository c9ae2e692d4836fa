"""A draft in which a facilitator of its side has written."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.facilitation.models import Act, Facilitator

from .introduction import Introduction


class DraftWording(models.Model):
    """What a facilitator wrote for its client, and what the client had written.

    By field; read by the side that sends it, by no other.
    """

    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="wordings"
    )
    facilitator = models.ForeignKey(
        Facilitator, on_delete=models.PROTECT, related_name="+"
    )
    act = models.CharField(_("kind of act"), max_length=7, default=Act.SOFTEN)
    before = models.JSONField(_("words before"))
    after = models.JSONField(_("words after"), default=dict)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("wording by a facilitator")
        verbose_name_plural = _("wordings by facilitators")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
