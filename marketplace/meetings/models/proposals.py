"""Times that one side offers: a few slots, of which the other picks one."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation

from .meeting import Meeting, Way

SHORTEST, LONGEST = 15, 120  # minutes
MOST_SLOTS = 5


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        return self.filter(status=Proposal.Status.OPEN)

    def lapsed_at(self, now: datetime) -> Self:
        """Nobody has picked, and the last of the times has begun."""
        return self.open().filter(lapses_at__lte=now)


class Proposal(models.Model):
    """Up to five times of one length and way; the first answer closes it.

    `lapses_at` is when the last of its slots begins.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        PICKED = "picked", _("picked")
        REPLACED = "replaced", _("other times were proposed")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("taken back")
        LAPSED = "lapsed", _("no time was picked")
        CLOSED = "closed", _("ended")

    meeting = models.ForeignKey(
        Meeting,
        on_delete=models.CASCADE,
        related_name="proposals",
        verbose_name=_("meeting"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("organisation"),
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
    )
    way = models.CharField(_("way"), max_length=6, choices=Way.choices)
    place = models.CharField(_("where"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    zone = models.CharField(max_length=40)
    status = models.CharField(
        _("status"), max_length=9, choices=Status.choices, default=Status.OPEN
    )
    proposed_at = models.DateTimeField(
        _("proposed on"), default=timezone.now, editable=False
    )
    lapses_at = models.DateTimeField(editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposed times")
        verbose_name_plural = _("proposed times")
        ordering = ["proposed_at", "pk"]
        indexes = [
            models.Index(
                fields=["lapses_at"],
                condition=Q(status="open"),
                name="proposal_lapse_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(status="open"),
                name="one_open_proposal_a_meeting",
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST),
                name="meeting_of_fair_length",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class Slot(models.Model):
    """One time that is offered, in UTC."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.CASCADE,
        related_name="slots",
        verbose_name=_("proposed times"),
    )
    begins_at = models.DateTimeField(_("begins"))

    class Meta:
        verbose_name = _("time")
        verbose_name_plural = _("times")
        ordering = ["begins_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "begins_at"], name="each_time_offered_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)
