"""Who helps two sides to meet, what a side let them do, and what they did for it."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.models import Organisation, Side
from marketplace.people.models import User


class Act(models.TextChoices):
    """What a side may let a facilitator do for it; never agree to a step, pay or sign."""

    ANSWER = "answer", _("Answer: accept, decline, ask the one question")
    REPLY = "reply", _("Reply to the one question")
    HOLD = "hold", _("Hold the request, so that its clock stands still")
    CONTEXT = "context", _("Add a line of context for the other side")
    DRAFT = "draft", _("Write a draft for you, which you alone send")
    SCHEDULE = "schedule", _("Agree on times of meetings: propose, pick, move, cancel")
    SOFTEN = "soften", _("Put your draft more gently, before you send it")


class FacilitatorQuerySet(models.QuerySet["Facilitator"]):
    def of_side(self, side: str) -> Self:
        return self.filter(side=side, is_active=True)

    def trusted_by(self, client: Organisation, act: Act, about: uuid.UUID) -> Self:
        """Those whom a client lets do one act in one introduction, now."""
        given = Delegation.objects.live().filter(
            organisation=client, act=act, about=about
        )
        return self.filter(is_active=True, delegations__in=given)

    def with_room(self, or_among: "models.QuerySet[Delegation, Any]") -> Self:
        """Those who can take on one introduction more, or have this one already."""
        cases = Count(
            "delegations__about",
            filter=Q(delegations__revoked_at__isnull=True),
            distinct=True,
        )
        counted = self.annotate(cases=cases)
        return counted.filter(Q(cases__lt=F("most_cases")) | Q(pk__in=or_among))


class Facilitator(models.Model):
    """A member of staff or a partner of the programme who brokers for one side."""

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="facilitator",
        verbose_name=_("person"),
    )
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    most_cases = models.PositiveSmallIntegerField(
        _("introductions at once"), default=20, validators=[MinValueValidator(1)]
    )
    is_active = models.BooleanField(_("takes on introductions"), default=True)

    objects = FacilitatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("facilitator")
        verbose_name_plural = _("facilitators")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def open_cases(self) -> int:
        """In how many introductions somebody relies on this person."""
        return self.delegations.live().values("about").distinct().count()


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def live(self) -> Self:
        return self.filter(revoked_at__isnull=True)

    def held_by(self, user: User) -> Self:
        return self.live().filter(facilitator__user=user, facilitator__is_active=True)


class Delegation(models.Model):
    """One kind of act that a side lets one facilitator do in one introduction.

    `about` is the introduction's public id. Revoked at once, never deleted.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="delegations",
        verbose_name=_("organisation"),
    )
    facilitator = models.ForeignKey(
        Facilitator,
        on_delete=models.CASCADE,
        related_name="delegations",
        verbose_name=_("facilitator"),
    )
    about = models.UUIDField(db_index=True)
    act = models.CharField(_("kind of act"), max_length=8, choices=Act.choices)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("given by"),
    )
    given_at = models.DateTimeField(_("given on"), default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(_("taken back on"), null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate of a facilitator")
        verbose_name_plural = _("mandates of facilitators")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "about", "act"],
                condition=Q(revoked_at__isnull=True),
                name="one_live_mandate_an_act",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class DoneForClient(models.Model):
    """One act by a facilitator for a client, which the client reads."""

    facilitator = models.ForeignKey(
        Facilitator,
        on_delete=models.PROTECT,
        related_name="acts",
        verbose_name=_("facilitator"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="done_for",
        verbose_name=_("organisation"),
    )
    about = models.UUIDField(db_index=True)
    act = models.CharField(_("kind of act"), max_length=20)
    done_at = models.DateTimeField(_("done on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("act for a client")
        verbose_name_plural = _("acts for clients")
        ordering = ["done_at", "pk"]

    def __str__(self) -> str:
        return self.act
