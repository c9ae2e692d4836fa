"""Who acts when nobody does: clocks and webhooks."""

from .models import CLOCK_EMAIL, User


def clock_user() -> User:
    """The programme's clock: inactive, cannot sign in, shown as "automatic"."""
    clock, _ = User.objects.get_or_create(
        email=CLOCK_EMAIL, defaults={"is_active": False, "password": "!"}
    )
    return clock
