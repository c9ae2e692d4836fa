"""What members offer and seek: a snippet with drafts, review and an end."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from marketplace.money import CURRENCY_CHOICES, Money
from marketplace.organisations.models import Organisation
from marketplace.people.models import LANGUAGE_CHOICES, User
from marketplace.taxonomy.constants import STAGE_CHOICES


class ListingQuerySet(models.QuerySet["Listing"]):
    def live(self) -> Self:
        """Approved, not withdrawn, not run out."""
        return self.filter(live=True, withdrawn_at__isnull=True).filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        )

    def owned_by(self, user: User) -> Self:
        """Of the organisations this person acts for."""
        return self.filter(organisation__memberships__user=user)

    def visible_to(self, viewer: User | None) -> Self:
        """What this person, or an anonymous reader, may find: live listings only.

        Members and visitors see the same listings; faces decide which fields.
        """
        return self.live()

    def in_sector(self, code: str) -> Self:
        return self.filter(sectors__code__startswith=code)

    def locked(self, pk: int) -> "Listing":
        return self.select_for_update().get(pk=pk)


class Listing(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    ClusterableModel,
):
    """One offer or need of one organisation, in the owner's own language.

    Amounts are ISO minor units of `amount_currency`. `version` grows with every
    change that others can see, so that a late write to the index is recognised.
    """

    class Kind(models.TextChoices):
        OFFER = "offer", _("Offer")
        NEED = "need", _("Need")
        INVESTMENT = "investment", _("Investment sought")
        FUNDING = "funding", _("Funding offered")

    class Reach(models.TextChoices):
        LOCAL = "local", _("the district")
        REGION = "region", _("the region")
        CROSS_BORDER = "cross_border", _("across the crossings")
        REMOTE = "remote", _("from anywhere, online")

    class Permits(models.TextChoices):
        NONE = "none", _("no permit needed")
        NEEDED = "needed", _("a permit is needed")
        UNKNOWN = "unknown", _("not known yet")

    class Perishable(models.TextChoices):
        NO = "no", _("keeps")
        WEEKS = "weeks", _("keeps for weeks")
        DAYS = "days", _("keeps for days")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="listings"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=400)
    details = models.TextField(_("details"), blank=True, max_length=5000)
    written_in = models.CharField(
        _("language of the text"), max_length=2, choices=LANGUAGE_CHOICES
    )
    sectors = ParentalManyToManyField("taxonomy.Sector", verbose_name=_("sectors"))
    amount_min = models.BigIntegerField(null=True, blank=True)
    amount_max = models.BigIntegerField(null=True, blank=True)
    amount_currency = models.CharField(
        _("currency"), max_length=3, choices=CURRENCY_CHOICES, blank=True
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=STAGE_CHOICES, blank=True
    )
    place = models.ForeignKey(
        "taxonomy.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("district"),
    )
    reach = models.CharField(
        _("reach"), max_length=12, choices=Reach.choices, default=Reach.REGION
    )
    languages = models.JSONField(_("working languages"), default=list, blank=True)
    meets_online = models.BooleanField(_("can meet online"), default=True)
    neutral_place = models.BooleanField(_("can meet in a neutral place"), default=False)
    permits = models.CharField(
        _("permits"), max_length=7, choices=Permits.choices, default=Permits.UNKNOWN
    )
    goods_cross = models.BooleanField(_("goods have to cross"), default=False)
    perishable = models.CharField(
        _("shelf life"), max_length=5, choices=Perishable.choices, default=Perishable.NO
    )
    start_on = models.DateField(_("could start on"), null=True, blank=True)
    anonymous = models.BooleanField(
        _("show the alias only after both accept"), default=True
    )
    external_id = models.CharField(max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    published_on = models.DateField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    reminded_days = models.SmallIntegerField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ["-published_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_min__isnull=True)
                | Q(amount_max__isnull=True)
                | Q(amount_min__lte=F("amount_max")),
                name="listing_amounts_in_order",
                violation_error_message=_("The smaller amount stands first."),
            ),
            models.CheckConstraint(
                condition=(Q(amount_min__isnull=True) | Q(amount_min__gte=0))
                & (Q(amount_max__isnull=True) | Q(amount_max__gte=0)),
                name="listing_amounts_not_negative",
                violation_error_message=_("An amount cannot be below zero."),
            ),
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id=""),
                name="one_listing_an_external_id",
            ),
        ]
        indexes = [
            models.Index(fields=["live", "-published_on"], name="listing_live_newest"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("listings:detail", args=[self.public_id])

    @property
    def amounts(self) -> tuple[Money | None, Money | None]:
        """The range as two amounts; either end may be open."""
        ends = (self.amount_min, self.amount_max)
        return tuple(  # type: ignore[return-value]
            None if minor is None else Money(minor, self.amount_currency)
            for minor in ends
        )


class ListingItem(models.Model):
    """One thing a listing brings or needs: a capability, own words, or both."""

    capability = models.ForeignKey(
        "taxonomy.Capability",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("capability"),
    )
    text = models.CharField(_("in your own words"), max_length=300, blank=True)
    quantity = models.CharField(_("quantity"), max_length=80, blank=True)
    evidence = models.CharField(_("evidence"), max_length=200, blank=True)
    sort_order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.text or str(self.capability)


class Brings(ListingItem):
    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="brings")

    class Meta(ListingItem.Meta):
        verbose_name = verbose_name_plural = _("what it brings")


class Needs(ListingItem):
    listing = ParentalKey(Listing, on_delete=models.CASCADE, related_name="needs")

    class Meta(ListingItem.Meta):
        verbose_name = verbose_name_plural = _("what it needs")


class ListingPhoto(models.Model):
    """One picture in three fixed sizes, made at upload; the original is not kept."""

    listing = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="photos"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    small = models.ImageField(
        upload_to="photos", width_field="small_width", height_field="small_height"
    )
    medium = models.ImageField(upload_to="photos")
    large = models.ImageField(upload_to="photos")
    small_width = models.PositiveIntegerField(default=0, editable=False)
    small_height = models.PositiveIntegerField(default=0, editable=False)
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    description = models.CharField(_("what it shows"), max_length=160, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.description or str(self.public_id)


class Report(models.Model):
    """A reader's word to staff that a listing needs a look."""

    class Reason(models.TextChoices):
        REVEALS = "reveals", _("It shows who somebody is")
        UNTRUE = "untrue", _("It is not true")
        HURTFUL = "hurtful", _("The words hurt or threaten")
        OTHER = "other", _("Something else")

    listing = models.ForeignKey(
        Listing, on_delete=models.CASCADE, related_name="reports"
    )
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reason = models.CharField(max_length=10, choices=Reason.choices)
    note = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["closed_at", "created_at"]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}"
