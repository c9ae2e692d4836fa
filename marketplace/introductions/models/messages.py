"""What the two sides of an introduction write to each other."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.attachments import PDF, PICTURE
from marketplace.organisations.models import Organisation
from marketplace.private_files import private_storage

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
    text = models.TextField(_("message"), max_length=4000, blank=True)
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return str(self.public_id)


class Attachment(models.Model):
    """The one file of a message, cleaned; its first name is not kept.

    Read through a view that asks at each request whether the thread is open.
    """

    KINDS = [(PDF, "PDF"), (PICTURE, _("picture"))]

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.OneToOneField(
        Message,
        on_delete=models.CASCADE,
        related_name="attachment",
        verbose_name=_("message"),
    )
    file = models.FileField(_("file"), upload_to="attachments", storage=private_storage)
    kind = models.CharField(_("kind"), max_length=20, choices=KINDS)
    size = models.PositiveIntegerField(_("size"))

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return str(self.public_id)
