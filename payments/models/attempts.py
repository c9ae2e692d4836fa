"""One payment or the try to make one, from the click to the last word of the bank."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.lifecycle import Lifecycle
from marketplace.money import Money
from marketplace.organisations.models import Organisation
from marketplace.people.models import LANGUAGE_CHOICES, User
from marketplace.prepared import Reading, Row
from payments.modes import MODE_CHOICES

from .currencies import Currency
from .fees import Share
from .seats import Subscription

LIFE = timedelta(hours=2)
# With less than this left a payer gets a new page rather than the old one.
STILL_USEFUL = timedelta(minutes=30)
# Stripe keeps even an error for a key: after this long the call is no longer
# repeated, its page is looked for instead.
REPEATED_FOR = timedelta(minutes=5)


def end_of_life() -> datetime:
    return timezone.now() + LIFE


class PaymentAttemptQuerySet(models.QuerySet["PaymentAttempt"]):
    def live(self) -> Self:
        """Those that may still become a payment."""
        return self.filter(state__in=PaymentAttempt.LIVE)

    def of(self, user: User) -> Self:
        return self.filter(share__in=Share.objects.of(user))

    def locked(self, pk: int) -> "PaymentAttempt":
        """The payment, with what it pays for locked before it and set on it."""
        known = _PAID_FOR([pk], "")
        if not known:
            raise PaymentAttempt.DoesNotExist
        share_id, seat_id = known[0]
        share = Share.objects.locked(share_id) if share_id else None
        seat = Subscription.objects.locked(seat_id) if seat_id else None
        attempt = _ATTEMPT(pk)
        attempt.share, attempt.seat = share, seat
        return attempt

    def offline(self) -> Self:
        """What came by bank or as cash, and was recorded by a person."""
        return self.exclude(method=PaymentAttempt.Method.STRIPE_CHECKOUT)

    def by_card(self) -> Self:
        return self.filter(method=PaymentAttempt.Method.STRIPE_CHECKOUT)


_PAID_FOR = Reading(
    lambda attempts, language: PaymentAttempt.objects.filter(
        pk__in=attempts
    ).values_list("share_id", "seat_id")
)
_ATTEMPT = Row(
    lambda pk: PaymentAttempt.objects.select_for_update(no_key=True).filter(pk=pk)
)


class PaymentAttempt(models.Model):
    """A try to pay one share, or a payment that a seat has made.

    Of a share at most one is live: its row is written and committed before Stripe is
    asked, and the call is built from the row alone, so that a repeat after a crash
    asks for the same thing. Seats are collected by Stripe: their rows are written
    when a payment is first heard of, and name it by its intent.
    """

    class Method(models.TextChoices):
        STRIPE_CHECKOUT = "stripe_checkout", _("card")
        BANK_TRANSFER = "bank_transfer", _("bank transfer")
        CASH = "cash", _("cash")

    class State(models.TextChoices):
        CREATING = "creating", _("being prepared")
        OPEN = "open", _("open")
        SUCCEEDED = "succeeded", _("paid")
        EXPIRED = "expired", _("expired")
        ABANDONED = "abandoned", _("given up")

    LIVE = (State.CREATING, State.OPEN)
    # `abandoned` is our own guess about an unanswered call; facts may correct it.
    lifecycle = Lifecycle(
        {
            State.CREATING: {
                State.OPEN,
                State.SUCCEEDED,
                State.EXPIRED,
                State.ABANDONED,
            },
            State.OPEN: {State.SUCCEEDED, State.EXPIRED, State.ABANDONED},
            State.ABANDONED: {State.SUCCEEDED, State.EXPIRED},
        },
        field="state",
    )

    public_id = models.UUIDField(
        _("identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    share = models.ForeignKey(
        Share,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
        verbose_name=_("share of a fee"),
    )
    seat = models.ForeignKey(
        Subscription,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="payments",
        verbose_name=_("subscription"),
    )
    method = models.CharField(
        _("way of payment"),
        max_length=16,
        choices=Method.choices,
        default=Method.STRIPE_CHECKOUT,
    )
    amount_minor = models.PositiveBigIntegerField(_("amount in the smallest unit"))
    currency = models.ForeignKey(
        Currency,
        on_delete=models.PROTECT,
        verbose_name=_("currency"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.CREATING
    )
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES)
    session_id = models.CharField(
        _("session at Stripe"), max_length=255, unique=True, null=True, blank=True
    )
    intent_id = models.CharField(
        _("payment at Stripe"), max_length=255, unique=True, null=True, blank=True
    )
    checkout_url = models.URLField(_("payment page"), max_length=2000, blank=True)
    expires_at = models.DateTimeField(_("open until"), default=end_of_life)
    mode = models.CharField(_("kind of money"), max_length=12, choices=MODE_CHOICES)
    livemode = models.BooleanField(_("real money at Stripe"), default=False)
    fetch_started_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(_("error"), max_length=60, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("started by"),
    )
    created_at = models.DateTimeField(
        _("started on"), default=timezone.now, editable=False
    )

    objects = PaymentAttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment attempt")
        verbose_name_plural = _("payment attempts")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["share"],
                condition=Q(state__in=["creating", "open"]),
                name="one_live_attempt_a_share",
            ),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0), name="attempt_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=False, seat__isnull=True)
                | Q(share__isnull=True, seat__isnull=False, intent_id__isnull=False),
                name="attempt_is_of_a_share_or_a_seat",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "created_at"], name="attempt_state_age")
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency_id)

    @property
    def paid_for(self) -> Share | Subscription:
        """What the money is for: the database holds that it is one of the two."""
        found = self.share or self.seat
        assert found is not None  # noqa: S101 - attempt_is_of_a_share_or_a_seat
        return found

    @property
    def payer(self) -> Organisation:
        found = self.paid_for
        if isinstance(found, Share):
            return found.party.organisation
        return found.organisation

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def is_still_useful(self) -> bool:
        """Whether the payer has time enough left to pay through it."""
        return self.expires_at - timezone.now() > STILL_USEFUL

    @property
    def may_be_repeated(self) -> bool:
        """Whether the call that opens its page may still be made again."""
        return timezone.now() - self.created_at < REPEATED_FOR
