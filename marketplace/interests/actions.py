"""Investors say how near they stand, and the clock counts them by the day."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from marketplace.listings.models import Listing
from marketplace.organisations.models import MANDATES, Entitlement, Organisation
from marketplace.people.models import User
from marketplace.refusals import require

from .models import NONE, Interest, Level
from .permissions import can_note, can_take_back

FEWEST_AT_ONCE = 3
"""So many organisations change in the counts together, or a single one would show."""
LONGEST_WAIT = timedelta(days=28)
"""After so long the counts are true again, however few have changed."""


@transaction.atomic
def note_interest(
    listing: Listing, level: Level, *, organisation: Organisation, by: User
) -> Interest:
    """An investor says how near it stands; saying the same again changes nothing."""
    require(can_note(by, organisation, listing))
    interest, _is_new = Interest.objects.get_or_create(
        listing=listing, organisation=organisation
    )
    return _say(interest, Level(level), by)


@transaction.atomic
def take_back_interest(interest: Interest, *, by: User) -> Interest:
    """It says nothing any more; safe to repeat."""
    require(can_take_back(by, interest.organisation))
    return _say(interest, NONE, by)


def _say(interest: Interest, level: str, by: User) -> Interest:
    kept = Interest.objects.select_for_update().get(pk=interest.pk)
    if kept.level != level:
        kept.level, kept.set_by, kept.set_at = level, by, timezone.now()
        kept.save(update_fields=["level", "set_by", "set_at"])
        log(kept, "interests.note" if level else "interests.take_back", user=by)
    return kept


def count_interests() -> int:
    """Bring the counts of founders up to the end of yesterday; how many listings.

    What is said today shows tomorrow at the earliest, and only together with what
    two others say: nobody can read from a count when one investor has acted. Safe to
    repeat at any time.
    """
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    told = set(
        Entitlement.objects.in_force()
        .filter(feature=MANDATES)
        .values_list("organisation", flat=True)
    )
    waiting: dict[int, list[Interest]] = defaultdict(list)
    for row in Interest.objects.filter(set_at__lt=midnight).order_by("pk"):
        if _due_level(row, told) != row.counted_level:
            waiting[row.listing_id].append(row)
    counted = [rows for rows in waiting.values() if _may_show(rows, midnight)]
    for rows in counted:
        _count(rows, told, midnight)
    Interest.objects.filter(level=NONE, counted_level=NONE).filter(
        set_at__lt=midnight
    ).delete()
    return len(counted)


def _due_level(row: Interest, told: set[int]) -> str:
    """An organisation without a seat counts nowhere."""
    return row.level if row.organisation_id in told else NONE


def _may_show(rows: list[Interest], midnight: datetime) -> bool:
    oldest = min(row.set_at for row in rows)
    return len(rows) >= FEWEST_AT_ONCE or oldest < midnight - LONGEST_WAIT


@transaction.atomic
def _count(rows: list[Interest], told: set[int], midnight: datetime) -> None:
    """What was said since stays out, even if it was said this very moment."""
    keys = [row.pk for row in rows]
    for row in Interest.objects.in_order().filter(pk__in=keys, set_at__lt=midnight):
        row.counted_level = _due_level(row, told)
        row.save(update_fields=["counted_level"])
