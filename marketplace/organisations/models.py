"""Who takes part as an organisation, who acts for it, and what was opened to whom."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.people.models import User
from marketplace.people.sealing import seal, unseal

from .stages import Stage


class Side(models.TextChoices):
    """Declared by the organisation; for who-meets-whom and fairness figures alone."""

    ISRAELI = "il", _("Israeli")
    PALESTINIAN = "ps", _("Palestinian")
    THIRD = "third", _("third party")


class Trait(models.TextChoices):
    """What an organisation says of itself, by its own choice."""

    WOMEN_LED = "women_led", _("Women-led")
    YOUTH_LED = "youth_led", _("Youth-led")
    COOPERATIVE = "cooperative", _("Co-operative")
    FAMILY_FIRM = "family_firm", _("Family firm")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of(self, user: User) -> Self:
        """Those this person acts for."""
        return self.filter(memberships__user=user)

    def verified(self) -> Self:
        return self.filter(verification_state=Organisation.Verification.VERIFIED)


class Organisation(models.Model):
    """A firm, non-profit or sole trader; the public sees its alias and descriptor.

    The legal name and registration number are sealed and stand in no index, log or
    address.
    """

    class Verification(models.TextChoices):
        PENDING = "pending", _("waiting for verification")
        VERIFIED = "verified", _("verified")
        FAILED = "failed", _("not verified")
        REVOKED = "revoked", _("verification withdrawn")
        EXPIRED = "expired", _("verification expired")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        max_length=64, unique=True, null=True, blank=True, editable=False
    )
    alias = models.CharField(_("public alias"), max_length=80)
    descriptor = models.CharField(_("one line about it"), max_length=160, blank=True)
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    country = models.ForeignKey(
        "taxonomy.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("country"),
    )
    place = models.ForeignKey(
        "taxonomy.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("district"),
    )
    sectors = models.ManyToManyField(
        "taxonomy.Sector", blank=True, verbose_name=_("sectors")
    )
    traits = models.JSONField(_("traits"), default=list, blank=True)
    languages = models.JSONField(_("working languages"), default=list, blank=True)
    sealed_legal_name = models.TextField(blank=True, editable=False)
    sealed_registration = models.TextField(blank=True, editable=False)
    verification_state = models.CharField(
        max_length=10, choices=Verification.choices, default=Verification.PENDING
    )
    verified_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alias

    @property
    def legal_name(self) -> str:
        return unseal(self.sealed_legal_name)

    @legal_name.setter
    def legal_name(self, value: str) -> None:
        self.sealed_legal_name = seal(value)

    @property
    def registration(self) -> str:
        return unseal(self.sealed_registration)

    @registration.setter
    def registration(self, value: str) -> None:
        self.sealed_registration = seal(value)

    @property
    def is_verified(self) -> bool:
        return self.verification_state == self.Verification.VERIFIED


class Membership(models.Model):
    """What one person may do for one organisation."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        EDITOR = "editor", _("editor")
        VIEWER = "viewer", _("viewer")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=6, choices=Role.choices, default=Role.OWNER)
    is_contact = models.BooleanField(_("contact person"), default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="one_membership_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class Invitation(models.Model):
    """A colleague asked to join; only the hash of the link is kept."""

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        EXPIRED = "expired", _("expired")
        REVOKED = "revoked", _("withdrawn")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(
        max_length=6, choices=Membership.Role.choices, default=Membership.Role.EDITOR
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    status = models.CharField(
        max_length=8, choices=Status.choices, default=Status.PENDING
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    expires_at = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return str(self.organisation)


class VerificationDecision(models.Model):
    """One decision of staff about an organisation, with its reason."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="decisions"
    )
    state = models.CharField(max_length=10, choices=Organisation.Verification.choices)
    reason = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("verification decision")
        verbose_name_plural = _("verification decisions")
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_state_display()}"


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


class EntitlementQuerySet(models.QuerySet["Entitlement"]):
    def in_force(self) -> Self:
        now = timezone.now()
        return self.filter(starts_at__lte=now).filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=now)
        )


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
