"""What may be said of a venture: never more than its most cautious partner says (pure)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _


class Stand(IntegerChoices):
    """How it goes, from the least to the most; none of these words is a contract."""

    STALLED = 1, _("stands still")
    CONTACT = 2, _("contact kept, no result yet")
    TRYING = 3, _("a first step is being tried")
    WORKING = 4, _("working together")
    RESULTS = 5, _("results that both can name")


FRESH = timedelta(days=60)
KNOWN = timedelta(days=120)


def faded(stand: Stand, age: timedelta) -> Stand | None:
    """What a partner's word is still worth: contact after 60 days, nothing after 120."""
    if age > KNOWN:
        return None
    return min(stand, Stand.CONTACT) if age > FRESH else stand


def honest_stand(
    words: Iterable[tuple[Stand, datetime] | None], now: datetime
) -> Stand | None:
    """The least of what all partners say, as far as it is fresh; None for unknown.

    One entry for each partner: its last word and when it was said, or None. No act of
    one partner can lift the result above what the others said.
    """
    worth = [faded(word[0], now - word[1]) if word else None for word in words]
    heard = [stand for stand in worth if stand is not None]
    return min(heard) if heard and len(heard) == len(worth) else None
