"""Two parties come to know each other: a question, two consents, a thread."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.lifecycle import Lifecycle
from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import LANGUAGE_CHOICES, User


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def involving(self, user: User) -> Self:
        """Those of the organisations this person acts for; drafts only for the asker."""
        own = Organisation.objects.of(user)
        return self.filter(
            Q(asker__in=own) | (Q(asked__in=own) & ~Q(status=Introduction.Status.DRAFT))
        )

    def awaiting_reply(self) -> Self:
        return self.filter(status=Introduction.Status.ASKED)

    def overdue(self) -> Self:
        return self.awaiting_reply().filter(expires_at__lte=timezone.now())

    def locked(self, pk: int) -> "Introduction":
        return self.select_for_update().get(pk=pk)

    def with_parties(self) -> Self:
        return self.select_related(
            "asker__place", "asked__place", "listing__organisation", "own_listing"
        )


class Introduction(models.Model):
    """One organisation asks another to meet over a listing; both must agree."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ASKED = "asked", _("asked")
        ACCEPTED = "accepted", pgettext_lazy("a request", "accepted")
        DECLINED = "declined", pgettext_lazy("a request", "declined")
        EXPIRED = "expired", _("no answer")
        WITHDRAWN = "withdrawn", pgettext_lazy("a request", "withdrawn")
        CLOSED = "closed", _("closed")

    class Reason(models.TextChoices):
        NOT_NOW = "not_now", _("Not now; later would suit better")
        NO_FIT = "no_fit", _("It does not fit what we look for")
        NO_CAPACITY = "no_capacity", _("We have no capacity at present")
        PRACTICAL = "practical", _("It cannot work in practice at present")
        OTHER = "other", _("Another reason")

    lifecycle = Lifecycle(
        {
            Status.DRAFT: {Status.ASKED, Status.WITHDRAWN},
            Status.ASKED: {
                Status.ACCEPTED,
                Status.DECLINED,
                Status.EXPIRED,
                Status.WITHDRAWN,
            },
            Status.ACCEPTED: {Status.CLOSED},
        }
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asker = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="introductions_asked"
    )
    asked = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="introductions_received"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    listing = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="introductions"
    )
    own_listing = models.ForeignKey(
        Listing, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    i_bring = models.TextField(_("what I bring"), max_length=1000)
    i_need = models.TextField(_("what I need"), max_length=1000)
    why_you = models.TextField(_("why you"), max_length=1000)
    first_step = models.TextField(_("a first small step"), max_length=1000)
    constraints = models.TextField(_("what limits us"), max_length=1000, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, default="en")
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    note = models.TextField(blank=True, max_length=1000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asker=F("asked")), name="introduction_of_two"
            ),
            models.UniqueConstraint(
                fields=["asker", "listing"],
                condition=Q(status__in=["asked", "accepted"]),
                name="one_open_introduction_a_listing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("introductions:detail", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Both have agreed, and nobody has taken it back."""
        return self.status == self.Status.ACCEPTED

    @property
    def is_readable(self) -> bool:
        """Whether what the asker wrote is still open to the other side."""
        return self.status in (self.Status.ASKED, self.Status.ACCEPTED)

    @property
    def is_overdue(self) -> bool:
        return (
            self.status == self.Status.ASKED
            and self.expires_at is not None
            and self.expires_at <= timezone.now()
        )

    @property
    def both(self) -> tuple[Organisation, Organisation]:
        return self.asker, self.asked

    @property
    def directions(self) -> tuple[tuple[Organisation, Organisation], ...]:
        """Who is opened to whom, both ways."""
        return (self.asker, self.asked), (self.asked, self.asker)

    def side_of(self, user: User) -> Organisation:
        """The party this person acts for; the caller has checked that there is one."""
        acts = set(Organisation.objects.of(user).values_list("pk", flat=True))
        return self.asker if self.asker_id in acts else self.asked

    def other_than(self, organisation: Organisation) -> Organisation:
        return self.asked if organisation == self.asker else self.asker


class StageConsent(models.Model):
    """One side's yes to one stage; withdrawn, never deleted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="consents"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+"
    )
    stage = models.PositiveSmallIntegerField(choices=Stage.choices)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["introduction", "organisation", "stage"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_live_consent_a_stage",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Message(models.Model):
    """One message of a thread, kept as written, with its language."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    introduction = models.ForeignKey(
        Introduction, on_delete=models.CASCADE, related_name="messages"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("message"), max_length=4000)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return str(self.public_id)
