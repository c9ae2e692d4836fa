"""Local arrangements: small, dated, agreed by all, over by themselves."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.people.models import TIME_ZONE_CHOICES, User
from marketplace.ventures.occasions import Phase, Repeats, Times, phase

from .venture import JointVenture, VentureParty


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    def of(self, user: User) -> Self:
        """Those of the ventures this person may read."""
        return self.filter(venture__in=JointVenture.objects.involving(user))

    def standing(self) -> Self:
        """Agreed by all in a venture that goes on, and left by nobody."""
        return self.filter(
            agreed_at__isnull=False,
            left_at__isnull=True,
            venture__status__in=JointVenture.GOING_ON,
        )


class Arrangement(models.Model):
    """Who does what, where and when; the dates alone say when it is over.

    An edit before all have agreed raises `version` and voids what was said; after that
    nothing is edited: it lapses, is renewed as a new row, or a side leaves it.
    """

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    venture = models.ForeignKey(
        JointVenture,
        on_delete=models.CASCADE,
        related_name="arrangements",
        verbose_name=_("joint venture"),
    )
    renews = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("renews"),
    )
    what = models.CharField(_("what"), max_length=200)
    who = models.CharField(_("who, on each side"), max_length=300)
    place = models.CharField(_("where"), max_length=200)
    first_on = models.DateField(_("from day"))
    last_on = models.DateField(_("to day"))
    from_time = models.TimeField(_("from hour"))
    to_time = models.TimeField(_("to hour"))
    repeats = models.CharField(
        _("how often"), max_length=6, choices=Repeats.choices, default=Repeats.ONCE
    )
    zone = models.CharField(
        _("clock that counts"), max_length=40, choices=TIME_ZONE_CHOICES
    )
    review_on = models.DateField(_("looked at together on"))
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
    agreed_at = models.DateTimeField(_("agreed on"), null=True, editable=False)
    left_at = models.DateTimeField(_("left on"), null=True, editable=False)
    left_by = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="+",
        null=True,
        editable=False,
        verbose_name=_("left by"),
    )

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        verbose_name = _("local arrangement")
        verbose_name_plural = _("local arrangements")
        ordering = ["-first_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")),
                name="arrangement_days_in_order",
                violation_error_message=_("The end cannot come before the start."),
            ),
            models.CheckConstraint(
                condition=Q(review_on__gte=F("first_on"))
                & Q(review_on__lte=F("last_on")),
                name="arrangement_reviewed_while_in_force",
                violation_error_message=_(
                    "Choose a day between the first and the last."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("ventures:arrangement", args=[self.public_id])

    @property
    def times(self) -> Times:
        return Times(
            first_on=self.first_on,
            last_on=self.last_on,
            from_time=self.from_time,
            to_time=self.to_time,
            repeats=self.repeats,
            zone=self.zone,
        )

    def phase_at(self, now: datetime) -> Phase:
        return phase(self.times, now)


class ArrangementWord(models.Model):
    """One partner's word: that it agrees, or afterwards whether it was kept.

    Of kept and not kept the last word of a partner counts; rows are only added.
    """

    class What(models.TextChoices):
        AGREED = "agreed", _("agreed")
        KEPT = "kept", _("kept")
        NOT_KEPT = "not_kept", _("not kept")

    arrangement = models.ForeignKey(
        Arrangement,
        on_delete=models.CASCADE,
        related_name="words",
        verbose_name=_("local arrangement"),
    )
    party = models.ForeignKey(
        VentureParty,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("partner"),
    )
    what = models.CharField(_("what"), max_length=8, choices=What.choices)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("said by"),
    )
    said_at = models.DateTimeField(_("said on"), default=timezone.now, editable=False)
    voided_at = models.DateTimeField(_("void since"), null=True, editable=False)

    class Meta:
        verbose_name = _("word about an arrangement")
        verbose_name_plural = _("words about arrangements")
        ordering = ["said_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["arrangement", "party"],
                condition=Q(what="agreed") & Q(voided_at__isnull=True),
                name="one_live_yes_to_an_arrangement",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_what_display())
