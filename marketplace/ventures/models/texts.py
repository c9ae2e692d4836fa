"""What partners sign beside its governing words: other languages, versions, dissent."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.people.models import LANGUAGE_CHOICES, User

from .venture import JointVenture, VentureParty


class Wording(models.Model):
    """The text in a language beside the governing one; it is signed with it."""

    venture = models.ForeignKey(
        JointVenture,
        on_delete=models.CASCADE,
        related_name="wordings",
        verbose_name=_("joint venture"),
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("purpose"), max_length=4000)

    class Meta:
        verbose_name = _("wording in a further language")
        verbose_name_plural = _("wordings in further languages")
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(
                fields=["venture", "language"], name="one_wording_a_language"
            )
        ]

    def __str__(self) -> str:
        return str(self.venture)


class TextVersion(models.Model):
    """All that could be signed from one moment on; rows are only added.

    `text` is what `JointVenture.signed_text` said then, and `text_hash` its SHA-256, so
    that a signature leads to the words it was given to.
    """

    venture = models.ForeignKey(
        JointVenture,
        on_delete=models.CASCADE,
        related_name="versions",
        verbose_name=_("joint venture"),
    )
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), editable=False)
    text_hash = models.CharField(_("mark of the text"), max_length=64, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )
    party = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("partner"),
    )
    written_at = models.DateTimeField(
        _("written on"), default=timezone.now, editable=False
    )

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["venture", "number"], name="one_text_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.venture} {self.number}"


class DissentQuerySet(models.QuerySet["Dissent"]):
    def of(self, user: User) -> Self:
        """Those of the ventures this person may read."""
        return self.filter(venture__in=JointVenture.objects.involving(user))


class Dissent(models.Model):
    """What one partner sees otherwise than the agreement; it stands beside the text.

    It is no part of what is signed. Only its own side takes it back, and then the note
    and the day both stay on record.
    """

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    venture = models.ForeignKey(
        JointVenture,
        on_delete=models.CASCADE,
        related_name="dissents",
        verbose_name=_("joint venture"),
    )
    party = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("partner"),
    )
    text = models.TextField(_("note of dissent"), max_length=1000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(
        _("written on"), default=timezone.now, editable=False
    )
    withdrawn_at = models.DateTimeField(_("taken back on"), null=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("taken back by"),
    )

    objects = DissentQuerySet.as_manager()

    class Meta:
        verbose_name = _("note of dissent")
        verbose_name_plural = _("notes of dissent")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return str(self.public_id)
