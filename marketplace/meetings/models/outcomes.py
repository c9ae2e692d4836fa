"""What came of a meeting: a note for oneself, and one line that both confirm."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation

from .meeting import Meeting


class SideNote(models.Model):
    """What one side keeps for itself, and its word on whether they met.

    The text is read by its own people alone; the word by both sides. Neither is owed.
    """

    class TookPlace(models.TextChoices):
        YES = "yes", _("it took place")
        NO = "no", _("it did not take place")

    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.CASCADE,
        related_name="notes",
        verbose_name=_("meeting"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
    )
    text = models.TextField(_("note"), max_length=2000, blank=True)
    took_place = models.CharField(
        _("whether it took place"), max_length=3, choices=TookPlace.choices, blank=True
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(
        _("written on"), default=timezone.now, editable=False
    )

    class Meta:
        verbose_name = _("note of one side")
        verbose_name_plural = _("notes of one side")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "organisation"], name="one_note_a_side"
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class SharedLine(models.Model):
    """One line on a meeting, and the next small step, which both sides confirm.

    An edit raises `version`; a yes counts for the version it was said to.
    """

    meeting = models.OneToOneField(
        Meeting,
        on_delete=models.CASCADE,
        related_name="line",
        verbose_name=_("meeting"),
    )
    text = models.CharField(_("what came of it"), max_length=300)
    step = models.CharField(_("next small step"), max_length=200, blank=True)
    step_owner = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("who does it"),
    )
    step_on = models.DateField(_("by which day"), null=True)
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

    class Meta:
        verbose_name = _("shared line")
        verbose_name_plural = _("shared lines")
        constraints = [
            models.CheckConstraint(
                condition=Q(step="", step_owner__isnull=True, step_on__isnull=True)
                | ~Q(step="") & Q(step_owner__isnull=False, step_on__isnull=False),
                name="step_has_owner_and_day",
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class LineYes(models.Model):
    """One side's yes to one version of the shared line."""

    line = models.ForeignKey(
        SharedLine,
        on_delete=models.CASCADE,
        related_name="yeses",
        verbose_name=_("shared line"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
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
        verbose_name = _("yes to a shared line")
        verbose_name_plural = _("yeses to shared lines")
        constraints = [
            models.UniqueConstraint(
                fields=["line", "organisation", "version"],
                name="one_yes_to_a_shared_line",
            )
        ]

    def __str__(self) -> str:
        return str(self.line)
