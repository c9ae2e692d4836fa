"""Which traits may be shown: those that enough organisations share."""

from collections import Counter

from django.conf import settings
from django.core.cache import cache

from .models import Organisation

_KEY = "organisations.shared_traits"
_SECONDS = 600


def shared_traits() -> frozenset[str]:
    """The traits that at least `SMALLEST_SHOWN_COUNT` organisations claim.

    Counted every ten minutes at most, so that one more or less shows to nobody at once.
    """
    shared: frozenset[str] | None = cache.get(_KEY)
    if shared is None:
        claimed = Organisation.objects.exclude(traits=[]).values_list(
            "traits", flat=True
        )
        counts = Counter(trait for traits in claimed for trait in set(traits))
        least = settings.SMALLEST_SHOWN_COUNT
        shared = frozenset(trait for trait, n in counts.items() if n >= least)
        cache.set(_KEY, shared, _SECONDS)
    return shared
