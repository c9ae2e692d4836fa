"""Investor seats that are paid for: plans, and the mirror of a subscription at Stripe."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.money import Money
from marketplace.organisations.models import Organisation, Size
from marketplace.people.models import LANGUAGE_CHOICES, User
from marketplace.taxonomy.models.named import reader_language
from payments.modes import MODE_CHOICES

from .currencies import Currency

LOCAL = ("IL", "PS")  # the two countries whose small organisations a plan may favour
PAGE_LIFE = timedelta(hours=23)  # Stripe closes a page after a day


def end_of_page() -> datetime:
    return timezone.now() + PAGE_LIFE


class Interval(models.TextChoices):
    MONTH = "month", _("every month")
    YEAR = "year", _("every year")


FREE_UP_TO = [
    (Size.ONE.value, _("one person")),
    (Size.FEW.value, _("up to 9 people")),
    (Size.TENS.value, _("up to 49 people")),
]


class PlanQuerySet(models.QuerySet["Plan"]):
    def offered(self) -> Self:
        return self.filter(is_offered=True).select_related("currency")

    def beside(self, row: "Subscription") -> Self:
        """What a seat can move to: another plan in its own currency."""
        same = Q(amount_minor=row.amount_minor, interval=row.interval)
        return self.offered().filter(currency=row.currency_id).exclude(same)


class Plan(models.Model):
    """What an investor seat costs; subscriptions keep the figures they began with."""

    name_en = models.CharField(_("English name"), max_length=80)
    name_he = models.CharField(_("Hebrew name"), max_length=80)
    name_ar = models.CharField(_("Arabic name"), max_length=80)
    key = models.SlugField(_("short name"), unique=True, max_length=40)
    currency = models.ForeignKey(
        Currency, on_delete=models.PROTECT, verbose_name=_("currency")
    )
    amount_minor = models.PositiveBigIntegerField(
        _("amount in the smallest unit"),
        help_text=_("In hundredths, of dinars in thousandths."),
    )
    interval = models.CharField(_("is paid"), max_length=5, choices=Interval.choices)
    trial_days = models.PositiveSmallIntegerField(
        _("days free of charge at first"),
        default=14,
        validators=[MaxValueValidator(90)],
    )
    free_up_to = models.CharField(
        _("free of charge for"),
        max_length=4,
        choices=FREE_UP_TO,
        blank=True,
        help_text=_(
            "Verified organisations that name a district here and are no larger. Such "
            "a seat runs for a year and can be taken again."
        ),
    )
    is_offered = models.BooleanField(_("is offered"), default=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        ordering = ["currency", "amount_minor", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="plan_amount_is_positive"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_free_for(self, organisation: Organisation) -> bool:
        """The rule for small organisations of a district here, the same for both sides."""
        place = organisation.place
        if not (self.free_up_to and organisation.size and place):
            return False
        # A district that both sides list has no country.
        if place.country is not None and place.country.code not in LOCAL:
            return False
        sizes = list(Size.values)
        return sizes.index(organisation.size) <= sizes.index(self.free_up_to)

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return str(getattr(self, f"name_{reader_language()}"))

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency_id)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def of(self, user: User) -> Self:
        return self.filter(organisation__memberships__user=user)

    def live(self) -> Self:
        """Those that are not over; at most one of an organisation."""
        return self.exclude(status__in=Subscription.OVER)

    def locked(self, pk: int) -> "Subscription":
        return self.select_for_update(no_key=True).get(pk=pk)


class Subscription(models.Model):
    """The mirror of one subscription: what the latest fetch said, and no more.

    `status` is Stripe's own word; before Stripe has one it is `opening`, and
    `abandoned` once the page was left. A word that is not known grants nothing new.
    """

    OPENING, ABANDONED = "opening", "abandoned"
    OVER = (ABANDONED, "canceled", "incomplete_expired")

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="subscriptions",
        verbose_name=_("organisation"),
    )
    plan = models.ForeignKey(
        Plan, on_delete=models.PROTECT, verbose_name=_("plan"), related_name="+"
    )
    currency = models.ForeignKey(
        Currency, on_delete=models.PROTECT, verbose_name=_("currency")
    )
    amount_minor = models.PositiveBigIntegerField(_("amount in the smallest unit"))
    interval = models.CharField(_("is paid"), max_length=5, choices=Interval.choices)
    trial_days = models.PositiveSmallIntegerField(_("days free of charge at first"))
    mode = models.CharField(_("kind of money"), max_length=12, choices=MODE_CHOICES)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    status = models.CharField(_("state"), max_length=40, default=OPENING)
    session_id = models.CharField(
        _("session at Stripe"), max_length=255, blank=True, db_index=True
    )
    checkout_url = models.URLField(_("payment page"), max_length=2000, blank=True)
    page_ends_at = models.DateTimeField(_("open until"), default=end_of_page)
    subscription_id = models.CharField(  # noqa: DJ001 - null keeps it unique
        _("subscription at Stripe"), max_length=255, unique=True, null=True
    )
    customer_id = models.CharField(
        _("customer at Stripe"), max_length=255, blank=True, db_index=True
    )
    card_session_id = models.CharField(
        _("page for another card"), max_length=255, blank=True
    )
    period_start = models.DateTimeField(_("paid from"), null=True)
    period_end = models.DateTimeField(_("paid until"), null=True)
    trial_end = models.DateTimeField(_("free until"), null=True)
    cancel_at_period_end = models.BooleanField(_("ends with the period"), default=False)
    is_returned = models.BooleanField(
        _("money of this period went back"), default=False
    )
    asks_bank = models.BooleanField(_("the bank asks the payer"), default=False)
    fetch_started_at = models.DateTimeField(_("last asked"), null=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("started by"),
    )
    created_at = models.DateTimeField(
        _("started on"), default=timezone.now, editable=False
    )

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "mode"],
                condition=~Q(
                    status__in=["abandoned", "canceled", "incomplete_expired"]
                ),
                name="one_live_subscription_an_organisation",
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    def get_absolute_url(self) -> str:
        return reverse("payments:seats")

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency_id)

    @property
    def may_move(self) -> bool:
        """Whether it can move to another plan as it stands."""
        runs = self.status in ("trialing", "active") and not self.is_returned
        return runs and not self.cancel_at_period_end

    def waits_for_next(self, plan: Plan) -> bool:
        """Whether a plan begins with the next period, so that nothing paid is lost."""
        return self.status != "trialing" and plan.amount_minor <= self.amount_minor

    @property
    def entitlement_source(self) -> str:
        return f"subscription:{self.public_id}"
