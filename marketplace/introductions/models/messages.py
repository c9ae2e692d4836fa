"""What the two sides of an introduction write to each other."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation

from .introduction import Introduction


class Message(models.Model):
    """One message of a thread, kept as written, with its language."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    introduction = models.ForeignKey(
        Introduction,
        on_delete=models.CASCADE,
        related_name="messages",
        verbose_name=_("introduction"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("author"),
    )
    text = models.TextField(_("message"), max_length=4000)
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return str(self.public_id)
