"""Two parties come to know each other: a request, and steps that both agree to."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.facilitation.models import Delegation
from marketplace.lifecycle import Lifecycle
from marketplace.listings.models import Listing
from marketplace.organisations.models import Organisation
from marketplace.organisations.stages import Stage
from marketplace.people.models import LANGUAGE_CHOICES, User

from .querysets import WAITING, IntroductionQuerySet


class Introduction(models.Model):
    """One organisation asks another to meet over a listing; both must agree.

    `clock_left` is what was left to answer when the one question stopped the clock;
    until the reply `expires_at` is the asker's own day. A request is silenced when
    the asked side has blocked the asker: it is shown there no more, and runs out.
    Where one side has blocked the other under another alias, it is `left_by` that side:
    nothing of it reaches its people, and the clock ends it at `parts_at` as either side
    might have, so that no two aliases end together.
    `is_band_due` says that an answer has not gone into its side's band yet.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        ASKED = "asked", _("asked")
        QUESTION = "question", _("question asked")
        HELD = "held", _("held")
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
            Status.HELD: {
                Status.ASKED,
                Status.QUESTION,
                Status.ACCEPTED,
                Status.DECLINED,
                Status.WITHDRAWN,
            },
            Status.ASKED: {
                Status.HELD,
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

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    asker = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="introductions_asked",
        verbose_name=_("who asks"),
    )
    asked = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="introductions_received",
        verbose_name=_("who is asked"),
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("answered by"),
    )
    listing = models.ForeignKey(
        Listing,
        on_delete=models.CASCADE,
        related_name="introductions",
        verbose_name=_("listing"),
    )
    own_listing = models.ForeignKey(
        Listing,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("own listing"),
    )
    i_bring = models.TextField(_("what I bring"), max_length=1000, blank=True)
    i_need = models.TextField(_("what I need"), max_length=1000, blank=True)
    why_you = models.TextField(_("why you"), max_length=1000, blank=True)
    first_step = models.TextField(_("a first small step"), max_length=1000, blank=True)
    constraints = models.TextField(_("what limits us"), max_length=1000, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=LANGUAGE_CHOICES, default="en"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    reason = models.CharField(
        _("reason"), max_length=12, choices=Reason.choices, blank=True
    )
    note = models.TextField(_("note"), blank=True, max_length=1000)
    created_at = models.DateTimeField(
        _("begun on"), default=timezone.now, editable=False
    )
    asked_at = models.DateTimeField(_("asked on"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)
    expires_at = models.DateTimeField(_("open until"), null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0, editable=False)
    question = models.TextField(_("the question"), blank=True, max_length=600)
    question_at = models.DateTimeField(_("question asked on"), null=True, blank=True)
    reply = models.TextField(_("the answer to it"), blank=True, max_length=1000)
    replied_at = models.DateTimeField(_("question answered on"), null=True, blank=True)
    clock_left = models.DurationField(null=True, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    is_band_due = models.BooleanField(default=False, editable=False)
    silenced_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_by = models.ForeignKey(
        Organisation, models.CASCADE, null=True, editable=False, related_name="+"
    )
    parts_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asker=F("asked")), name="introduction_of_two"
            ),
            models.CheckConstraint(
                condition=Q(left_by__isnull=True, parts_at__isnull=True)
                | Q(left_by__isnull=False, parts_at__isnull=False),
                name="introduction_left_parts",
            ),
            models.UniqueConstraint(
                fields=["asker", "listing"],
                condition=Q(status__in=["asked", "question", "held", "accepted"]),
                name="one_open_introduction_a_listing",
            ),
            models.UniqueConstraint(
                fields=["asker", "listing"],
                condition=Q(status="draft"),
                name="one_draft_a_listing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked"],
                condition=Q(is_band_due=True),
                name="introduction_band_due",
            ),
            models.Index(
                fields=["parts_at"],
                condition=Q(parts_at__isnull=False),
                name="introduction_parts_at",
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
    def is_draft(self) -> bool:
        """Written by the asker, and sent to nobody."""
        return self.status == self.Status.DRAFT

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
        return self._given().get(organisation.pk, Stage.MEMBER)

    def _given(self) -> dict[int, Stage]:
        """How far each side that has consented goes; one read, and never kept."""
        given: dict[int, Stage] = {}
        for consent in self.consents.all():
            if consent.withdrawn_at is None:
                side, stage = consent.organisation_id, Stage(consent.stage)
                given[side] = max(stage, given.get(side, Stage.MEMBER))
        return given

    @property
    def stage(self) -> Stage:
        """How far both have agreed; the lesser of the two consents, once accepted."""
        if not self.is_open:
            return Stage.MEMBER
        given = self._given()
        sides = (self.asker_id, self.asked_id)
        return min(given.get(side, Stage.MEMBER) for side in sides)

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
            self.status in (self.Status.ASKED, self.Status.QUESTION)
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
        """The party this person acts for; the caller has checked that there is one.

        For a facilitator it is the client.
        """
        acts = set(Organisation.objects.of(user).values_list("pk", flat=True))
        if not acts & {self.asker_id, self.asked_id}:
            held = Delegation.objects.held_by(user).filter(about=self.public_id)
            acts = set(held.values_list("organisation", flat=True))
        return self.asker if self.asker_id in acts else self.asked

    def alias_of(self, organisation: Organisation) -> str:
        """The name a side goes by here until the organisation itself is open."""
        at = self.own_listing if organisation.pk == self.asker_id else self.listing
        return at.alias if at is not None and at.alias else organisation.alias

    def name_of(self, organisation: Organisation) -> str:
        """What the other side may call it now: its alias, or what the listing says."""
        is_asker = organisation.pk == self.asker_id
        known = is_asker or self.is_open or not self.listing.anonymous
        if known:
            return self.alias_of(organisation)
        return self.listing_title_for(self.asker) or str(self.public_id)[:8]

    def other_than(self, organisation: Organisation) -> Organisation:
        return self.asked if organisation == self.asker else self.asker
