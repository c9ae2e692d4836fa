"""An investor's mandate: conditions, words, and how often to be told."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.money import CURRENCY_CHOICES, Money
from marketplace.organisations.models import MANDATES, Organisation
from marketplace.organisations.permissions import ACTING
from marketplace.people.models import LANGUAGE_CHOICES, User

STAFF = "staff"
RULE = "rule"
"""How the source of a seat begins that staff opened free of charge."""


class Must(models.TextChoices):
    """A condition that may not be missed; what is not a must only adds points."""

    SECTORS = "sectors", _("the sectors")
    STAGES = "stages", _("the stages")
    PLACES = "places", _("the districts")
    LANGUAGES = "languages", _("a shared working language")
    AMOUNT = "amount", _("the amount")
    INSTRUMENTS = "instruments", _("the form of funding")
    TRAITS = "traits", _("what the organisation says of itself")


class MandateQuerySet(models.QuerySet["InvestorMandate"]):
    def of(self, user: User) -> Self:
        """Of the organisations this person acts for."""
        own = user.memberships.filter(role__in=ACTING).values("organisation")
        return self.filter(organisation__in=own)

    def entitled(self) -> Self:
        """Of organisations whose right to be told is in force."""
        now = timezone.now()
        in_force = Q(
            organisation__entitlements__feature=MANDATES,
            organisation__entitlements__starts_at__lte=now,
        ) & (
            Q(organisation__entitlements__ends_at__isnull=True)
            | Q(organisation__entitlements__ends_at__gt=now)
        )
        return self.filter(in_force).distinct()

    def running(self) -> Self:
        """Neither paused nor ended."""
        return self.filter(paused_at__isnull=True, ended_at__isnull=True)

    def standing(self) -> Self:
        """Not ended; a paused one still stands."""
        return self.filter(ended_at__isnull=True)

    def with_conditions(self) -> Self:
        return self.select_related("organisation").prefetch_related("sectors", "places")

    def locked(self, pk: int) -> "InvestorMandate":
        return self.select_for_update().get(pk=pk)


class InvestorMandate(models.Model):
    """What one organisation wishes to fund; seen by itself and by nobody else.

    Amounts are ISO minor units of `amount_currency`. An empty condition means any.
    `version` grows with every change of what is looked for.
    """

    class Cadence(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("once a day")
        WEEKLY = "weekly", _("once a week")

    Must = Must

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="mandates",
        verbose_name=_("organisation"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    name = models.CharField(_("name of the mandate"), max_length=80)
    words = models.TextField(_("in your own words"), blank=True, max_length=2000)
    written_in = models.CharField(
        _("language of the text"), max_length=2, choices=LANGUAGE_CHOICES
    )
    sectors = models.ManyToManyField(
        "taxonomy.Sector",
        blank=True,
        related_name="+",
        verbose_name=_("sectors"),
    )
    places = models.ManyToManyField(
        "taxonomy.Place",
        blank=True,
        related_name="+",
        verbose_name=_("districts"),
    )
    stages = models.JSONField(default=list, blank=True)
    instruments = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    traits = models.JSONField(default=list, blank=True)
    musts = models.JSONField(default=list, blank=True)
    amount_min = models.BigIntegerField(null=True, blank=True)
    amount_max = models.BigIntegerField(null=True, blank=True)
    amount_currency = models.CharField(
        _("currency"), max_length=3, choices=CURRENCY_CHOICES, blank=True
    )
    cadence = models.CharField(
        _("tell me"), max_length=7, choices=Cadence.choices, default=Cadence.DAILY
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(
        _("stated on"), default=timezone.now, editable=False
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_min__isnull=True)
                | Q(amount_max__isnull=True)
                | Q(amount_min__lte=F("amount_max")),
                name="mandate_amounts_in_order",
                violation_error_message=_("The smaller amount stands first."),
            ),
            models.CheckConstraint(
                condition=(Q(amount_min__isnull=True) | Q(amount_min__gte=0))
                & (Q(amount_max__isnull=True) | Q(amount_max__gte=0)),
                name="mandate_amounts_not_negative",
                violation_error_message=_("An amount cannot be below zero."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)  # its name would stand in logs and errors

    def get_absolute_url(self) -> str:
        return reverse("matching:mandate", args=[self.public_id])

    @property
    def amounts(self) -> tuple[Money | None, Money | None]:
        """The range as two amounts; either end may be open."""
        ends = (self.amount_min, self.amount_max)
        return tuple(  # type: ignore[return-value]
            None if minor is None else Money(minor, self.amount_currency)
            for minor in ends
        )

    @property
    def state_label(self) -> str:
        """Whether it is at work, in the word its owner reads."""
        if self.ended_at:
            return str(pgettext_lazy("a mandate", "ended"))
        if self.paused_at:
            return str(pgettext_lazy("a mandate", "paused"))
        return str(pgettext_lazy("a mandate", "at work"))
