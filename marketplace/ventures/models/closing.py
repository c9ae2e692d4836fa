"""How partners close a venture together, and what others may learn from it."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.people.models import LANGUAGE_CHOICES, User

from .venture import JointVenture, VentureParty


class Ending(models.TextChoices):
    """Named endings; none of them is a failure of anybody."""

    REACHED = "reached", _("What was intended is reached")
    PERMIT = "permit", _("A permit was refused")
    FUNDING = "funding", _("The funding ended")
    EVENTS = "events", _("Events came between")
    CAPACITY = "capacity", _("Nobody had the time any more")
    MARKET = "market", _("The market changed")
    OTHER = "other", _("Something else")


class ClosingNoteQuerySet(models.QuerySet["ClosingNote"]):
    def of(self, user: User) -> Self:
        """Those of the ventures this person may read."""
        return self.filter(venture__in=JointVenture.objects.involving(user))


class ClosingNote(models.Model):
    """What all partners say at the end, in the same words; the last yes ends the venture.

    `restart` is the opaque end of a link by which the same partners may propose it anew.
    """

    venture = models.OneToOneField(
        JointVenture,
        on_delete=models.CASCADE,
        related_name="closing",
        verbose_name=_("joint venture"),
    )
    ending = models.CharField(_("ending"), max_length=8, choices=Ending.choices)
    note = models.TextField(_("closing note"), max_length=1000)
    lesson = models.CharField(_("lesson for others"), max_length=400, blank=True)
    written_in = models.CharField(
        _("written in"), max_length=2, choices=LANGUAGE_CHOICES
    )
    version = models.PositiveIntegerField(_("version"), default=1)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(
        _("written on"), default=timezone.now, editable=False
    )
    closed_at = models.DateTimeField(_("closed on"), null=True, editable=False)
    restart = models.UUIDField(
        _("link for a new start"), default=uuid.uuid4, unique=True, editable=False
    )
    restarted_as = models.ForeignKey(
        JointVenture,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="restarts",
        verbose_name=_("started anew as"),
    )

    objects = ClosingNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("closing note")
        verbose_name_plural = _("closing notes")

    def __str__(self) -> str:
        return str(self.venture)

    def get_absolute_url(self) -> str:
        return reverse("ventures:closing", args=[self.venture.public_id])


class ClosingWord(models.Model):
    """One partner's yes to one version of the closing note."""

    note = models.ForeignKey(
        ClosingNote,
        on_delete=models.CASCADE,
        related_name="words",
        verbose_name=_("closing note"),
    )
    party = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("partner"),
    )
    version = models.PositiveIntegerField(_("version"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("said by"),
    )
    said_at = models.DateTimeField(_("said on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("yes to a closing note")
        verbose_name_plural = _("yeses to closing notes")
        constraints = [
            models.UniqueConstraint(
                fields=["note", "party", "version"], name="one_yes_to_a_closing_note"
            )
        ]

    def __str__(self) -> str:
        return str(self.party)


class LessonQuerySet(models.QuerySet["Lesson"]):
    def published(self) -> Self:
        """In an order that says nothing of when each came."""
        return self.filter(published_on__isnull=False).order_by("public_id")


class Lesson(models.Model):
    """What partners let others learn, without a name; staff put it into three languages.

    Once it is published or left out, `note` is emptied: nothing leads from the library
    back to its writers.
    """

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    note = models.OneToOneField(
        ClosingNote,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("closing note"),
    )
    ending = models.CharField(_("ending"), max_length=8, choices=Ending.choices)
    written_in = models.CharField(
        _("written in"), max_length=2, choices=LANGUAGE_CHOICES, editable=False
    )
    text_en = models.CharField(_("in English"), max_length=500, blank=True)
    text_he = models.CharField(_("in Hebrew"), max_length=500, blank=True)
    text_ar = models.CharField(_("in Arabic"), max_length=500, blank=True)
    published_on = models.DateField(_("published on"), null=True, editable=False)
    left_out_on = models.DateField(_("left out on"), null=True, editable=False)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["public_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | ~Q(text_en="") & ~Q(text_he="") & ~Q(text_ar=""),
                name="lesson_published_in_three_languages",
                violation_error_message=_("A lesson is published in three languages."),
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)[:8]

    @property
    def is_open(self) -> bool:
        return self.published_on is None and self.left_out_on is None

    @property
    def text(self) -> str:
        """In the reader's language."""
        return str(getattr(self, f"text_{(get_language() or 'en')[:2]}", self.text_en))
