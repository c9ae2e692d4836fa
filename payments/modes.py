"""Which money is moved: none (the sandbox), Stripe's test money, or real money."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

STRIPE_CHECKOUT_ORIGIN = "https://checkout.stripe.com"
STRIPE_BILL_ORIGIN = "https://invoice.stripe.com"


class Mode(models.TextChoices):
    """The value of the setting PAYMENTS_MODE; rows keep the mode they were made in."""

    SANDBOX = "sandbox", _("SANDBOX – no real money")
    STRIPE_TEST = "stripe_test", _("TEST – no real money")
    STRIPE_LIVE = "stripe_live", _("real money")

    @property
    def is_live(self) -> bool:
        return self is Mode.STRIPE_LIVE

    @property
    def speaks_our_languages(self) -> bool:
        """Whether the card page comes in Hebrew and Arabic: Stripe's own does not."""
        return self is Mode.SANDBOX


MODE_CHOICES = Mode.choices


def current_mode() -> Mode:
    """The mode this site runs in; ValueError where the setting is missing."""
    return Mode(settings.PAYMENTS_MODE)


def deployment() -> str:
    """The name that keeps two sites on one Stripe account apart."""
    return settings.PAYMENTS_DEPLOYMENT


def checkout_origin() -> str:
    """Where the card page lives: a foreign origin that a form may lead to."""
    return _origin(STRIPE_CHECKOUT_ORIGIN)


def bill_origin() -> str:
    """Where a subscription's bill is shown, and its payer answers the bank."""
    return _origin(STRIPE_BILL_ORIGIN)


def _origin(at_stripe: str) -> str:
    if current_mode() is not Mode.SANDBOX:
        return at_stripe
    parts = urlsplit(settings.STRIPE_SANDBOX_URL)
    return f"{parts.scheme}://{parts.netloc}"
