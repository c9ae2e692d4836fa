"""What was opened to an organisation: fields of others, features of the site."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.organisations.stages import Stage
from marketplace.people.models import User

from .organisation import Organisation


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def live(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Disclosure(models.Model):
    """What one organisation has opened to another, under which alias, since when.

    `scope` is the public id under which the two met (a listing's), `consents` the
    public ids of the consents it rests on. Ended, never deleted.
    """

    of = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="disclosures_given"
    )
    to = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="disclosures_received"
    )
    scope = models.UUIDField()
    stage = models.PositiveSmallIntegerField(choices=Stage.choices)
    consents = models.JSONField(default=list)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        constraints = [
            models.UniqueConstraint(
                fields=["of", "to", "scope", "stage"],
                condition=Q(ended_at__isnull=True),
                name="one_live_disclosure_a_scope_and_stage",
            ),
            models.CheckConstraint(
                condition=~Q(of=F("to")), name="disclosed_to_another"
            ),
        ]
        indexes = [models.Index(fields=["of", "to"], name="disclosure_pair")]

    def __str__(self) -> str:
        return f"{self.of} → {self.to}"


MANDATES = "mandates"
"""The feature of an investor seat: mandates, and noting an interest."""


class EntitlementQuerySet(models.QuerySet["Entitlement"]):
    def in_force(self) -> Self:
        now = timezone.now()
        return self.filter(starts_at__lte=now).filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=now)
        )

    def seats_of(self, user: User) -> Self:
        """Investor seats, in force, of organisations this person is a member of."""
        own = user.memberships.values("organisation")
        return self.in_force().filter(feature=MANDATES, organisation__in=own)


class Entitlement(models.Model):
    """The right of an organisation to use a feature until a date."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="entitlements"
    )
    feature = models.CharField(max_length=40)
    source = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = EntitlementQuerySet.as_manager()

    class Meta:
        verbose_name = _("entitlement")
        verbose_name_plural = _("entitlements")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.feature}"


class FieldChoice(models.Model):
    """From which later stage an owner shows one field; never an earlier one."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="field_choices"
    )
    subject = models.CharField(max_length=20)
    field = models.CharField(max_length=30)
    stage = models.PositiveSmallIntegerField(choices=Stage.choices)
    chosen_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("choice of stage")
        verbose_name_plural = _("choices of stage")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "subject", "field"], name="one_choice_a_field"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}.{self.field}"
