"""What members offer and seek: a snippet with drafts, review and an end."""

import datetime
import uuid

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from marketplace.money import CURRENCY_CHOICES, Money
from marketplace.organisations.models import Organisation
from marketplace.people.models import LANGUAGE_CHOICES
from marketplace.taxonomy.constants import STAGE_CHOICES

from .querysets import ListingQuerySet


class State(models.TextChoices):
    """Where a listing stands, as its owner reads it."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    NEEDS_CHANGES = "needs_changes", _("needs changes")
    LIVE = "live", pgettext_lazy("a listing", "live")
    EXPIRED = "expired", pgettext_lazy("a listing", "expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("a listing", "withdrawn")


class Listing(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    ClusterableModel,
):
    """One offer or need of one organisation, in the owner's own language.

    Amounts are ISO minor units of `amount_currency`. `version` grows with every
    change that others can see, so that a late write to the index is recognised.
    `place_text` is a place an import named that no district stands for.
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

    State = State
    # Where money is sought or offered, and so in some form.
    OF_MONEY = (Kind.INVESTMENT, Kind.FUNDING)
    # True of the listing as a whole, whatever an older draft of it says.
    KEPT = (
        "public_id",
        "organisation",
        "owner",
        "external_id",
        "external_digest",
        "version",
        "published_on",
        "expires_at",
        "reminded_days",
        "withdrawn_at",
        "created_at",
    )

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="listings",
        verbose_name=_("organisation"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=2000)
    details = models.TextField(_("details"), blank=True, max_length=5000)
    written_in = models.CharField(
        _("language of the text"), max_length=2, choices=LANGUAGE_CHOICES
    )
    sectors = ParentalManyToManyField("taxonomy.Sector", verbose_name=_("sectors"))
    amount_min = models.BigIntegerField(_("lowest amount"), null=True, blank=True)
    amount_max = models.BigIntegerField(_("highest amount"), null=True, blank=True)
    amount_currency = models.CharField(
        _("currency"), max_length=3, choices=CURRENCY_CHOICES, blank=True
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=STAGE_CHOICES, blank=True
    )
    instruments = models.JSONField(_("forms of funding"), default=list, blank=True)
    place = models.ForeignKey(
        "taxonomy.Place",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("district"),
    )
    place_text = models.CharField(
        _("place in words"), max_length=80, blank=True, editable=False
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
    alias = models.CharField(
        _("alias of this listing alone"), max_length=80, blank=True
    )
    external_id = models.CharField(max_length=64, blank=True, editable=False)
    external_digest = models.CharField(max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    published_on = models.DateField(
        _("public since"), null=True, blank=True, editable=False
    )
    expires_at = models.DateTimeField(
        _("public until"), null=True, blank=True, editable=False
    )
    reminded_days = models.SmallIntegerField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(
        _("withdrawn on"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(
        _("written on"), default=timezone.now, editable=False
    )

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ["-published_on", "-pk"]
        permissions = [("publish_listing", "Can publish listing")]
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
            # Read from its beginning: a page of the newest looks at few rows.
            models.Index(
                fields=["-published_on", "public_id"],
                condition=Q(live=True),
                name="listing_newest",
            ),
            models.Index(
                fields=["organisation", "-created_at", "-id"],
                name="listing_own_newest",
            ),
            # All that says who finds a listing, and what is counted of it: whoever
            # counts among everything reads this index and no texts.
            models.Index(
                fields=[
                    *("expires_at", "live", "withdrawn_at", "organisation"),
                    *("anonymous", "alias", "place", "public_id", "languages"),
                ],
                condition=Q(live=True),
                name="listing_found",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("listings:detail", args=[self.public_id])

    @property
    def is_hidden(self) -> bool:
        """Whether whose it is does not show to anyone."""
        return self.anonymous or bool(self.alias)

    @property
    def shown_alias(self) -> str:
        """The name its owner goes by here, where a name shows at all."""
        return self.alias or self.organisation.alias

    @property
    def amounts(self) -> tuple[Money | None, Money | None]:
        """The range as two amounts; either end may be open."""
        ends = (self.amount_min, self.amount_max)
        return tuple(  # type: ignore[return-value]
            None if minor is None else Money(minor, self.amount_currency)
            for minor in ends
        )

    @property
    def closes_on(self) -> datetime.date | None:
        """The last day on which others see it."""
        return timezone.localdate(self.expires_at) if self.expires_at else None

    @property
    def state(self) -> State:  # type: ignore[valid-type]
        """Where it stands, in the one word its owner reads."""
        if self.withdrawn_at:
            return State.WITHDRAWN
        review = self.current_workflow_state
        if not self.live and review:
            waits = review.status == review.STATUS_IN_PROGRESS
            return State.IN_REVIEW if waits else State.NEEDS_CHANGES
        if self.expires_at and self.expires_at <= timezone.now():
            return State.EXPIRED
        return State.LIVE if self.live else State.DRAFT

    @property
    def is_public(self) -> bool:
        """Whether others find it now; the same rule as `live` of the queryset."""
        is_over = self.expires_at is not None and self.expires_at <= timezone.now()
        return self.live and not self.withdrawn_at and not is_over

    @property
    def is_renewable(self) -> bool:
        """Public, or run out by the clock and since then not touched by anybody."""
        was_public = self.published_on is not None and not self.withdrawn_at
        return was_public and (self.live or self.expired)

    @property
    def state_label(self) -> str:
        return str(self.state.label)  # type: ignore[attr-defined]

    def with_content_json(self, content: dict[str, object]) -> "Listing":
        """A draft as its owner left it; what the programme keeps does not go back."""
        draft = super().with_content_json(content)
        for field in self.KEPT:
            setattr(draft, field, getattr(self, field))
        return draft

    @transaction.atomic
    def publish(self, *args: object, **kwargs: object) -> None:
        """Wagtail's publishing, which opens no transaction of its own."""
        super().publish(*args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args: object, **kwargs: object) -> None:
        """Wagtail's unpublishing, which opens no transaction of its own."""
        super().unpublish(*args, **kwargs)
