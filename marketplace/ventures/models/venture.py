"""Joint ventures: two or more owners, equal in rights, bound by one signed text."""

import hashlib
import json
import uuid
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.introductions.models import Introduction
from marketplace.lifecycle import Lifecycle
from marketplace.money import CURRENCY_CHOICES
from marketplace.organisations.models import Organisation
from marketplace.people.models import LANGUAGE_CHOICES, User

WHOLE = 10_000  # ownership is counted in hundredths of a percent


class JointVentureQuerySet(models.QuerySet["JointVenture"]):
    def involving(self, user: User) -> Self:
        """Those of the organisations this person acts for, as far as they stand."""
        own = Organisation.objects.of(user)
        return self.standing().filter(parties__organisation__in=own).distinct()

    def standing(self) -> Self:
        """Signed by all, or proposed between partners of whom each still knows each.

        Before all have signed a text rests on introductions: once one of them is
        closed, nobody reads the proposal any more.
        """
        met = Introduction.objects.known().filter(
            Q(asker=OuterRef("organisation"), asked=OuterRef("other"))
            | Q(asker=OuterRef("other"), asked=OuterRef("organisation"))
        )
        strangers = (
            VentureParty.objects.filter(venture=OuterRef("pk"))
            .annotate(other=F("venture__parties__organisation"))
            .exclude(organisation=F("other"))
            .filter(~Exists(met))
        )
        return self.filter(Q(agreed_at__isnull=False) | ~Exists(strangers))

    def locked(self, pk: int) -> "JointVenture":
        return self.select_for_update().get(pk=pk)


class JointVenture(models.Model):
    """What two or more organisations propose to build, and how far they are.

    `title` and `purpose` are in the language that governs; the same in further
    languages stands in `wordings`.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("waiting for signatures")
        AGREED = "agreed", _("signed by all")
        ACTIVE = "active", _("active")
        WITHDRAWN = "withdrawn", pgettext_lazy("a venture", "withdrawn")
        SUSPENDED = "suspended", _("suspended")
        ENDED = "ended", _("ended")

    GOING_ON = (Status.AGREED, Status.ACTIVE, Status.SUSPENDED)  # all have signed
    OVER = (Status.WITHDRAWN, Status.ENDED)

    lifecycle = Lifecycle(
        {
            Status.PROPOSED: {Status.AGREED, Status.WITHDRAWN},
            Status.AGREED: {Status.ACTIVE, Status.ENDED},
            Status.ACTIVE: {Status.SUSPENDED, Status.ENDED},
            Status.SUSPENDED: {Status.ACTIVE, Status.ENDED},
        }
    )

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    introduction = models.ForeignKey(
        Introduction,
        on_delete=models.PROTECT,
        related_name="ventures",
        verbose_name=_("introduction"),
    )
    title = models.CharField(_("title"), max_length=120)
    purpose = models.TextField(_("purpose"), max_length=4000)
    governing_language = models.CharField(
        _("language that governs"), max_length=2, choices=LANGUAGE_CHOICES
    )
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    fee_currency = models.CharField(
        _("currency of the programme fee"),
        max_length=3,
        choices=CURRENCY_CHOICES,
        default="USD",
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    created_at = models.DateTimeField(
        _("proposed on"), default=timezone.now, editable=False
    )
    agreed_at = models.DateTimeField(_("signed by all on"), null=True, blank=True)
    activated_at = models.DateTimeField(_("active since"), null=True, blank=True)

    objects = JointVentureQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint venture")
        verbose_name_plural = _("joint ventures")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="venture_dates_in_order",
                violation_error_message=_("The end cannot come before the start."),
            )
        ]

    def __str__(self) -> str:
        return str(
            self.public_id
        )  # log and staff screens show it; the text is not theirs

    def get_absolute_url(self) -> str:
        return reverse("ventures:detail", args=[self.public_id])

    def signed_text(self) -> str:
        """All that is signed, as JSON: words of every language, dates, currency, shares."""
        signed = {
            "governing_language": self.governing_language,
            "words": {
                self.governing_language: [self.title, self.purpose],
                **{
                    row.language: [row.title, row.purpose]
                    for row in self.wordings.all()
                },
            },
            "starts_on": str(self.starts_on),
            "ends_on": str(self.ends_on or ""),
            "fee_currency": self.fee_currency,
            "parties": [
                [str(party.organisation.public_id), party.ownership]
                for party in self.parties.select_related("organisation").order_by(
                    "organisation__public_id"
                )
            ],
        }
        return json.dumps(signed, ensure_ascii=False, sort_keys=True)

    def text_hash(self) -> str:
        """SHA-256 of all that is signed."""
        return hashlib.sha256(self.signed_text().encode()).hexdigest()


class VentureParty(models.Model):
    """One owner: `ownership` in hundredths of a percent, rights equal whatever it is.

    `signers` of its people sign, as its owners had said when the text was proposed.
    """

    venture = models.ForeignKey(
        JointVenture,
        on_delete=models.CASCADE,
        related_name="parties",
        verbose_name=_("joint venture"),
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="venture_parties",
        verbose_name=_("organisation"),
    )
    ownership = models.PositiveIntegerField(
        _("ownership"), validators=[MinValueValidator(1), MaxValueValidator(WHOLE)]
    )
    signers = models.PositiveSmallIntegerField(_("people who sign"), default=1)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["venture", "organisation"], name="one_party_an_organisation"
            ),
            models.CheckConstraint(
                condition=Q(ownership__gte=1) & Q(ownership__lte=WHOLE),
                name="ownership_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(signers__gte=1), name="somebody_signs_for_a_party"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Signature(models.Model):
    """One person's yes for a party to exactly one text, by its hash; an edit voids it."""

    party = models.ForeignKey(
        VentureParty, on_delete=models.CASCADE, related_name="signatures"
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    text_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField(default=timezone.now, editable=False)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "signed_by"],
                condition=Q(voided_at__isnull=True),
                name="one_live_signature_a_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.party)
