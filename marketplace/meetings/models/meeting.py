"""One meeting of the two sides of an introduction, from the first times to its end."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.facilitation.models import Act, Delegation
from marketplace.introductions.models import Introduction
from marketplace.lifecycle import Lifecycle
from marketplace.organisations.models import Organisation
from marketplace.people.models import User


class Way(models.TextChoices):
    """How two sides meet; the place is a link, a number or an address, if any."""

    CALL = "call", _("phone call")
    VIDEO = "video", _("video")
    PERSON = "person", _("in person")


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def of(self, user: User) -> Self:
        """Those of standing introductions of one's own organisations."""
        own = Organisation.objects.of(user)
        mine = Q(introduction__asker__in=own) | Q(introduction__asked__in=own)
        standing = self.filter(mine, introduction__status=Introduction.Status.ACCEPTED)
        return standing.exclude(introduction__left_by__in=own)

    def heard_of_by(self, user: User) -> Self:
        """Those, and the ones whose times this person agrees on for a client.

        By a mandate that lives, of a side that has not left, and for nobody whose own
        organisation is the other side.
        """
        held = Delegation.objects.held_by(user).filter(
            act=Act.SCHEDULE, about=OuterRef("introduction__public_id")
        )
        own, by_mandate = Organisation.objects.of(user), Q(pk__in=())
        for side, other in (("asker", "asked"), ("asked", "asker")):
            of_side = held.filter(organisation=OuterRef(f"introduction__{side}"))
            has_left = Q(introduction__left_by=F(f"introduction__{side}"))
            is_opposite = Q(**{f"introduction__{other}__in": own})
            by_mandate |= Exists(of_side) & ~has_left & ~is_opposite
        standing = Q(introduction__status=Introduction.Status.ACCEPTED)
        return self.filter(Q(pk__in=self.of(user)) | (standing & by_mandate))

    def going_on(self) -> Self:
        """Times are proposed or agreed, and it is not over."""
        return self.filter(status__in=Meeting.GOING_ON)

    def over_at(self, now: datetime) -> Self:
        return self.filter(status=Meeting.Status.AGREED, ends_at__lte=now)

    def in_words(self) -> Self:
        """With what a page says of each beside its times."""
        return self.select_related("line").prefetch_related("notes", "line__yeses")


class Meeting(models.Model):
    """What two sides agree to: when, how long and in which way.

    `begins_at` stands from the first pick on; new times move it and raise `sequence`.
    The zones are the clocks of the two contact persons as they were then, for who may
    see them.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("times proposed")
        AGREED = "agreed", pgettext_lazy("a meeting", "agreed")
        OVER = "over", pgettext_lazy("a meeting", "over")
        DECLINED = "declined", pgettext_lazy("a meeting", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("a meeting", "taken back")
        LAPSED = "lapsed", _("no time was picked")
        CANCELLED = "cancelled", pgettext_lazy("a meeting", "cancelled")
        CLOSED = "closed", _("ended with the introduction")

    GOING_ON = (Status.PROPOSED, Status.AGREED)

    lifecycle = Lifecycle(
        {
            Status.PROPOSED: {
                Status.AGREED,
                Status.DECLINED,
                Status.WITHDRAWN,
                Status.LAPSED,
                Status.CLOSED,
            },
            Status.AGREED: {Status.OVER, Status.CANCELLED, Status.CLOSED},
        }
    )

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    introduction = models.ForeignKey(
        Introduction,
        on_delete=models.CASCADE,
        related_name="meetings",
        verbose_name=_("introduction"),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED
    )
    begins_at = models.DateTimeField(_("begins"), null=True, editable=False)
    ends_at = models.DateTimeField(_("ends"), null=True, editable=False)
    way = models.CharField(_("way"), max_length=6, choices=Way.choices, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    asker_zone = models.CharField(max_length=40)
    asked_zone = models.CharField(max_length=40)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(
        _("begun on"), default=timezone.now, editable=False
    )
    agreed_at = models.DateTimeField(_("agreed on"), null=True, editable=False)
    cancelled_at = models.DateTimeField(_("cancelled on"), null=True, editable=False)
    cancelled_by = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("cancelled by"),
    )
    remind_at = models.DateTimeField(null=True, editable=False)
    ask_note_at = models.DateTimeField(null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["introduction"],
                condition=Q(status__in=["proposed", "agreed"]),
                name="one_meeting_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(begins_at__isnull=True, ends_at__isnull=True)
                | Q(ends_at__gt=models.F("begins_at")),
                name="meeting_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(
                fields=["ends_at"],
                condition=Q(status="agreed"),
                name="meeting_over_due",
            ),
            models.Index(
                fields=["remind_at"],
                condition=Q(remind_at__isnull=False),
                name="meeting_reminder_due",
            ),
            models.Index(
                fields=["ask_note_at"],
                condition=Q(ask_note_at__isnull=False),
                name="meeting_note_due",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.introduction.public_id])

    @property
    def is_off(self) -> bool:
        """A time was agreed, and does not stand: cancelled, or ended with what it was for."""
        off = (self.Status.CANCELLED, self.Status.CLOSED)
        return self.begins_at is not None and self.status in off

    def is_over_at(self, now: datetime) -> bool:
        """Agreed, and its end has passed, whether or not a clock has noted it."""
        if self.status == self.Status.OVER:
            return True
        agreed = self.status == self.Status.AGREED
        return agreed and self.ends_at is not None and self.ends_at <= now
