"""What is told to a person, and the outgoing mail that carries it."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.people.models import LANGUAGE_CHOICES, User
from marketplace.people.sealing import seal, unseal

from .timing import DAILY, NOW, WEEKLY, Rhythm, is_quiet


class NoticeQuerySet(models.QuerySet["Notice"]):
    def to(self, user: User) -> Self:
        return self.filter(recipient=user)

    def unread(self) -> Self:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """One line to one person, kept as a kind and its parameters, never as text.

    `about` is opaque: a model's label and a public id. `once`, where given, lets the
    same thing be told to the same person a single time.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=80)
    parameters = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=300, blank=True)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    once = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["recipient"],
                condition=Q(read_at__isnull=True),
                name="unread_notices",
            ),
            models.Index(fields=["about_type", "about_id"], name="notices_about"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "kind", "once"],
                condition=~Q(once=""),
                name="told_once",
            )
        ]

    def __str__(self) -> str:
        return self.kind


class MailHabits(models.Model):
    """How often a member hears from us, when not, and about what not.

    Without a row: at once, at any hour, about everything.
    """

    class Cadence(models.TextChoices):
        NOW = NOW, _("at once")
        DAILY = DAILY, _("one mail a day")
        WEEKLY = WEEKLY, _("one mail a week")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="mail_habits",
        verbose_name=_("member"),
    )
    cadence = models.CharField(
        _("how often"), max_length=6, choices=Cadence.choices, default=Cadence.NOW
    )
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    days_off = models.JSONField(_("days off"), default=list, blank=True)
    muted = models.JSONField(_("no mails about"), default=list, blank=True)

    class Meta:
        verbose_name = _("mail habits")
        verbose_name_plural = _("mail habits")

    def __str__(self) -> str:
        return str(self.user)

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(
            self.cadence, self.quiet_from, self.quiet_until, tuple(self.days_off)
        )


def habits_of(user: User) -> MailHabits:
    """What a member chose, or the habits of somebody who chose nothing."""
    return MailHabits.objects.filter(user=user).first() or MailHabits(user=user)


def is_quiet_for(user: User, moment: datetime) -> bool:
    """Whether a member wants no news at that moment: quiet hours, or a day off."""
    return is_quiet(moment, user.time_zone, habits_of(user).rhythm)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self, now: datetime) -> Self:
        """Waiting or failed mail whose time has come, and mail whose sender died."""
        waiting = Q(
            state__in=[OutgoingMail.State.NEW, OutgoingMail.State.FAILED],
            next_try_at__lte=now,
        )
        abandoned = Q(state=OutgoingMail.State.SENDING, lease_until__lte=now)
        return self.filter(waiting | abandoned, carried_by__isnull=True)

    def to_merge_with(self, mail: "OutgoingMail") -> Self:
        """Other notices' mails to the same reader that are due and were never tried."""
        return self.due(timezone.now()).filter(
            recipient=mail.recipient_id, notice__isnull=False, tries=0
        )

    def lock_in_turn(self) -> "OutgoingMailQuerySet":
        """Locks from the oldest on, so that no two who do so wait for each other."""
        rows = self.order_by("pk").select_for_update(of=("self",), no_key=True)
        return self.model.objects.filter(pk__in=[row.pk for row in rows.only("pk")])

    def finished(self) -> Self:
        return self.filter(
            state__in=[OutgoingMail.State.SENT, OutgoingMail.State.DROPPED]
        )


class OutgoingMail(models.Model):
    """A mail on its way, a row before it is a message.

    A notice's mail keeps no text: it is written when it is sent. Mail that arrives
    rendered waits sealed in its row. Either is wiped once sent.
    """

    class State(models.TextChoices):
        NEW = "new", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed, to be tried again")
        DEAD = "dead", _("given up")
        DROPPED = "dropped", _("no longer wanted")

    notice = models.OneToOneField(
        Notice, on_delete=models.CASCADE, null=True, blank=True, related_name="mail"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, default="en")
    sealed_address = models.TextField(blank=True, editable=False)
    sealed_subject = models.TextField(blank=True, editable=False)
    sealed_body = models.TextField(blank=True, editable=False)
    # The mail whose letter tells this notice too; it shares its fate.
    carried_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="riders"
    )
    message_id = models.CharField(max_length=120, unique=True, editable=False)
    # Made only so that an unknown address costs as much work as a known one.
    is_blank = models.BooleanField(default=False, editable=False)
    state = models.CharField(max_length=7, choices=State.choices, default=State.NEW)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error_class = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["new", "failed", "sending"]),
                name="mail_to_send",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False)
                | ~Q(sealed_address="")
                | Q(state__in=["sent", "dropped"]),
                name="mail_has_an_address",
            )
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def address(self) -> str:
        """Where it goes: the address it was written for, else the member's present one."""
        if self.sealed_address or self.recipient is None:
            return unseal(self.sealed_address)
        return self.recipient.email

    @property
    def subject(self) -> str:
        return unseal(self.sealed_subject)

    @property
    def body(self) -> str:
        return unseal(self.sealed_body)

    def seal_letter(self, *, subject: str, body: str, address: str = "") -> None:
        """Keep what arrived rendered so that only the sender can read it."""
        self.sealed_subject = seal(subject)
        self.sealed_body = seal(body)
        self.sealed_address = seal(address)

    @staticmethod
    def wiped() -> dict[str, str]:
        """The values that a row keeps of its letter once it is sent: none."""
        return {"sealed_address": "", "sealed_subject": "", "sealed_body": ""}
