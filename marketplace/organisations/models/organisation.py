"""A firm, non-profit or sole trader, and what it says of itself."""

import uuid
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.lifecycle import Lifecycle
from marketplace.people.models import User
from marketplace.people.sealing import seal, unseal


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


class Size(models.TextChoices):
    """How many people work in it, in bands wide enough to point at nobody."""

    ONE = "one", _("one person")
    FEW = "few", _("2 to 9 people")
    TENS = "tens", _("10 to 49 people")
    MANY = "many", _("50 people or more")


class Signers(models.IntegerChoices):
    """How many of its people have to sign a text, each with the own account."""

    ONE = 1, _("one of you")
    TWO = 2, _("two of you")
    THREE = 3, _("three of you")


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

    class Responsiveness(models.TextChoices):
        QUICK = "quick", _("answers within two days")
        STEADY = "steady", _("answers within a week")
        SLOW = "slow", _("takes longer than a week")

    verification = Lifecycle(
        {
            Verification.PENDING: {Verification.VERIFIED, Verification.FAILED},
            # To be verified again is a new check of the same facts, with its own day.
            Verification.VERIFIED: {
                Verification.VERIFIED,
                Verification.REVOKED,
                Verification.EXPIRED,
            },
            Verification.FAILED: {Verification.PENDING, Verification.VERIFIED},
            Verification.REVOKED: {Verification.PENDING, Verification.VERIFIED},
            Verification.EXPIRED: {Verification.PENDING, Verification.VERIFIED},
        },
        field="verification_state",
    )

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    slug = models.SlugField(
        _("address of the page"),
        max_length=64,
        unique=True,
        null=True,
        blank=True,
        editable=False,
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
    size = models.CharField(
        _("people in it"), max_length=4, choices=Size.choices, blank=True
    )
    works_since = models.PositiveSmallIntegerField(
        _("works since"), null=True, blank=True
    )
    trade_facts = models.TextField(_("facts of the trade"), blank=True, max_length=600)
    sealed_legal_name = models.TextField(blank=True, editable=False)
    sealed_registration = models.TextField(blank=True, editable=False)
    verification_state = models.CharField(
        _("verification"),
        max_length=10,
        choices=Verification.choices,
        default=Verification.PENDING,
    )
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    signers = models.PositiveSmallIntegerField(
        _("people who sign for it"), choices=Signers.choices, default=Signers.ONE
    )
    responsiveness = models.CharField(
        _("how quickly it answers"),
        max_length=6,
        choices=Responsiveness.choices,
        blank=True,
        editable=False,
    )
    created_at = models.DateTimeField(
        _("registered on"), default=timezone.now, editable=False
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(signers__gte=1, signers__lte=3),
                name="one_to_three_sign",
            )
        ]
        permissions = [
            (
                "verify_organisation",
                "Can decide about the verification of organisations",
            ),
        ]

    def __str__(self) -> str:
        return self.alias

    def get_absolute_url(self) -> str:
        return reverse("organisations:detail", args=[self.public_id])

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

    @property
    def contact(self) -> User | None:
        """The person partners meet: the one marked so, else the first to have joined.

        Nobody whose account is closed.
        """
        memberships = sorted(
            self.memberships.all(), key=lambda each: (not each.is_contact, each.pk)
        )
        return next((each.user for each in memberships if each.user.is_active), None)
