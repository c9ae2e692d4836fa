"""Two parties come to know each other: a request, and steps that both agree to."""

import uuid
from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.lifecycle import Lifecycle
from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import LANGUAGE_CHOICES, User

from .consents import StageConsent


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    def involving(self, user: User) -> Self:
        """Those of the organisations this person acts for; drafts only for the asker."""
        own = Organisation.objects.of(user)
        return self.filter(Q(asker__in=own) | (Q(asked__in=own) & ARRIVED))

    def drafts_of(self, user: User) -> Self:
        """What this person's organisations began to write, about what still stands."""
        return self.filter(
            status=Introduction.Status.DRAFT,
            asker__in=Organisation.objects.of(user),
            listing__in=Listing.objects.visible_to(user).values("pk"),
        )

    def awaiting_reply(self) -> Self:
        """Asked and not ended: somebody on one of the sides is to write."""
        return self.filter(status__in=WAITING)

    def between(self, one: Organisation, other: Organisation) -> Self:
        return self.filter(asker__in=(one, other), asked__in=(one, other))

    def known(self) -> Self:
        """Both sides know each other's people: both have agreed to every step."""
        return self.reaching(Stage.PERSON)

    def reaching(self, stage: Stage) -> Self:
        """Accepted, and agreed by both at least up to a stage."""
        given = StageConsent.objects.live().filter(
            introduction=OuterRef("pk"), stage__gte=stage
        )
        return self.filter(
            Exists(given.filter(organisation=OuterRef("asker"))),
            Exists(given.filter(organisation=OuterRef("asked"))),
            status=Introduction.Status.ACCEPTED,
        )

    def overdue(self) -> Self:
        return self.awaiting_reply().filter(expires_at__lte=timezone.now())

    def locked(self, pk: int) -> "Introduction":
        return self.select_for_update().get(pk=pk)

    def with_parties(self) -> Self:
        return self.select_related(
            "asker__place", "asked__place", "listing__organisation", "own_listing"
        ).prefetch_related("consents")


class Introduction(models.Model):
    """One organisation asks another to meet over a listing; both must agree.

    `clock_left` is what was left to answer when the one question stopped the clock;
    until the reply `expires_at` is the asker's own day. A request is silenced when
    the asked side has blocked the asker: it is shown there no more, and runs out.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ASKED = "asked", _("asked")
        QUESTION = "question", _("question asked")
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
            Status.DRAFT: {Status.ASKED},
            Status.ASKED: {
                Status.QUESTION,
                Status.ACCEPTED,
                Status.DECLINED,
                Status.EXPIRED,
                Status.WITHDRAWN,
            },
            Status.QUESTION: {
                Status.ASKED,
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
    i_bring = models.TextField(_("what I bring"), max_length=1000, blank=True)
    i_need = models.TextField(_("what I need"), max_length=1000, blank=True)
    why_you = models.TextField(_("why you"), max_length=1000, blank=True)
    first_step = models.TextField(_("a first small step"), max_length=1000, blank=True)
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
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    question = models.TextField(_("the question"), blank=True, max_length=600)
    question_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(_("the answer to it"), blank=True, max_length=1000)
    replied_at = models.DateTimeField(null=True, blank=True)
    clock_left = models.DurationField(null=True, blank=True, editable=False)
    silenced_at = models.DateTimeField(null=True, blank=True, editable=False)

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
                condition=Q(status__in=["asked", "question", "accepted"]),
                name="one_open_introduction_a_listing",
            ),
            models.UniqueConstraint(
                fields=["asker", "listing"],
                condition=Q(status="draft"),
                name="one_draft_a_listing",
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
    def is_waiting(self) -> bool:
        """Neither answered nor ended."""
        return self.status in WAITING

    @property
    def is_readable(self) -> bool:
        """Whether what the asker wrote is still open to the other side."""
        return self.status in (*WAITING, self.Status.ACCEPTED)

    def given_by(self, organisation: Organisation) -> Stage:
        """How far a side has consented to be seen, by its living consents."""
        stages = [
            Stage(consent.stage)
            for consent in self.consents.all()
            if consent.withdrawn_at is None
            and consent.organisation_id == organisation.pk
        ]
        return max(stages, default=Stage.MEMBER)

    @property
    def stage(self) -> Stage:
        """How far both have agreed; the lesser of the two consents, once accepted."""
        if not self.is_open:
            return Stage.MEMBER
        return min(self.given_by(side) for side in self.both)

    def listing_title_for(self, organisation: Organisation) -> str:
        """What the listing is called; empty once its owner has taken it back.

        Those who have met keep the word under which they met.
        """
        is_own = organisation.pk == self.listing.organisation_id
        shown = is_own or self.is_open or self.listing.is_public
        return self.listing.title if shown else ""

    @property
    def is_overdue(self) -> bool:
        return (
            self.status in WAITING
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


WAITING: Collection[str] = (Introduction.Status.ASKED, Introduction.Status.QUESTION)
# What has reached the side that was asked, and was not blocked by it.
ARRIVED = ~Q(status=Introduction.Status.DRAFT) & Q(silenced_at__isnull=True)
